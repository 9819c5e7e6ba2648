import type { Program, Row } from './program.ts';

/**
 * The program without whole numbers, and where its dual simplex stands. Each option's own limit (its uses add up to its
 * contracts) is not a row: one use of each option, its key, takes what the others leave, so that the basis has one line
 * for each row that binds and no more. Variables are the uses, then the losses, then one slack for each row.
 */
export interface Relaxation {
  program: Program;
  uses: number;
  rows: Row[];
  /** Variable of each line of the basis, its value, and the inverse of the basis, line by line, with room at its end to grow into. */
  working: number[];
  values: number[];
  inverse: Float64Array[];
  /** Key use of each option, and what is left for it. */
  keys: Int32Array;
  keyValues: Float64Array;
  /** Where each variable is: a line of the basis, or one of the constants below. */
  place: Int32Array;
  /** Bounds of the uses, which branching moves. */
  lower: Float64Array;
  upper: Float64Array;
  /** Price of each row, and each use's gain less what its rows' prices take. */
  prices: number[];
  net: Float64Array;
  /** Gain at the solution the basis stands for: above what any solution can reach until every row holds. */
  gain: number;
  /** Steps since the inverse was made anew. */
  steps: number;
  /** Uses looked at, which is what work is counted in. */
  work: number;
  scratch: Float64Array;
  /** Uses of each option, and whether branching has moved a bound of one of them. */
  usesOf: Int32Array[];
  bounded: Uint8Array;
  /** Room that every pivot uses anew. */
  nexts: Nexts;
  trial: Int32Array;
  held: Uint8Array;
}

/** For every option the first use that would do better than its key, kept in arrays that each pivot fills anew. */
export interface Nexts {
  use: Int32Array;
  at: Float64Array;
  helps: Float64Array;
  /** Options that have one, as many as `some` says: few, so that only these are gone through. */
  having: Int32Array;
  /** What the keys move the line by, and their net gains: beside each other, since every use is compared with them. */
  keyRaw: Float64Array;
  keyNet: Float64Array;
  some: number;
}

function nextsFor(options: number): Nexts {
  return { use: new Int32Array(options), at: new Float64Array(options), helps: new Float64Array(options), having: new Int32Array(options), keyRaw: new Float64Array(options), keyNet: new Float64Array(options), some: 0 };
}

export const AT_LOWER = -1;
export const AT_UPPER = -2;
export const IS_KEY = -3;

/** Far beyond what any book has needed; a search that came here would stop. */
export const ROWS_MAX = 4_000;
const PRICE_TOLERANCE = 1e-9;
export const VALUE_TOLERANCE = 1e-7;

/** No rows yet: every option in the use that would save most if nothing limited it. */
export function relax(program: Program): Relaxation {
  const uses = program.gains.length;
  const options = program.counts.length;
  const place = new Int32Array(uses + program.losses + ROWS_MAX).fill(AT_LOWER);
  const keys = new Int32Array(options);
  for (let option = 0; option < options; option += 1) keys[option] = option;
  const upper = new Float64Array(uses);
  for (let use = 0; use < uses; use += 1) {
    const option = program.optionOf[use] as number;
    upper[use] = program.counts[option] as number;
    if ((program.gains[use] as number) > (program.gains[keys[option] as number] as number)) keys[option] = use;
  }
  for (const key of keys) place[key] = IS_KEY;
  const relaxation: Relaxation = {
    program, uses, rows: [], working: [], values: [], inverse: [], keys, keyValues: new Float64Array(options), place,
    lower: new Float64Array(uses), upper, prices: [], net: Float64Array.from(program.gains), gain: 0, steps: 0, work: 0, scratch: new Float64Array(uses),
    usesOf: usesByOption(program), bounded: new Uint8Array(options), nexts: nextsFor(options), trial: new Int32Array(options), held: new Uint8Array(options),
  };
  locate(relaxation);
  return relaxation;
}

function usesByOption({ counts, optionOf }: Program): Int32Array[] {
  const lists = Array.from(counts, (): number[] => []);
  optionOf.forEach((option, use) => lists[option]?.push(use));
  return lists.map((list) => Int32Array.from(list));
}

