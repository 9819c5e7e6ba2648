import type { Program, Row } from './program.ts';
import { roomFor, type Room } from './room.ts';

/**
 * The program without whole numbers, and where its dual simplex stands. Each option's own limit (its uses add up to its
 * contracts) is not a row: one use of each option, its key, takes what the others leave, so that the basis has one line
 * for each row that binds and no more. Variables are the uses, then the losses, then one slack for each row.
 */
export interface Relaxation extends Room {
  program: Program;
  uses: number;
  options: number;
  rows: Row[];
  /** Gain at the solution the basis stands for: above what any solution can reach until every row holds. */
  gain: number;
  /** Steps since the inverse was made anew. */
  steps: number;
  /** Uses looked at, which is what work is counted in. */
  work: number;
}

export const AT_LOWER = -1;
export const AT_UPPER = -2;
export const IS_KEY = -3;

const PRICE_TOLERANCE = 1e-9;
export const VALUE_TOLERANCE = 1e-7;

let kept: Relaxation | null = null;

/** The relaxation of the search before, once its room is large enough; its rows go with that search. */
function relaxationFor(program: Program, uses: number, options: number): Relaxation {
  const room = roomFor(uses, options, program.losses);
  if (!kept || kept.working !== room.working) kept = { program, uses, options, rows: [], gain: 0, steps: 0, work: 0, ...room };
  kept.program = program;
  kept.uses = uses;
  kept.options = options;
  kept.rows = [];
  kept.steps = 0;
  kept.work = 0;
  return kept;
}

/** No rows yet: every option in the use that would save most if nothing limited it. Takes the room of the search before. */
export function relax(program: Program): Relaxation {
  const { counts, gains, optionOf, losses } = program;
  const uses = gains.length;
  const options = counts.length;
  const state = relaxationFor(program, uses, options);
  const { keys, place, upper, lower, net, bounded } = state;
  for (let variable = 0; variable < uses + losses; variable += 1) place[variable] = AT_LOWER;
  for (let option = 0; option < options; option += 1) {
    keys[option] = option;
    bounded[option] = 0;
  }
  for (let use = 0; use < uses; use += 1) {
    const option = optionOf[use] as number;
    lower[use] = 0;
    upper[use] = counts[option] as number;
    net[use] = gains[use] as number;
    if ((gains[use] as number) > (gains[keys[option] as number] as number)) keys[option] = use;
  }
  for (let option = 0; option < options; option += 1) place[keys[option] as number] = IS_KEY;
  listUses(state);
  locate(state);
  return state;
}

function listUses({ program: { optionOf }, uses, options, usesFrom, usesOf }: Relaxation): void {
  for (let option = 0; option <= options; option += 1) usesFrom[option] = 0;
  for (let use = 0; use < uses; use += 1) usesFrom[(optionOf[use] as number) + 1] = (usesFrom[(optionOf[use] as number) + 1] as number) + 1;
  for (let option = 0; option < options; option += 1) usesFrom[option + 1] = (usesFrom[option + 1] as number) + (usesFrom[option] as number);
  // Filled from behind, which leaves where each option's begin.
  for (let use = uses - 1; use >= 0; use -= 1) {
    const option = (optionOf[use] as number) + 1;
    usesFrom[option] = (usesFrom[option] as number) - 1;
    usesOf[usesFrom[option]] = use;
  }
  for (let option = 0; option < options; option += 1) usesFrom[option] = usesFrom[option + 1] as number;
  usesFrom[options] = uses;
}

/** Values of the basis from the bounds that everything outside it is at. */
export function locate(state: Relaxation): void {
  const { program: { gains, optionOf, losses }, uses, options, rows, working, inverse, keys, keyValues, values, at, column: left } = state;
  valuesInto(state, at, true);
  for (let option = 0; option < options; option += 1) keyValues[option] = at[keys[option] as number] as number;
  const size = rows.length;
  for (let row = 0; row < size; row += 1) {
    const { from, coefficients, limit } = rows[row] as Row;
    let rest = limit;
    for (let index = 0; index < coefficients.length; index += 1) rest -= (coefficients[index] as number) * (at[from + index] as number);
    left[row] = rest;
  }
  let gain = 0;
  for (let use = 0; use < uses; use += 1) gain += (gains[use] as number) * (at[use] as number);
  for (let line = 0; line < size; line += 1) {
    let value = 0;
    const own = inverse[line] as number[];
    for (let row = 0; row < size; row += 1) value += (own[row] as number) * (left[row] as number);
    values[line] = value;
    const variable = working[line] as number;
    if (variable < uses) {
      const option = optionOf[variable] as number;
      keyValues[option] = (keyValues[option] as number) - value;
      gain += value * ((gains[variable] as number) - (gains[keys[option] as number] as number));
    } else if (variable < uses + losses) gain -= value;
  }
  state.gain = gain;
  state.work += size * 50 + uses;
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
function reprice({ program: { gains, optionOf, losses }, rows, working, inverse, keys, prices, net, uses }: Relaxation): void {
  const size = rows.length;
  for (let row = 0; row < size; row += 1) prices[row] = 0;
  for (let line = 0; line < size; line += 1) {
    const variable = working[line] as number;
    const gain = variable < uses ? (gains[variable] as number) - (gains[keys[optionOf[variable] as number] as number] as number) : variable < uses + losses ? -1 : 0;
    if (gain === 0) continue;
    const own = inverse[line] as number[];
    for (let row = 0; row < size; row += 1) prices[row] = (prices[row] as number) + gain * (own[row] as number);
  }
  for (let use = 0; use < uses; use += 1) net[use] = gains[use] as number;
  for (let row = 0; row < size; row += 1) {
    const { from, coefficients } = rows[row] as Row;
    const price = prices[row] as number;
    if (price === 0) continue;
    for (let index = 0; index < coefficients.length; index += 1) net[from + index] = (net[from + index] as number) - price * (coefficients[index] as number);
  }
}

/** Contracts in each use, in an array that the next solution is written into. */
export function valuesOf(state: Relaxation): number[] {
  return valuesInto(state, state.solution, false);
}

/** Contracts in each use; with `outside` as they would be if the basis were at nothing. */
function valuesInto({ program: { optionOf, counts }, uses, options, keys, keyValues, place, lower, upper, values, taken }: Relaxation, at: number[], outside: boolean): number[] {
  for (let option = 0; option < options; option += 1) taken[option] = 0;
  for (let use = 0; use < uses; use += 1) {
    const where = place[use] as number;
    const value = where === AT_LOWER ? (lower[use] as number) : where === AT_UPPER ? (upper[use] as number) : where >= 0 && !outside ? (values[where] as number) : 0;
    at[use] = value;
    const option = optionOf[use] as number;
    taken[option] = (taken[option] as number) + value;
  }
  for (let option = 0; option < options; option += 1) at[keys[option] as number] = outside ? (counts[option] as number) - (taken[option] as number) : (keyValues[option] as number);
  return at;
}

/** What the basis gives a loss. */
export function lossOf({ uses, place, values }: Relaxation, loss: number): number {
  const where = place[uses + loss] as number;
  return where >= 0 ? (values[where] as number) : 0;
}

/** What a loss saves beyond the prices of its rows: never above 0. */
export function netOfLoss(rows: readonly Row[], prices: number[], loss: number): number {
  let net = -1;
  for (let row = 0; row < rows.length; row += 1) if ((rows[row] as Row).loss === loss) net += prices[row] as number;
  return net;
}
