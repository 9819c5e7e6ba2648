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
  /** Variable of each line of the basis, its value, and the inverse of the basis, line by line. */
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
  /** Uses looked at, which is what work is counted in. */
  work: number;
  scratch: Float64Array;
}

export const AT_LOWER = -1;
export const AT_UPPER = -2;
export const IS_KEY = -3;

const ROWS_MAX = 4_000;
const PRICE_TOLERANCE = 1e-9;
const PIVOT_TOLERANCE = 1e-9;
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
    lower: new Float64Array(uses), upper, prices: [], net: Float64Array.from(program.gains), gain: 0, work: 0, scratch: new Float64Array(uses),
  };
  locate(relaxation);
  return relaxation;
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

/** One more row; its slack joins the basis, negative where the solution breaks the row. */
export function addRow(state: Relaxation, row: Row): void {
  const { program, rows, working, inverse, values, prices, uses, keys, place } = state;
  const size = working.length;
  const { from, coefficients } = row;
  const at = (use: number): number => coefficients[use - from] ?? 0;
  const last = new Float64Array(size + 1);
  let value = row.limit;
  const filled = valuesOf(state);
  for (let index = 0; index < coefficients.length; index += 1) value -= (coefficients[index] as number) * (filled[from + index] as number);
  for (let line = 0; line < size; line += 1) {
    const variable = working[line] as number;
    const entry = variable < uses ? at(variable) - at(keys[program.optionOf[variable] as number] as number) : variable === uses + row.loss && row.loss >= 0 ? -1 : 0;
    if (variable === uses + row.loss && row.loss >= 0) value += values[line] as number;
    if (entry === 0) continue;
    const own = inverse[line] as Float64Array;
    for (let column = 0; column < size; column += 1) last[column] = (last[column] as number) - entry * (own[column] as number);
  }
  last[size] = 1;
  for (let line = 0; line < size; line += 1) inverse[line] = grown(inverse[line] as Float64Array);
  inverse.push(last);
  rows.push(row);
  prices.push(0);
  place[uses + program.losses + size] = size;
  working.push(uses + program.losses + size);
  values.push(value);
  state.work += size * 2 + uses;
}

function grown(line: Float64Array): Float64Array {
  const longer = new Float64Array(line.length + 1);
  longer.set(line);
  return longer;
}

/** Takes out the rows that do not bind: those whose slack is in the basis. */
export function dropLooseRows(state: Relaxation): void {
  const { uses, program } = state;
  const first = uses + program.losses;
  for (let row = state.rows.length - 1; row >= 0; row -= 1) {
    const line = state.place[first + row] as number;
    if (line < 0 || (state.values[line] as number) < VALUE_TOLERANCE) continue;
    removeRow(state, row, line);
  }
}

function removeRow(state: Relaxation, row: number, line: number): void {
  const { rows, working, values, inverse, prices, place, uses, program } = state;
  const first = uses + program.losses;
  const last = rows.length - 1;
  // The line of a slack is a unit line, so that the rest of the inverse is the inverse of the rest.
  working[line] = working[last] as number;
  values[line] = values[last] as number;
  inverse[line] = inverse[last] as Float64Array;
  place[first + row] = AT_LOWER;
  if (line !== last) place[working[line] as number] = line;
  for (const own of inverse) own[row] = own[last] as number;
  rows[row] = rows[last] as Row;
  prices[row] = prices[last] as number;
  if (row !== last) {
    const where = place[first + last] as number;
    place[first + row] = where;
    place[first + last] = AT_LOWER;
    if (where >= 0) working[where] = first + row;
  }
  rows.pop();
  working.pop();
  values.pop();
  inverse.pop();
  prices.pop();
  for (let index = 0; index < inverse.length; index += 1) inverse[index] = (inverse[index] as Float64Array).subarray(0, last);
}

/** How a run of the dual simplex ended. */
export type Outcome = 'solved' | 'infeasible' | 'enough' | 'outOfWork';

/** Dual simplex until every bound holds, or the gain falls to `enough`, below which nothing is of interest. */
export function restore(state: Relaxation, enough: number, workMax: number): Outcome {
  for (;;) {
    if (state.gain <= enough) return 'enough';
    if (state.work > workMax) return 'outOfWork';
    const worst = leaving(state);
    if (worst === null) return 'solved';
    if (worst.option >= 0) {
      const member = memberOf(state, worst.option);
      if (member < 0) {
        if (!replaceKey(state, worst.option, worst.below)) return 'infeasible';
        continue;
      }
      swapKey(state, worst.option, member);
      worst.line = member;
    }
    if (!pivot(state, worst.line, worst.below)) return 'infeasible';
  }
}

