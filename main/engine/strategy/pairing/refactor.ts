import type { Row } from './program.ts';
import { rest, type Relaxation } from './relaxation.ts';
import { entryOf } from './rows.ts';
import { doubles } from './numbers.ts';

const SINGULAR = 1e-12;

/**
 * The inverse of the basis made anew from its variables, and all that follows from it: steps round, and over a long climb
 * that adds up. False where the variables are no basis any more, which leaves everything as it was.
 */
export function refactor(state: Relaxation): boolean {
  const size = state.rows.length;
  const inverse = inverted(columnsOf(state), size);
  if (!inverse) return false;
  inverse.forEach((line, index) => {
    const own = state.inverse[index] as number[];
    for (let row = 0; row < size; row += 1) own[row] = line[size + row] as number;
  });
  state.steps = 0;
  state.work += size * size * 10;
  rest(state);
  return true;
}

/** Row by row what each variable of the basis comes to there, and beside it the unit matrix. */
function columnsOf({ program, rows, working, keys, uses }: Relaxation): number[][] {
  const size = rows.length;
  return rows.map((own: Row, row) => {
    const line = doubles(2 * size);
    for (let index = 0; index < size; index += 1) {
      const variable = working[index] as number;
      if (variable < uses) line[index] = entryOf(own, variable) - entryOf(own, keys[program.optionOf[variable] as number] as number);
      else if (variable < uses + program.losses) line[index] = variable - uses === own.loss ? -1 : 0;
      else line[index] = variable - uses - program.losses === row ? 1 : 0;
    }
    line[size + row] = 1;
    return line;
  });
}

/** Gauss and Jordan, the largest entry first; the right halves are the inverse, in the order of the variables. */
function inverted(lines: number[][], size: number): number[][] | null {
  for (let column = 0; column < size; column += 1) {
    let best = column;
    for (let line = column + 1; line < size; line += 1) if (Math.abs((lines[line] as number[])[column] as number) > Math.abs((lines[best] as number[])[column] as number)) best = line;
    const own = lines[best] as number[];
    const pivot = own[column] as number;
    if (Math.abs(pivot) < SINGULAR) return null;
    [lines[best], lines[column]] = [lines[column] as number[], own];
    for (let index = column; index < 2 * size; index += 1) own[index] = (own[index] as number) / pivot;
    for (let line = 0; line < size; line += 1) {
      const other = lines[line] as number[];
      const factor = other[column] as number;
      if (line === column || factor === 0) continue;
      for (let index = column; index < 2 * size; index += 1) other[index] = (other[index] as number) - factor * (own[index] as number);
    }
  }
  return lines;
}
