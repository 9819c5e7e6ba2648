import type { Row } from './program.ts';
import { AT_LOWER, AT_UPPER, IS_KEY, locate, netOfLoss, type Relaxation } from './relaxation.ts';

/** The key and a line of the same option change places; the solution stays where it is. */
export function swapKey(state: Relaxation, option: number, line: number): void {
  const { working, values, inverse, keys, keyValues, place, uses, program } = state;
  const turned = new Float64Array(inverse[line]?.length ?? 0);
  working.forEach((variable, other) => {
    if (variable >= uses || program.optionOf[variable] !== option) return;
    const own = inverse[other] as Float64Array;
    for (let column = 0; column < working.length; column += 1) turned[column] = (turned[column] as number) - (own[column] as number);
  });
  inverse[line] = turned;
  const [key, member] = [keys[option] as number, working[line] as number];
  [keys[option], working[line]] = [member, key];
  [keyValues[option], values[line]] = [values[line] as number, keyValues[option] as number];
  place[member] = IS_KEY;
  place[key] = line;
}

/** The key of an option of which nothing is in the basis gives way to the use that loses least by it. */
export function replaceKey(state: Relaxation, option: number, below: boolean): boolean {
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

/** Gives options of which nothing is in the basis other keys; what was in the old key moves to the new one. */
export function adopt(state: Relaxation, trial: Int32Array): void {
  const { program, rows, keys, keyValues, place, values, inverse } = state;
  let moved: Float64Array | null = null;
  for (let option = 0; option < keys.length; option += 1) {
    const [before, after] = [keys[option] as number, trial[option] as number];
    if (before === after) continue;
    moved ??= new Float64Array(rows.length);
    place[before] = AT_LOWER;
    place[after] = IS_KEY;
    keys[option] = after;
    const count = keyValues[option] as number;
    state.gain += count * ((program.gains[after] as number) - (program.gains[before] as number));
    for (let row = 0; row < rows.length; row += 1) {
      const { from, coefficients } = rows[row] as Row;
      moved[row] = (moved[row] as number) + count * ((coefficients[after - from] ?? 0) - (coefficients[before - from] ?? 0));
    }
  }
  if (!moved) return;
  for (let line = 0; line < values.length; line += 1) {
    const own = inverse[line] as Float64Array;
    let by = 0;
    for (let row = 0; row < moved.length; row += 1) by += (own[row] as number) * (moved[row] as number);
    if (by !== 0) state.gain += shift(state, line, -by);
  }
}

/** Moves the value of a line, and its option's key the other way; what that gains. */
function shift({ program, working, values, keys, keyValues, uses }: Relaxation, line: number, by: number): number {
  values[line] = (values[line] as number) + by;
  const variable = working[line] as number;
  if (variable >= uses) return variable < uses + program.losses ? -by : 0;
  const option = program.optionOf[variable] as number;
  keyValues[option] = (keyValues[option] as number) - by;
  return by * ((program.gains[variable] as number) - (program.gains[keys[option] as number] as number));
}

export function enter(state: Relaxation, line: number, entering: number, below: boolean, raw: Float64Array, lossRates: Float64Array): void {
  const { program, rows, working, values, inverse, keys, keyValues, place, lower, upper, prices, net, uses } = state;
  const own = inverse[line] as Float64Array;
  const size = working.length;
  const key = entering < uses ? (keys[program.optionOf[entering] as number] as number) : -1;
  const slack = entering - uses - program.losses;
  const rate = key >= 0 ? (raw[entering] as number) - (raw[key] as number) : slack < 0 ? (lossRates[entering - uses] as number) : (own[slack] as number);
  const reduced = key >= 0 ? (net[entering] as number) - (net[key] as number) : slack < 0 ? netOfLoss(state, entering - uses) : -(prices[slack] as number);
  const [at, amounts] = columnOf(state, entering);
  const entries = new Float64Array(size);
  for (let other = 0; other < size; other += 1) {
    const from = inverse[other] as Float64Array;
    let entry = 0;
    for (let index = 0; index < at.length; index += 1) entry += (from[at[index] as number] as number) * (amounts[index] as number);
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
}

/** Entries of a variable in the rows, what its option's key has there taken off. */
function columnOf({ program, rows, keys, uses }: Relaxation, variable: number): [rows: number[], amounts: number[]] {
  if (variable >= uses + program.losses) return [[variable - uses - program.losses], [1]];
  const at: number[] = [];
  const amounts: number[] = [];
  const key = variable < uses ? (keys[program.optionOf[variable] as number] as number) : -1;
  for (let row = 0; row < rows.length; row += 1) {
    const { from, coefficients, loss } = rows[row] as Row;
    const entry = (use: number): number => (use >= from && use < from + coefficients.length ? (coefficients[use - from] as number) : 0);
    const amount = key >= 0 ? entry(variable) - entry(key) : loss === variable - uses ? -1 : 0;
    if (amount === 0) continue;
    at.push(row);
    amounts.push(amount);
  }
  return [at, amounts];
}