interface Leaving {
  /** Line of the basis, or −1 and the option whose key it is. */
  line: number;
  option: number;
  below: boolean;
}

function leaving({ working, values, keys, keyValues, lower, upper, uses }: Relaxation): Leaving | null {
  let most = VALUE_TOLERANCE;
  let worst: Leaving | null = null;
  for (let line = 0; line < working.length; line += 1) {
    const variable = working[line] as number;
    const value = values[line] as number;
    const [low, high] = variable < uses ? [lower[variable] as number, upper[variable] as number] : [0, Infinity];
    const off = Math.max(low - value, value - high);
    if (off > most) [most, worst] = [off, { line, option: -1, below: value < low }];
  }
  for (let option = 0; option < keys.length; option += 1) {
    const key = keys[option] as number;
    const value = keyValues[option] as number;
    const off = Math.max((lower[key] as number) - value, value - (upper[key] as number));
    if (off > most) [most, worst] = [off, { line: -1, option, below: value < (lower[key] as number) }];
  }
  return worst;
}

function memberOf({ working, uses, program }: Relaxation, option: number): number {
  return working.findIndex((variable) => variable < uses && program.optionOf[variable] === option);
}

/** The key and a line of the same option change places; the solution stays where it is. */
function swapKey(state: Relaxation, option: number, line: number): void {
  const { working, values, inverse, keys, keyValues, place, uses, program } = state;
  const turned = new Float64Array(working.length);
  working.forEach((variable, other) => {
    if (variable >= uses || program.optionOf[variable] !== option) return;
    const own = inverse[other] as Float64Array;
    for (let column = 0; column < turned.length; column += 1) turned[column] = (turned[column] as number) - (own[column] as number);
  });
  inverse[line] = turned;
  const [key, member] = [keys[option] as number, working[line] as number];
  [keys[option], working[line]] = [member, key];
  [keyValues[option], values[line]] = [values[line] as number, keyValues[option] as number];
  place[member] = IS_KEY;
  place[key] = line;
}

/** The key of an option of which nothing is in the basis gives way to the use that loses least by it. */
function replaceKey(state: Relaxation, option: number, below: boolean): boolean {
  const { program, keys, place, net, lower, upper, uses } = state;
  const key = keys[option] as number;
  let entering = -1;
  let least = Infinity;
  for (let use = 0; use < uses; use += 1) {
    const where = place[use] as number;
    if (program.optionOf[use] !== option || where === IS_KEY || lower[use] === upper[use] || where !== (below ? AT_UPPER : AT_LOWER)) continue;
    const loses = Math.abs((net[use] as number) - (net[key] as number));
    if (loses < least) [entering, least] = [use, loses];
  }
  if (entering < 0) return false;
  place[key] = below ? AT_LOWER : AT_UPPER;
  place[entering] = IS_KEY;
  keys[option] = entering;
  locate(state);
  return true;
}

/** Brings one line to its bound; false where nothing outside the basis can do that. */
function pivot(state: Relaxation, line: number, below: boolean): boolean {
  const { program, rows, working, values, inverse, keys, keyValues, place, lower, upper, prices, net, uses, scratch } = state;
  const own = inverse[line] as Float64Array;
  const raw = scratch.fill(0);
  const lossRates = new Float64Array(program.losses);
  for (let row = 0; row < rows.length; row += 1) {
    const factor = own[row] as number;
    if (factor === 0) continue;
    const { from, coefficients, loss } = rows[row] as Row;
    for (let index = 0; index < coefficients.length; index += 1) raw[from + index] = (raw[from + index] as number) + factor * (coefficients[index] as number);
    if (loss >= 0) lossRates[loss] = (lossRates[loss] as number) - factor;
    state.work += coefficients.length;
  }
  state.work += uses;
  let entering = -1;
  let least = Infinity;
  let rate = 0;
  let reduced = 0;
  const consider = (variable: number, alpha: number, cost: number, atUpper: boolean): void => {
    // From its lower bound a variable can only rise, which lowers the line where its rate is positive.
    const helps = (atUpper ? -alpha : alpha) * (below ? -1 : 1);
    if (helps <= PIVOT_TOLERANCE) return;
    const ratio = Math.abs(cost) / helps;
    if (ratio < least - PRICE_TOLERANCE || (ratio <= least + PRICE_TOLERANCE && Math.abs(alpha) > Math.abs(rate))) [entering, least, rate, reduced] = [variable, Math.min(least, ratio), alpha, cost];
  };
  for (let use = 0; use < uses; use += 1) {
    const where = place[use] as number;
    if (where >= 0 || where === IS_KEY || lower[use] === upper[use]) continue;
    const key = keys[program.optionOf[use] as number] as number;
    const alpha = (raw[use] as number) - (raw[key] as number);
    if (alpha !== 0) consider(use, alpha, (net[use] as number) - (net[key] as number), where === AT_UPPER);
  }
  for (let loss = 0; loss < program.losses; loss += 1) if ((place[uses + loss] as number) < 0) consider(uses + loss, lossRates[loss] as number, netOfLoss(state, loss), false);
  const first = uses + program.losses;
  for (let row = 0; row < rows.length; row += 1) if ((place[first + row] as number) < 0) consider(first + row, own[row] as number, -(prices[row] as number), false);
  if (entering < 0) return false;
  enter(state, line, entering, rate, reduced, below, raw);
  void [working, values, keyValues, upper];
  return true;
}

