import type { Row } from './program.ts';
import { AT_LOWER, VALUE_TOLERANCE, type Relaxation } from './relaxation.ts';
import { lineFor } from './room.ts';

/** One more row, at a solution `filled`; its slack joins the basis, negative where the solution breaks the row. */
export function addRow(state: Relaxation, row: Row, filled: number[]): void {
  const { program: { optionOf, losses }, rows, working, inverse, values, prices, uses, keys, place } = state;
  const size = rows.length;
  const { from, coefficients } = row;
  const last = lineFor(inverse, size, size + 1);
  for (let column = 0; column < size; column += 1) last[column] = 0;
  let value = row.limit;
  for (let index = 0; index < coefficients.length; index += 1) value -= (coefficients[index] as number) * (filled[from + index] as number);
  for (let line = 0; line < size; line += 1) {
    const variable = working[line] as number;
    const own = lineFor(inverse, line, size + 1);
    own[size] = 0;
    const entry = variable < uses ? entryOf(row, variable) - entryOf(row, keys[optionOf[variable] as number] as number) : variable === uses + row.loss && row.loss >= 0 ? -1 : 0;
    if (variable === uses + row.loss && row.loss >= 0) value += values[line] as number;
    if (entry === 0) continue;
    for (let column = 0; column < size; column += 1) last[column] = (last[column] as number) - entry * (own[column] as number);
  }
  last[size] = 1;
  rows.push(row);
  prices[size] = 0;
  place[uses + losses + size] = size;
  working[size] = uses + losses + size;
  values[size] = value;
  state.work += size * 2 + uses;
}

/** What a row takes of a use. */
export function entryOf({ from, coefficients }: Row, use: number): number {
  const index = use - from;
  return index >= 0 && index < coefficients.length ? (coefficients[index] as number) : 0;
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
  const own = inverse[line] as number[];
  inverse[line] = inverse[last] as number[];
  inverse[last] = own;
  place[first + row] = AT_LOWER;
  if (line !== last) place[working[line]] = line;
  for (let other = 0; other < last; other += 1) {
    const left = inverse[other] as number[];
    left[row] = left[last] as number;
  }
  rows[row] = rows[last] as Row;
  prices[row] = prices[last] as number;
  if (row !== last) {
    const where = place[first + last] as number;
    place[first + row] = where;
    place[first + last] = AT_LOWER;
    if (where >= 0) working[where] = first + row;
  }
  rows.pop();
}