/** Values of the basis from the bounds that everything outside it is at. */
export function locate(state: Relaxation): void {
  const { program, rows, working, inverse, keys, keyValues, values } = state;
  const at = valuesOf(state, true);
  for (let option = 0; option < keys.length; option += 1) keyValues[option] = at[keys[option] as number] as number;
  const left = rows.map(({ from, coefficients, limit }) => {
    let rest = limit;
    for (let index = 0; index < coefficients.length; index += 1) rest -= (coefficients[index] as number) * (at[from + index] as number);
    return rest;
  });
  state.gain = 0;
  for (let use = 0; use < state.uses; use += 1) state.gain += (program.gains[use] as number) * (at[use] as number);
  for (let line = 0; line < working.length; line += 1) {
    let value = 0;
    const own = inverse[line] as Float64Array;
    for (let row = 0; row < left.length; row += 1) value += (own[row] as number) * (left[row] as number);
    values[line] = value;
    const variable = working[line] as number;
    if (variable < state.uses) {
      const option = program.optionOf[variable] as number;
      keyValues[option] = (keyValues[option] as number) - value;
      state.gain += value * ((program.gains[variable] as number) - (program.gains[keys[option] as number] as number));
    } else if (variable < state.uses + program.losses) state.gain -= value;
  }
  state.work += rows.length * 50 + state.uses;
}

/**
 * After bounds have moved: puts every use outside the basis at the bound its price points to (one that was fixed may have
 * been at either) and finds the solution that the basis then stands for.
 */
export function rest(state: Relaxation): void {
  reprice(state);
  const { program, place, net, keys, uses } = state;
  for (let use = 0; use < uses; use += 1) {
    const where = place[use] as number;
    if (where !== AT_LOWER && where !== AT_UPPER) continue;
    const reduced = (net[use] as number) - (net[keys[program.optionOf[use] as number] as number] as number);
    if (reduced > PRICE_TOLERANCE) place[use] = AT_UPPER;
    else if (reduced < -PRICE_TOLERANCE) place[use] = AT_LOWER;
  }
  locate(state);
}

/** Prices from the basis anew, so that what steps round does not add up over a long search. */
function reprice({ program, rows, working, inverse, keys, prices, net, uses }: Relaxation): void {
  prices.fill(0);
  for (let line = 0; line < working.length; line += 1) {
    const variable = working[line] as number;
    const gain = variable < uses ? (program.gains[variable] as number) - (program.gains[keys[program.optionOf[variable] as number] as number] as number) : variable < uses + program.losses ? -1 : 0;
    if (gain === 0) continue;
    const own = inverse[line] as Float64Array;
    for (let row = 0; row < prices.length; row += 1) prices[row] = (prices[row] as number) + gain * (own[row] as number);
  }
  net.set(program.gains);
  for (let row = 0; row < rows.length; row += 1) {
    const { from, coefficients } = rows[row] as Row;
    const price = prices[row] as number;
    if (price === 0) continue;
    for (let index = 0; index < coefficients.length; index += 1) net[from + index] = (net[from + index] as number) - price * (coefficients[index] as number);
  }
}

/** Contracts in each use; with `outside` as they would be if the basis were at nothing. */
export function valuesOf(state: Relaxation, outside = false): Float64Array {
  const { program, keys, keyValues, place, lower, upper, uses } = state;
  const at = new Float64Array(uses);
  const taken = new Float64Array(keys.length);
  for (let use = 0; use < uses; use += 1) {
    const where = place[use] as number;
    const value = where === AT_LOWER ? (lower[use] as number) : where === AT_UPPER ? (upper[use] as number) : where >= 0 && !outside ? (state.values[where] as number) : 0;
    at[use] = value;
    const option = program.optionOf[use] as number;
    taken[option] = (taken[option] as number) + value;
  }
  for (let option = 0; option < keys.length; option += 1) at[keys[option] as number] = outside ? (program.counts[option] as number) - (taken[option] as number) : (keyValues[option] as number);
  return at;
}

/** What the basis gives a loss. */
export function lossOf({ uses, place, values }: Relaxation, loss: number): number {
  const where = place[uses + loss] as number;
  return where >= 0 ? (values[where] as number) : 0;
}

/** What a loss saves beyond the prices of its rows: never above 0. */
export function netOfLoss({ rows, prices }: Relaxation, loss: number): number {
  let net = -1;
  for (let row = 0; row < rows.length; row += 1) if ((rows[row] as Row).loss === loss) net += prices[row] as number;
  return net;
}
