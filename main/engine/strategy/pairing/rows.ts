import type { Row } from './program.ts';
import { AT_LOWER, VALUE_TOLERANCE, type Relaxation } from './relaxation.ts';

/** One more row, at a solution `filled`; its slack joins the basis, negative where the solution breaks the row. */
export function addRow(state: Relaxation, row: Row, filled: Float64Array): void {
  const { program, rows, working, inverse, values, prices, uses, keys, place } = state;
  const size = working.length;
  const { from, coefficients } = row;
  const at = (use: number): number => coefficients[use - from] ?? 0;
  const last = new Float64Array(roomFor(size + 1));
  let value = row.limit;
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
  for (let line = 0; line < size; line += 1) inverse[line] = grown(inverse[line] as Float64Array, size);
  inverse.push(last);
  rows.push(row);
  prices.push(0);
  place[uses + program.losses + size] = size;
  working.push(uses + program.losses + size);
  values.push(value);
  state.work += size * 2 + uses;
}

/** Lines grow by steps: making every one anew for every row took as long as the steps of the simplex. */
const ROOM = 64;

function roomFor(size: number): number {
  return Math.ceil(size / ROOM) * ROOM;
}

/** A line of `size` entries with a further one, which is nothing. */
function grown(line: Float64Array, size: number): Float64Array {
  const own = size < line.length ? line : new Float64Array(roomFor(size + 1));
  if (own !== line) own.set(line);
  own[size] = 0;
  return own;
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
  if (line !== last) place[working[line]] = line;
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
}
