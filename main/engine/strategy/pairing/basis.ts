import type { Row } from './program.ts';
import { AT_LOWER, AT_UPPER, IS_KEY, locate, netOfLoss, type Relaxation } from './relaxation.ts';
import { entryOf } from './rows.ts';

/** The key and a line of the same option change places; the solution stays where it is. */
export function swapKey(state: Relaxation, option: number, line: number): void {
  const { rows, working, values, inverse, keys, keyValues, place, uses, program: { optionOf }, entries: turned } = state;
  const size = rows.length;
  for (let column = 0; column < size; column += 1) turned[column] = 0;
  for (let other = 0; other < size; other += 1) {
    const variable = working[other] as number;
    if (variable >= uses || optionOf[variable] !== option) continue;
    const own = inverse[other] as number[];
    for (let column = 0; column < size; column += 1) turned[column] = (turned[column] as number) - (own[column] as number);
  }
  const own = inverse[line] as number[];
  for (let column = 0; column < size; column += 1) own[column] = turned[column] as number;
  const key = keys[option] as number;
  const member = working[line] as number;
  const keyValue = keyValues[option] as number;
  keys[option] = member;
  working[line] = key;
  keyValues[option] = values[line] as number;
  values[line] = keyValue;
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
    if (loses >= least) continue;
    entering = use;
    least = loses;
  }
  if (entering < 0) return false;
  place[key] = below ? AT_LOWER : AT_UPPER;
  place[entering] = IS_KEY;
  keys[option] = entering;
  locate(state);
  return true;
}

/** Gives options of which nothing is in the basis other keys; what was in the old key moves to the new one. */
export function adopt(state: Relaxation): void {
  const { program: { gains }, rows, keys, keyValues, place, inverse, trial, options, entries: moved } = state;
  const size = rows.length;
  let some = false;
  for (let option = 0; option < options; option += 1) {
    const before = keys[option] as number;
    const after = trial[option] as number;
    if (before === after) continue;
    if (!some) for (let row = 0; row < size; row += 1) moved[row] = 0;
    some = true;
    place[before] = AT_LOWER;
    place[after] = IS_KEY;
    keys[option] = after;
    const count = keyValues[option] as number;
    state.gain += count * ((gains[after] as number) - (gains[before] as number));
    for (let row = 0; row < size; row += 1) moved[row] = (moved[row] as number) + count * (entryOf(rows[row] as Row, after) - entryOf(rows[row] as Row, before));
  }
  if (!some) return;
  for (let line = 0; line < size; line += 1) {
    const own = inverse[line] as number[];
    let by = 0;
    for (let row = 0; row < size; row += 1) by += (own[row] as number) * (moved[row] as number);
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

/** A variable takes a line of the basis, of which the variable before goes to its bound. */
export function enter(state: Relaxation, line: number, entering: number, below: boolean): void {
  const { program: { optionOf, losses }, rows, working, values, inverse, keys, keyValues, place, lower, upper, prices, net, uses, scratch: raw, lossRates, entries, nonzero } = state;
  const own = inverse[line] as number[];
  const size = rows.length;
  const variable = working[line] as number;
  let rate = 0;
  let reduced = 0;
  let start = 0;
  if (entering < uses) {
    const key = keys[optionOf[entering] as number] as number;
    rate = (raw[entering] as number) - (raw[key] as number);
    reduced = (net[entering] as number) - (net[key] as number);
    start = place[entering] === AT_UPPER ? (upper[entering] as number) : (lower[entering] as number);
  } else if (entering < uses + losses) {
    rate = lossRates[entering - uses] as number;
    reduced = netOfLoss(rows, prices, entering - uses);
  } else {
    rate = own[entering - uses - losses] as number;
    reduced = -(prices[entering - uses - losses] as number);
  }
  entriesOf(state, entering);
  const bound = variable < uses ? (below ? (lower[variable] as number) : (upper[variable] as number)) : 0;
  const step = ((values[line] as number) - bound) / rate;
  state.gain += reduced * step;
  const price = reduced / rate;
  let some = 0;
  for (let row = 0; row < size; row += 1) {
    const factor = own[row] as number;
    if (factor === 0) continue;
    nonzero[some] = row;
    some += 1;
    prices[row] = (prices[row] as number) + price * factor;
  }
  if (price !== 0) for (let use = 0; use < uses; use += 1) net[use] = (net[use] as number) - price * (raw[use] as number);
  for (let other = 0; other < size; other += 1) {
    const entry = entries[other] as number;
    if (entry === 0 || other === line) continue;
    values[other] = (values[other] as number) - entry * step;
    const moved = working[other] as number;
    if (moved < uses) {
      const option = optionOf[moved] as number;
      keyValues[option] = (keyValues[option] as number) + entry * step;
    }
    const target = inverse[other] as number[];
    const factor = entry / rate;
    for (let index = 0; index < some; index += 1) {
      const row = nonzero[index] as number;
      target[row] = (target[row] as number) - factor * (own[row] as number);
    }
  }
  if (variable < uses) {
    const option = optionOf[variable] as number;
    keyValues[option] = (keyValues[option] as number) + (values[line] as number) - bound;
  }
  if (entering < uses) {
    const option = optionOf[entering] as number;
    keyValues[option] = (keyValues[option] as number) - step;
  }
  for (let index = 0; index < some; index += 1) {
    const row = nonzero[index] as number;
    own[row] = (own[row] as number) / rate;
  }
  place[variable] = below || variable >= uses ? AT_LOWER : AT_UPPER;
  place[entering] = line;
  working[line] = entering;
  values[line] = start + step;
  state.work += size * 10;
}

/** What one of a variable moves each line by, its option's key moved the other way. */
function entriesOf({ program: { optionOf, losses }, rows, inverse, keys, uses, column, entries, nonzero }: Relaxation, variable: number): void {
  const size = rows.length;
  const slack = variable - uses - losses;
  if (slack >= 0) {
    for (let line = 0; line < size; line += 1) entries[line] = (inverse[line] as number[])[slack] as number;
    return;
  }
  const key = variable < uses ? (keys[optionOf[variable] as number] as number) : -1;
  let some = 0;
  for (let row = 0; row < size; row += 1) {
    const own = rows[row] as Row;
    const amount = key >= 0 ? entryOf(own, variable) - entryOf(own, key) : own.loss === variable - uses ? -1 : 0;
    if (amount === 0) continue;
    nonzero[some] = row;
    column[some] = amount;
    some += 1;
  }
  for (let line = 0; line < size; line += 1) {
    const from = inverse[line] as number[];
    let entry = 0;
    for (let index = 0; index < some; index += 1) entry += (from[nonzero[index] as number] as number) * (column[index] as number);
    entries[line] = entry;
  }
}
