import { Decimal } from '../../../shared/money.ts';
import { ZERO } from './context.ts';
import { rowScale, type ExactProgram } from './pairing-program.ts';

/** Digits that are kept of a limit’s price. Whatever the prices, they prove a bound, so rounding them only loosens it. */
const PRICE_PLACES = 14;

/**
 * The most that any pairing can save, proved without trusting the search: for any prices of the limits that are not
 * negative, Σ price × limit + Σ (gain − priced use, where positive) × the variable's own bound is never below the gain.
 * Exact arithmetic; every pairing's saving is a multiple of the gains' last decimal, so the bound is lowered to one.
 */
export function provedBound(program: ExactProgram, duals: readonly number[]): Decimal {
  const scale = rowScale(program);
  const prices = program.rows.map((_, row) => new Decimal(Math.max(0, duals[row] ?? 0)).div(scale(row)).toDecimalPlaces(PRICE_PLACES));
  let bound = program.rows.reduce((total: Decimal, { limit }, row) => total.plus((prices[row] ?? ZERO).times(limit)), ZERO);
  const used = program.gains.map(() => ZERO);
  program.rows.forEach(({ terms }, row) => {
    for (const { variable, factor } of terms) used[variable] = (used[variable] ?? ZERO).plus(factor.times(prices[row] ?? ZERO));
  });
  program.gains.forEach((gain, variable) => {
    const reduced = gain.minus(used[variable] ?? ZERO);
    if (reduced.gt(0)) bound = bound.plus(reduced.times(program.bounds[variable] ?? ZERO));
  });
  return bound.toDecimalPlaces(placesOf(program), Decimal.ROUND_FLOOR);
}

/** Decimals of the finest amount that any pairing's saving is a whole multiple of. */
function placesOf({ gains, rows, whole }: ExactProgram): number {
  const losses = rows.filter(({ terms }) => terms.some(({ variable }) => variable >= whole)).flatMap(({ terms }) => terms.map(({ factor }) => factor));
  return Math.max(0, ...[...gains, ...losses].map((amount) => amount.decimalPlaces()));
}