function netOfLoss({ rows, prices }: Relaxation, loss: number): number {
  let net = -1;
  for (let row = 0; row < rows.length; row += 1) if ((rows[row] as Row).loss === loss) net += prices[row] as number;
  return net;
}

function enter(state: Relaxation, line: number, entering: number, rate: number, reduced: number, below: boolean, raw: Float64Array): void {
  const { program, rows, working, values, inverse, keys, keyValues, place, lower, upper, prices, net, uses } = state;
  const own = inverse[line] as Float64Array;
  const size = working.length;
  const column = columnOf(state, entering);
  const entries = new Float64Array(size);
  for (let other = 0; other < size; other += 1) {
    const from = inverse[other] as Float64Array;
    let entry = 0;
    for (const [row, amount] of column) entry += (from[row] as number) * amount;
    entries[other] = entry;
  }
  const variable = working[line] as number;
  const bound = variable < uses ? (below ? (lower[variable] as number) : (upper[variable] as number)) : 0;
  const step = ((values[line] as number) - bound) / rate;
  const start = entering < uses ? (place[entering] === AT_UPPER ? (upper[entering] as number) : (lower[entering] as number)) : 0;
  state.gain += reduced * step;
  const price = reduced / rate;
  for (let row = 0; row < rows.length; row += 1) prices[row] = (prices[row] as number) + price * (own[row] as number);
  for (let use = 0; use < uses; use += 1) net[use] = (net[use] as number) - price * (raw[use] as number);
  for (let other = 0; other < size; other += 1) {
    const entry = entries[other] as number;
    if (other === line || entry === 0) continue;
    values[other] = (values[other] as number) - entry * step;
    const moved = working[other] as number;
    if (moved < uses) keyValues[program.optionOf[moved] as number] = (keyValues[program.optionOf[moved] as number] as number) + entry * step;
    const target = inverse[other] as Float64Array;
    const factor = entry / rate;
    for (let row = 0; row < size; row += 1) target[row] = (target[row] as number) - factor * (own[row] as number);
  }
  if (variable < uses) {
    const option = program.optionOf[variable] as number;
    keyValues[option] = (keyValues[option] as number) + (values[line] as number) - bound;
  }
  if (entering < uses) {
    const option = program.optionOf[entering] as number;
    keyValues[option] = (keyValues[option] as number) - step;
  }
  for (let row = 0; row < size; row += 1) own[row] = (own[row] as number) / rate;
  place[variable] = below || variable >= uses ? AT_LOWER : AT_UPPER;
  place[entering] = line;
  working[line] = entering;
  values[line] = start + step;
  state.work += size * 10;
  void keys;
}

/** Entries of a variable in the rows, what its option's key has there taken off. */
function columnOf({ program, rows, keys, uses }: Relaxation, variable: number): [row: number, amount: number][] {
  const column: [number, number][] = [];
  if (variable >= uses + program.losses) return [[variable - uses - program.losses, 1]];
  for (let row = 0; row < rows.length; row += 1) {
    const { from, coefficients, loss } = rows[row] as Row;
    const amount = variable < uses ? (coefficients[variable - from] ?? 0) - (coefficients[(keys[program.optionOf[variable] as number] as number) - from] ?? 0) : loss === variable - uses ? -1 : 0;
    if (amount !== 0) column.push([row, amount]);
  }
  return column;
}
