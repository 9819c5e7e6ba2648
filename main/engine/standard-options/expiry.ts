import { Decimal } from '../../../shared/money.ts';
import { difference, input, lazily, least, product, quotient, sum, type Figure } from '../figure/figure.ts';
import type { Rules } from '../packs/rules.ts';
import type { Quote } from './feed.ts';
import { chargeAlone, type Level, type OptionLeg } from './option-leg.ts';

/** Options of one underlying and expiry that are paid out alike. */
export interface Expiry {
  underlying: string;
  expiresAt: string;
  forward: Quote & { volConfidence: Decimal };
  legs: readonly OptionLeg[];
}

const ZERO = new Decimal(0);
/** Places of what an option pays out in coin. */
const COIN_PLACES = 20;

/**
 * What an expiry takes from an account: what its short options are asked one by one, or what all its options can lose
 * together, whichever is less. Never below zero.
 */
export function chargeExpiry(expiry: Expiry, level: Level, spot: Figure, currency: string, rules: Rules): Figure {
  const { underlying, expiresAt, legs } = expiry;
  const group = `${underlying} ${expiresAt.slice(0, 10)}`;
  const alone = legs.filter(({ units }) => units.isNegative()).map((leg) => chargeAlone(leg, level, spot, currency, rules));
  const each = sum(currency, alone, { label: `${group}, each short option alone` });
  const together = loseTogether(expiry, level, spot, currency, rules);
  return together === null ? each : least(currency, [each, together], { label: `${group}, alone or together`, subject: { group: underlying } });
}

/**
 * The greatest loss at nothing and at any strike; calls short beyond those held are asked a multiple of the forward. In coin
 * a worth bends at the strikes alone, and has no end towards nothing where puts are short there: null.
 */
function loseTogether({ underlying, forward, legs }: Expiry, level: Level, spot: Figure, currency: string, rules: Rules): Figure | null {
  const coin = legs[0]?.coin ?? null;
  const into = (coin ?? []).reduce((rate, { amount }) => rate.times(amount), new Decimal(1));
  if (coin && legs.reduce((total, leg) => total.plus(leg.units.times(intrinsicAt(leg, ZERO))), ZERO).lt(0)) return null;
  const points = [...(coin ? [] : [ZERO]), ...new Map(legs.map(({ strike }) => [strike.toFixed(), strike])).values()].toSorted((a, b) => a.cmp(b));
  const payoffs = points.map((point) => legs.reduce((total, leg) => total.plus(leg.units.times(paidAt(leg, point))), ZERO).times(into));
  const worst = payoffs.reduce((found, payoff, index) => (payoff.lt(payoffs[found] ?? ZERO) ? index : found), 0);
  const none = input(ZERO, currency, { label: 'No loss', source: 'by definition' });
  const least = payoffs[worst] ?? ZERO;
  const lowest = lazily({ amount: least.isNegative() ? least : ZERO, op: 'least', unit: currency, chosen: least.isNegative() && !least.isZero() ? worst + 1 : 0, about: { label: `Least worth of the ${underlying} options at expiry` } }, () => [none, ...points.map((point, index) => worthAt(legs, point, payoffs[index] ?? ZERO, currency))]);
  const loss = difference(currency, [none, lowest], { label: 'Greatest loss at expiry' });
  const net = legs.filter(({ terms }) => terms.right === 'call').reduce((total, { units }) => total.plus(units), ZERO);
  if (!net.isNegative() || net.isZero()) return loss;
  const scale = rules.parameter(`standardOptions.unpaired.${level}`);
  const each = coin ? [quotient('ratio', forward.price, spot, COIN_PLACES, { label: 'Forward by the spot' }), ...coin] : [forward.price];
  const unpaired = product(currency, [scale.figure, ...each, input(net.abs(), 'units', { label: 'Calls short beyond those held', source: 'positions' })], { label: 'Calls without a call against them', rule: scale.rule });
  return sum(currency, [loss, unpaired], { label: 'What the expiry can lose together' });
}

function worthAt(legs: readonly OptionLeg[], point: Decimal, amount: Decimal, currency: string): Figure {
  const about = { label: `Worth at ${point.toFixed()}` };
  return lazily({ amount, op: 'sum', unit: currency, about }, () =>
    legs.map((leg) => product(currency, [input(leg.units, 'units', { label: `Quantity of ${leg.instrument}`, source: 'position', subject: { instrument: leg.instrument } }), input(paidAt(leg, point), `${leg.coin ? leg.terms.underlying : currency}/unit`, { label: `${leg.instrument} at ${point.toFixed()}`, source: leg.coin ? 'intrinsic value, by the price' : 'intrinsic value' }), ...(leg.coin ?? [])], { label: leg.instrument })),
  );
}

/** What one pays out, in what it is paid out in. */
function paidAt(leg: OptionLeg, point: Decimal): Decimal {
  const intrinsic = intrinsicAt(leg, point);
  return leg.coin ? intrinsic.div(point).toDecimalPlaces(COIN_PLACES) : intrinsic;
}

function intrinsicAt({ terms, strike }: OptionLeg, point: Decimal): Decimal {
  return Decimal.max(0, terms.right === 'call' ? point.minus(strike) : strike.minus(point));
}

