import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import { input, least, product, quotient, sum, type Figure } from '../../figure/figure.ts';
import type { Cited } from '../rules.ts';
import type { Commodity } from '../section.ts';
import { availableOn, monthsOf, use, type DeltaBook, type Side } from './deltas.ts';

/** Places of a number of spreads, where deltas are divided by a ratio. */
export const SPREAD_PLACES = 10;

type IntraSpread = NonNullable<Commodity['intraSpreads']>[number];

/**
 * Charges for spreads between contract months of one commodity, by priority: as many spreads as the legs allow, deltas
 * divided by ratios, at a charge each. What a spread uses is not there for the next one.
 */
export function intraCharge(book: DeltaBook, commodity: Cited<Commodity>, money: readonly Figure[], currency: string): Figure {
  const spreads = (commodity.intraSpreads ?? []).toSorted((a, b) => a.priority - b.priority);
  const charges = spreads.flatMap((spread) => ([1, -1] as const).flatMap((sideOfA) => chargeOne(book, commodity, spread, sideOfA, money, currency) ?? []));
  return sum(currency, charges, { label: 'Spreads between months', rule: commodity.rule });
}

function chargeOne(book: DeltaBook, commodity: Cited<Commodity>, spread: IntraSpread, sideOfA: Side, money: readonly Figure[], currency: string): Figure | null {
  const legs = spread.legs.map(({ tier, ratio, side }) => ({ months: monthsOf(book, commodity.tiers, tier), ratio, side: side === 'A' ? sideOfA : (-sideOfA as Side) }));
  const count = spreadCount(legs.map(({ months, ratio, side }) => ({ available: availableOn(book, months, side), ratio })));
  if (!count) return null;
  for (const { months, ratio, side } of legs) use(book, months, side, deltasOf(count, ratio));
  const rate = input(fromDecimalText(spread.charge), `${commodity.currency}/spread`, { label: `Charge for a spread, priority ${spread.priority}`, source: `rule pack ${commodity.rule.pack}`, rule: commodity.rule });
  return product(currency, [count, rate, ...money], { label: `Spread ${spread.legs.map(({ tier, side }) => `${side} ${tier}`).join(' against ')}`, rule: commodity.rule });
}

/** How many spreads can be formed: the least of the legs' deltas by their ratios. Null when a leg has none. */
export function spreadCount(legs: readonly { available: Figure; ratio: string }[]): Figure | null {
  if (legs.some(({ available }) => available.amount.lte(0))) return null;
  const [first, ...others] = legs.map(({ available, ratio }) => (ratio === '1' ? available : quotient('spreads', available, input(new Decimal(ratio), 'delta', { label: 'Deltas of one spread', source: 'rule packs' }), SPREAD_PLACES, { label: 'Spreads that the leg allows' })));
  return first ? least('spreads', [first, ...others], { label: 'Spreads' }) : null;
}

export function deltasOf(count: Figure, ratio: string): Figure {
  return ratio === '1' ? count : product('delta', [count, input(new Decimal(ratio), 'delta', { label: 'Deltas of one spread', source: 'rule packs' })], { label: 'Deltas used' });
}
