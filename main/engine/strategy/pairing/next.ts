import type { Row } from './program.ts';
import { AT_UPPER, netOfLoss, type Relaxation } from './relaxation.ts';

const PIVOT_TOLERANCE = 1e-9;

/** What changes first as prices move along a line: the variable, how far off that is, and how much one of it helps. */
export interface Next {
  variable: number;
  at: number;
  helps: number;
}

/** How much one contract in each use, and one unit of each loss, moves a line: into `scratch` and `lossRates`. */
export function ratesAlong(state: Relaxation, line: number): void {
  const { program: { losses }, rows, inverse, scratch: raw, lossRates, uses } = state;
  const own = inverse[line] as Float64Array;
  raw.fill(0, 0, uses);
  lossRates.fill(0, 0, losses);
  let work = uses;
  for (let row = 0; row < rows.length; row += 1) {
    const factor = own[row] as number;
    if (factor === 0) continue;
    const { from, coefficients, loss } = rows[row] as Row;
    for (let index = 0; index < coefficients.length; index += 1) raw[from + index] = (raw[from + index] as number) + factor * (coefficients[index] as number);
    if (loss >= 0) lossRates[loss] = (lossRates[loss] as number) - factor;
    work += coefficients.length;
  }
  state.work += work;
}

const NONE: Next = { variable: -1, at: Infinity, helps: 0 };

/** Finds, for every option, the first use that would do better than its key: in the order of the uses, which is that of memory. */
export function findAllNext(state: Relaxation, below: boolean): void {
  const { program: { optionOf }, place, lower, upper, net, keys, nexts, uses, options, scratch: raw } = state;
  const sign = below ? -1 : 1;
  const { use: first, at: nearest, helps: most, having, keyRaw, keyNet } = nexts;
  nexts.some = 0;
  for (let option = 0; option < options; option += 1) {
    first[option] = -1;
    nearest[option] = Infinity;
    most[option] = 0;
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
    if ((first[option] as number) < 0) {
      having[nexts.some] = option;
      nexts.some += 1;
    }
    const soFar = nearest[option] as number;
    if (at < soFar || (at === soFar && helps > (most[option] as number))) {
      first[option] = use;
      nearest[option] = at;
      most[option] = helps;
    }
  }
}

/** The same for one option, whose key has just changed. */
export function findNext({ usesFrom, usesOf, place, lower, upper, net, nexts, scratch: raw }: Relaxation, option: number, key: number, below: boolean): void {
  const sign = below ? -1 : 1;
  const rawOfKey = raw[key] as number;
  const netOfKey = net[key] as number;
  const end = usesFrom[option + 1] as number;
  let [first, nearest, most] = [-1, Infinity, 0];
  for (let index = usesFrom[option] as number; index < end; index += 1) {
    const use = usesOf[index] as number;
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
export function nextOutside(state: Relaxation, line: number, below: boolean): Next {
  const { program, rows, inverse, place, prices, uses, lossRates } = state;
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
