import type { OptionInstrument } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, product, quotient, sum, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { black } from '../pricing/european.ts';
import { coinRate, yearsUntil, type Quote } from './feed.ts';

export type Level = 'initial' | 'maintenance';

/** One option position, valued on its forward. */
export interface OptionLeg {
  instrument: string;
  terms: OptionInstrument;
  quantity: Decimal;
  /** Value of one, and of all of it with its sign. */
  price: Figure;
  value: Figure;
  strike: Decimal;
  units: Decimal;
  /** Paid out in coin: prices are in coin, and this turns coin into the pool's currency. Null: paid out in the pool's currency. */
  coin: readonly Figure[] | null;
}

/** Fifteen digits of a modelled price are not noise of doubles, and no more than twenty places are kept. */
const PRICE_PLACES = 20;

/**
 * Valued by Black (1976) on the forward, undiscounted; in coin that by the spot. By its mark where no volatility is known. The
 * reason where neither is.
 */
export function optionLeg(instrument: string, terms: OptionInstrument, quantity: Decimal, forward: Quote, spot: Quote, currency: string, market: MarketView): OptionLeg | string {
  const vol = market.input.impliedVols?.get(instrument);
  const mark = market.price(instrument);
  if (terms.expiresAt === undefined) return 'the moment of its expiry is not known';
  if (vol === undefined && !mark) return 'neither its volatility nor its price is known';
  const coin = terms.settlement === 'inverse' ? coinRate(terms.underlying, currency, market) : null;
  if (typeof coin === 'string') return coin;
  if (coin && spot.price.amount.lte(0)) return `it is paid in coin and ${terms.underlying} has no price above zero`;
  const strike = fromDecimalText(terms.strike);
  const units = quantity.times(terms.multiplier ?? '1');
  const subject = { instrument };
  const marked = vol !== undefined || !mark ? null : coin && terms.currency !== terms.underlying ? byTheSpot(mark, spot.price, instrument, terms.underlying) : mark;
  const inMoney = marked ?? modelled(instrument, Number(forward.price.amount), Number(strike), Number(vol) * Math.sqrt(yearsUntil(terms.expiresAt, market)), terms.right === 'call', coin ? spot.price.unit : currency);
  const price = coin && !marked ? byTheSpot(inMoney, spot.price, instrument, terms.underlying) : inMoney;
  const count = input(units, 'units', { label: () => `Quantity of ${instrument}`, source: 'position', subject });
  return { instrument, terms, quantity, strike, units, price, coin, value: product(currency, [count, price, ...(coin ?? [])], { label: () => `Value of ${instrument}`, subject }) };
}

function byTheSpot(price: Figure, spot: Figure, instrument: string, coin: string): Figure {
  return quotient(`${coin}/unit`, price, spot, PRICE_PLACES, { label: () => `Price of ${instrument} in ${coin}`, subject: { instrument } });
}

function modelled(instrument: string, forward: number, strike: number, volSqrtT: number, isCall: boolean, currency: string): Figure {
  const value = new Decimal(black(forward, strike, volSqrtT, isCall)).toSignificantDigits(15).toDecimalPlaces(PRICE_PLACES);
  return input(value, `${currency}/unit`, { label: () => `Price of ${instrument}`, source: () => `Black (1976): forward ${forward}, strike ${strike}, σ√T ${volSqrtT}`, subject: { instrument } });
}

/**
 * What a short option is asked on its own, its value included. Call: its value and the share of spot, less what it is out
 * of the money on opening. Put: as a call on opening but never less than a multiple of maintenance, which is the greater
 * of the share of spot and the same share of its value, and its value. Paid out in coin, the spot is one coin.
 */
export function chargeAlone(leg: OptionLeg, level: Level, spot: Figure, currency: string, rules: Rules): Figure {
  const { instrument, terms } = leg;
  const subject = { instrument };
  const minus = input(new Decimal(-1), 'factor', { label: 'As what is owed', source: 'by definition' });
  const owed = product(currency, [minus, leg.value], { label: () => `Value of short ${instrument}`, subject });
  const size = product(currency, [input(leg.units.abs(), 'units', { label: () => `Short ${instrument}`, source: 'position', subject }), ...(leg.coin ?? [spot])], { label: () => `Spot value of ${instrument}`, subject });
  const isCall = terms.right === 'call';
  if (level === 'maintenance' || !isCall) {
    const maintenance = isCall ? sum(currency, [share('standardOptions.call.maintenance', size, currency, rules), owed], { label: () => `Short ${instrument}, maintenance`, subject }) : putMaintenance(instrument, size, owed, currency, rules);
    if (level === 'maintenance') return maintenance;
    const multiple = rules.parameter('standardOptions.put.initialOfMaintenance');
    const floor = product(currency, [multiple.figure, maintenance], { label: 'At least this multiple of maintenance', rule: multiple.rule });
    return greatest(currency, [opening(leg, spot, size, owed, currency, rules), floor], { label: () => `Short ${instrument}, initial`, subject });
  }
  return opening(leg, spot, size, owed, currency, rules);
}

function putMaintenance(instrument: string, size: Figure, owed: Figure, currency: string, rules: Rules): Figure {
  const either = greatest(currency, [share('standardOptions.put.maintenance', size, currency, rules), share('standardOptions.put.maintenanceOfValue', owed, currency, rules)], { label: 'Share of spot or of its value' });
  return sum(currency, [either, owed], { label: () => `Short ${instrument}, maintenance`, subject: { instrument } });
}

function opening({ instrument, terms, strike, units, coin }: OptionLeg, spot: Figure, size: Figure, owed: Figure, currency: string, rules: Rules): Figure {
  const subject = { instrument };
  const strikeFigure = input(strike, spot.unit, { label: 'Strike', source: 'contract terms' });
  const apart = terms.right === 'call' ? difference(spot.unit, [strikeFigure, spot], { label: 'Strike less spot' }) : difference(spot.unit, [spot, strikeFigure], { label: 'Spot less strike' });
  const none = input(new Decimal(0), spot.unit, { label: 'Not out of the money', source: 'by definition' });
  const each = greatest(spot.unit, [apart, none], { label: 'Out of the money' });
  const away = coin ? [quotient('ratio', each, spot, PRICE_PLACES, { label: 'Out of the money, by the spot' }), ...coin] : [each];
  const out = product(currency, [input(units.abs(), 'units', { label: () => `Short ${instrument}`, source: 'position', subject }), ...away], { label: 'Out of the money, all of it' });
  const most = difference(currency, [share('standardOptions.initial.most', size, currency, rules), out], { label: 'Share of spot less out of the money' });
  const risk = greatest(currency, [most, share('standardOptions.initial.least', size, currency, rules)], { label: 'Risk', subject });
  return sum(currency, [risk, owed], { label: () => `Short ${instrument}, on opening`, subject });
}

function share(key: string, of: Figure, currency: string, rules: Rules): Figure {
  const { figure, rule } = rules.parameter(key);
  return product(currency, [figure, of], { label: figure.about.label, rule });
}
