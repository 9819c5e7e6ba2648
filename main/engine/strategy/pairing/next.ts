import type { Row } from './program.ts';
import { AT_UPPER, netOfLoss, type Relaxation } from './relaxation.ts';

const PIVOT_TOLERANCE = 1e-9;

/** How much one contract in each use, and one unit of each loss, moves a line: into `scratch` and `lossRates`. */
export function ratesAlong(state: Relaxation, line: number): void {
  const { program: { losses }, rows, inverse, scratch: raw, lossRates, uses } = state;
  const own = inverse[line] as number[];
  for (let use = 0; use < uses; use += 1) raw[use] = 0;
  for (let loss = 0; loss < losses; loss += 1) lossRates[loss] = 0;
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
  let first = -1;
  let nearest = Infinity;
  let most = 0;
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

/** The first loss or slack outside the basis: into `outside`. */
export function nextOutside({ program: { losses }, rows, inverse, place, prices, uses, lossRates, outside }: Relaxation, line: number, below: boolean): void {
  const own = inverse[line] as number[];
  const sign = below ? -1 : 1;
  const first = uses + losses;
  let variable = -1;
  let nearest = Infinity;
  let most = 0;
  for (let loss = 0; loss < losses; loss += 1) {
    const helps = (lossRates[loss] as number) * sign;
    if (helps <= PIVOT_TOLERANCE || (place[uses + loss] as number) >= 0) continue;
    const at = Math.abs(netOfLoss(rows, prices, loss)) / helps;
    if (at > nearest || (at === nearest && helps <= most)) continue;
    variable = uses + loss;
    nearest = at;
    most = helps;
  }
  for (let row = 0; row < rows.length; row += 1) {
    const helps = (own[row] as number) * sign;
    if (helps <= PIVOT_TOLERANCE || (place[first + row] as number) >= 0) continue;
    const at = Math.abs(prices[row] as number) / helps;
    if (at > nearest || (at === nearest && helps <= most)) continue;
    variable = first + row;
    nearest = at;
    most = helps;
  }
  outside.variable = variable;
  outside.at = nearest;
}
