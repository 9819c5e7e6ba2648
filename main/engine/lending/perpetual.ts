import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, input, least, product, type Figure } from '../figure/figure.ts';
import type { PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { PackOrder } from '../../../shared/calc-pack/accounts.ts';
import type { Rules } from '../packs/rules.ts';
import { weightOf, type Level } from './terms.ts';
import { pricesOf } from './token.ts';

/** A perpetual or a future in a lending pool: what it gained, and what counts of that. */
export interface Perpetual {
  instrument: string;
  /** Asset that its gains are paid in, where that is one of the pool; money otherwise. */
  settlesInto: string | null;
  quantity: Decimal;
  price: Figure;
  /** Gain since it was opened, in the pool's currency. */
  gain: Figure;
  bids: Decimal;
  asks: Decimal;
  multiplier: Decimal;
  /** What was paid for it, signed: quantity × entry price. */
  cost: Figure;
}

/** One position of the kind, with its open orders; the reason where it cannot be valued. */
export function perpetualOf({ instrument, quantity, entryPrice }: PositionInput, orders: readonly PackOrder[], currency: string, market: MarketView): Perpetual | string {
  const terms = market.terms(instrument);
  const prices = pricesOf(instrument, currency, market);
  if (!terms || typeof prices === 'string') return typeof prices === 'string' ? prices : 'its terms are not known';
  if (entryPrice === null) return 'the price it was opened at is not known';
  const conversion = market.conversion(terms.currency, currency) ?? [];
  const held = fromDecimalText(quantity);
  const multiplier = fromDecimalText(terms.multiplier ?? '1');
  const subject = { instrument };
  const count = input(held.times(multiplier), 'units', { label: () => `Quantity of ${instrument}`, source: 'position', subject });
  const entry = input(fromDecimalText(entryPrice), prices.price.unit, { label: () => `Price ${instrument} was opened at`, source: 'position', subject });
  const cost = product(currency, [count, entry, ...conversion], { label: () => `Cost of ${instrument}`, subject });
  const value = product(currency, [count, prices.price], { label: () => `Notional value of ${instrument}`, subject });
  const own = orders.filter((order) => order.instrument === instrument).map((order) => fromDecimalText(order.quantity).times(multiplier));
  const total = (sign: 1 | -1): Decimal => own.filter((size) => size.times(sign).gt(0)).reduce((all, size) => all.plus(size.abs()), new Decimal(0));
  return {
    instrument,
    settlesInto: market.terms(terms.currency) ? terms.currency : null,
    quantity: held,
    price: prices.price,
    gain: difference(currency, [value, cost], { label: () => `Gain on ${instrument}`, subject }),
    bids: total(1),
    asks: total(-1),
    multiplier,
    cost,
  };
}

/**
 * What counts of a perpetual: its notional value at the weight of its side less its cost, in the worse of two cases, all
 * bids filled or all asks filled, at the mark. A gain counts at the overall weight. Null without weights.
 */
export function countedPerpetual(perpetual: Perpetual, level: Level, currency: string, rules: Rules): Figure | null {
  const { instrument, bids, asks } = perpetual;
  const weights = weightsOf(instrument, level, rules);
  if (!weights) return null;
  const subject = { instrument };
  const filled = (added: Decimal, name: string): Figure => {
    const units = input(perpetual.quantity.times(perpetual.multiplier).plus(added), 'units', { label: () => `${instrument} with ${name}`, source: 'position and orders', subject });
    const views = [weights.long, weights.short].map((weight) => product(currency, [units, perpetual.price, weight], { label: () => `${instrument} at its weight`, subject }));
    const base = least(currency, views as [Figure, Figure], { label: () => `${instrument} with ${name}, weighted`, subject });
    if (added.isZero()) return difference(currency, [base, perpetual.cost], { label: () => `${instrument} as it stands`, subject });
    const paid = product(currency, [input(added, 'units', { label: () => `${name} of ${instrument}`, source: 'orders', subject }), perpetual.price], { label: `Paid for ${name}` });
    return difference(currency, [base, perpetual.cost, paid], { label: () => `${instrument}, ${name} filled`, subject });
  };
  const cases: [Figure, ...Figure[]] = bids.isZero() && asks.isZero() ? [filled(new Decimal(0), 'no orders')] : [filled(bids, 'all bids'), filled(asks.neg(), 'all asks')];
  const worst = cases.length === 1 ? cases[0] : least(currency, cases, { label: () => `${instrument}, the worse of all bids and all asks filled`, subject });
  const overall = rules.instrumentRate(instrument, 'perpetual.overall')?.figure ?? null;
  if (!overall) return worst;
  return least(currency, [product(currency, [worst, overall], { label: () => `${instrument} at its overall weight` }), worst], { label: () => `What counts of ${instrument}, ${level}`, subject });
}

/** What a perpetual asks beyond its gain or loss: the part of its notional value that does not count. */
export function chargeOf(perpetual: Perpetual, counts: Figure, currency: string): Figure {
  return difference(currency, [perpetual.gain, counts], { label: () => `Requirement of ${perpetual.instrument}`, subject: { instrument: perpetual.instrument } });
}

function weightsOf(instrument: string, level: Level, rules: Rules): { long: Figure; short: Figure } | null {
  const long = weightOf(instrument, 'collateral', level, rules);
  const short = weightOf(instrument, 'debt', level, rules);
  return long && short ? { long, short } : null;
}

