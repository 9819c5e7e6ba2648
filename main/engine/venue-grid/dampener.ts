import { Decimal } from '../../../shared/money.ts';
import { difference, greatest, input, product, quotient, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';
import { COIN_PLACES } from './grid.ts';
import type { GridRules } from './grid-rules.ts';
import type { GridScenario } from './section.ts';

/** Places of the ranges that a move goes beyond the first. */
const RANGE_PLACES = 12;

/** The most that a far move's result is brought towards nothing, in the pool's currency; null where it is not, or no price is known. */
export function allowanceOf({ price, tail }: GridScenario, { grid, ruleOf }: GridRules, currency: string, market: MarketView): Figure | null {
  const { dampener, underlying } = grid;
  if (!tail || !dampener || underlying === undefined) return null;
  const rule = ruleOf('dampener');
  const ruled = (amount: Decimal, unit: string, label: string): Figure => input(amount, unit, { label, rule, source: `rule pack ${rule.pack}` });
  const move = new Decimal(price).minus(1);
  const one = input(new Decimal(1), 'ratio', { label: 'The first of them', source: 'by definition' });
  const ranges = quotient('ratio', input(move.abs(), 'ratio', { label: 'Move', source: 'rule pack' }), ruled(new Decimal(dampener.range), 'ratio', 'Range of the grid'), RANGE_PLACES, { label: 'Ranges that it moves' });
  const none = input(new Decimal(0), 'ratio', { label: 'Within the grid', source: 'by definition' });
  const beyond = greatest('ratio', [none, difference('ratio', [ranges, one], { label: 'Ranges beyond the first' })], { label: 'Ranges beyond the first' });
  const quoted = market.terms(underlying)?.currency ?? currency;
  const amount = product(quoted, [beyond, ruled(new Decimal(dampener.amount), quoted, 'For each of them')], { label: 'Dampened by at most', rule });
  if (quoted === currency) return amount;
  const spot = market.price(underlying);
  if (underlying !== currency || !spot || !spot.amount.gt(0)) return null;
  const end = new Decimal(1).plus(move.isNegative() ? new Decimal(dampener.range).neg() : dampener.range);
  const there = product(spot.unit, [ruled(end, 'factor', 'End of the grid on that side'), spot], { label: 'Price at the end of the grid' });
  return quotient(currency, amount, there, COIN_PLACES, { label: 'Dampened by at most, in coin', rule });
}
