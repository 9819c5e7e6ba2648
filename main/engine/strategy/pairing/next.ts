import type { Row } from './program.ts';
import { AT_UPPER, netOfLoss, type Relaxation } from './relaxation.ts';

const PIVOT_TOLERANCE = 1e-9;

/** What changes first as prices move along a line: the variable, how far off that is, and how much one of it helps. */
export interface Next {
  variable: number;
  at: number;
  helps: number;
}

/** How much one contract in each use, and one unit of each loss, moves a line. */
export function ratesAlong(state: Relaxation, line: number): [raw: Float64Array, losses: Float64Array] {
  const { program, rows, inverse } = state;
  const own = inverse[line] as Float64Array;
  const raw = state.scratch.fill(0);
  const losses = new Float64Array(program.losses);
  for (let row = 0; row < rows.length; row += 1) {
    const factor = own[row] as number;
    if (factor === 0) continue;
    const { from, coefficients, loss } = rows[row] as Row;
    for (let index = 0; index < coefficients.length; index += 1) raw[from + index] = (raw[from + index] as number) + factor * (coefficients[index] as number);
    if (loss >= 0) losses[loss] = (losses[loss] as number) - factor;
    state.work += coefficients.length;
  }
  state.work += state.uses;
  return [raw, losses];
}

const NONE: Next = { variable: -1, at: Infinity, helps: 0 };

/** The first use of an option that would do better than its key. */
export function nextOf({ usesOf, place, lower, upper, net }: Relaxation, option: number, keys: Int32Array, raw: Float64Array, below: boolean): Next {
  const key = keys[option] as number;
  const sign = below ? -1 : 1;
  let next = NONE;
  for (const use of usesOf[option] as Int32Array) {
    const where = place[use] as number;
    if (use === key || where >= 0 || lower[use] === upper[use]) continue;
    // From its lower bound a use can only rise, from its upper one only fall.
    const helps = ((raw[use] as number) - (raw[key] as number)) * (where === AT_UPPER ? -sign : sign);
    if (helps <= PIVOT_TOLERANCE) continue;
    const at = Math.abs((net[key] as number) - (net[use] as number)) / helps;
    if (at < next.at || (at === next.at && helps > next.helps)) next = { variable: use, at, helps };
  }
  return next;
}

/** The first loss or slack outside the basis. */
export function nextOutside(state: Relaxation, line: number, lossRates: Float64Array, below: boolean): Next {
  const { program, rows, inverse, place, prices, uses } = state;
  const own = inverse[line] as Float64Array;
  const sign = below ? -1 : 1;
  let next = NONE;
  const consider = (variable: number, rate: number, cost: number): void => {
    if (rate * sign <= PIVOT_TOLERANCE) return;
    const at = Math.abs(cost) / (rate * sign);
    if (at < next.at || (at === next.at && rate * sign > next.helps)) next = { variable, at, helps: rate * sign };
  };
  for (let loss = 0; loss < program.losses; loss += 1) if ((place[uses + loss] as number) < 0) consider(uses + loss, lossRates[loss] as number, netOfLoss(state, loss));
  const first = uses + program.losses;
  for (let row = 0; row < rows.length; row += 1) if ((place[first + row] as number) < 0) consider(first + row, own[row] as number, prices[row] as number);
  return next;
}
