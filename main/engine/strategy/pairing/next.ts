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

/** Finds, for every option, the first use that would do better than its key: in the order of the uses, which is that of memory. */
export function findAllNext(state: Relaxation, raw: Float64Array, below: boolean): void {
  const { program: { optionOf }, place, lower, upper, net, keys, nexts, uses } = state;
  const sign = below ? -1 : 1;
  nexts.use.fill(-1);
  nexts.at.fill(Infinity);
  nexts.helps.fill(0);
  nexts.some = 0;
  const { keyRaw, keyNet } = nexts;
  for (let option = 0; option < keys.length; option += 1) {
    const key = keys[option] as number;
    keyRaw[option] = raw[key] as number;
    keyNet[option] = net[key] as number;
  }
  for (let use = 0; use < uses; use += 1) {
    const option = optionOf[use] as number;
    const rate = (raw[use] as number) - (keyRaw[option] as number);
    if (rate === 0) continue;
    const where = place[use] as number;
    if (where >= 0) continue;
    const helps = where === AT_UPPER ? -rate * sign : rate * sign;
    if (helps <= PIVOT_TOLERANCE || lower[use] === upper[use]) continue;
    const at = Math.abs((keyNet[option] as number) - (net[use] as number)) / helps;
    if ((nexts.use[option] as number) < 0) {
      nexts.having[nexts.some] = option;
      nexts.some += 1;
    }
    const soFar = nexts.at[option] as number;
    if (at < soFar || (at === soFar && helps > (nexts.helps[option] as number))) {
      nexts.use[option] = use;
      nexts.at[option] = at;
      nexts.helps[option] = helps;
    }
  }
}

/** The same for one option, whose key has just changed. */
export function findNext({ usesOf, place, lower, upper, net, nexts }: Relaxation, option: number, key: number, raw: Float64Array, below: boolean): void {
  const sign = below ? -1 : 1;
  const rawOfKey = raw[key] as number;
  const netOfKey = net[key] as number;
  const list = usesOf[option] as Int32Array;
  let [first, nearest, most] = [-1, Infinity, 0];
  for (let index = 0; index < list.length; index += 1) {
    const use = list[index] as number;
    const rate = (raw[use] as number) - rawOfKey;
    if (rate === 0 || use === key) continue;
    const where = place[use] as number;
    if (where >= 0 || lower[use] === upper[use]) continue;
    // From its lower bound a use can only rise, from its upper one only fall.
    const helps = where === AT_UPPER ? -rate * sign : rate * sign;
    if (helps <= PIVOT_TOLERANCE) continue;
    const at = Math.abs(netOfKey - (net[use] as number)) / helps;
    if (at < nearest || (at === nearest && helps > most)) {
      first = use;
      nearest = at;
      most = helps;
    }
  }
  nexts.use[option] = first;
  nexts.at[option] = nearest;
  nexts.helps[option] = most;
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
