/**
 * Largest c·x with A·x ≤ b, x ≥ 0 and b ≥ 0, where the first `whole` variables are whole numbers: primal simplex from the
 * origin, then branch and bound, each branch re-solved by the dual simplex. Doubles: what is found is checked elsewhere
 * with exact numbers. Work is counted, never timed, so the same program always gives the same answer.
 */
export interface Program {
  /** Gain of each variable. */
  gains: readonly number[];
  /** One row for each limit: coefficients by variable. */
  rows: readonly (readonly number[])[];
  limits: readonly number[];
  whole: number;
  /** Cells that may be computed before the simplex, and then the search, stop with the best they have. */
  climbWorkMax: number;
  searchWorkMax: number;
}

export interface Solution {
  values: number[];
  gain: number;
  /** Where the simplex stood before whole numbers were asked for: a place to round from when the search did not end. */
  relaxed: number[];
  /** Price of each limit at the optimum without whole numbers: what proves an upper bound. */
  duals: number[];
  /** True when the search ended: nothing better exists beyond the tolerance. */
  complete: boolean;
}

/** Row by row: basic variable = limit − Σ cell × variable outside the basis. Variables ≥ `count` are the rows' slacks. */
interface Tableau {
  cells: Float64Array[];
  limits: number[];
  gains: Float64Array;
  gain: number;
  basic: number[];
  outside: number[];
}

const TINY = 1e-9;
const WHOLE_TOLERANCE = 1e-6;

export function solve(program: Program): Solution {
  const count = program.gains.length;
    const root = tableauOf(program);
  const solved = climb(root, { left: program.climbWorkMax });
  const duals = program.limits.map(() => 0);
  root.outside.forEach((variable, column) => {
    if (variable >= count) duals[variable - count] = Math.max(0, -(root.gains[column] as number));
  });
  const best: { values: number[]; gain: number } = { values: program.gains.map(() => 0), gain: 0 };
  const relaxed = valuesOf(root, { ...program, whole: 0 });
  const complete = solved && search(root, program, { left: program.searchWorkMax }, best);
  return { ...best, relaxed, duals, complete };
}

function tableauOf({ gains, rows, limits }: Program): Tableau {
  return {
    cells: rows.map((row) => Float64Array.from(row)),
    limits: [...limits],
    gains: Float64Array.from(gains),
    gain: 0,
    basic: rows.map((_, row) => gains.length + row),
    outside: gains.map((_, variable) => variable),
  };
}

/** Primal simplex; false when the work ran out. The steepest gain first, the lowest index once steps stop helping. */
function climb(tableau: Tableau, work: { left: number }): boolean {
  for (let stalled = 0; work.left > 0; ) {
    const column = entering(tableau, stalled > STALLED_MAX);
    if (column < 0) return true;
    const row = leaving(tableau, column);
    if (row < 0) return false;
    const before = tableau.gain;
    pivot(tableau, row, column, work);
    stalled = tableau.gain > before + TINY ? 0 : stalled + 1;
  }
  return false;
}

const STALLED_MAX = 20;

function entering({ gains, outside }: Tableau, lowest: boolean): number {
  let column = -1;
  for (let index = 0; index < gains.length; index += 1) {
    const gain = gains[index] as number;
    if (gain <= TINY) continue;
    if (column < 0 || (lowest ? (outside[index] as number) < (outside[column] as number) : gain > (gains[column] as number))) column = index;
  }
  return column;
}

function leaving({ cells, limits, basic }: Tableau, column: number): number {
  let row = -1;
  let nearest = Infinity;
  for (let index = 0; index < cells.length; index += 1) {
    const cell = (cells[index] as Float64Array)[column] as number;
    if (cell <= TINY) continue;
    const ratio = Math.max(0, limits[index] as number) / cell;
    if (ratio < nearest - TINY || (ratio <= nearest + TINY && (basic[index] as number) < (basic[row] ?? Infinity))) {
      nearest = Math.min(nearest, ratio);
      row = index;
    }
  }
  return row;
}

function pivot(tableau: Tableau, row: number, column: number, work: { left: number }): void {
  const { cells, limits, gains } = tableau;
  const own = cells[row] as Float64Array;
  const at = own[column] as number;
  for (let index = 0; index < own.length; index += 1) own[index] = (own[index] as number) / at;
  own[column] = 1 / at;
  // Most cells are nothing: only the others are carried into the other rows.
  const filled: number[] = [];
  own.forEach((cell, index) => {
    if (cell !== 0) filled.push(index);
  });
  const limit = (limits[row] as number) / at;
  limits[row] = limit;
  for (let other = 0; other < cells.length; other += 1) {
    const cellsOfOther = cells[other] as Float64Array;
    const factor = cellsOfOther[column] as number;
    if (other === row || factor === 0) continue;
    subtract(cellsOfOther, own, filled, factor, column, at);
    work.left -= filled.length;
    limits[other] = (limits[other] as number) - factor * limit;
  }
  const factor = gains[column] as number;
  subtract(gains, own, filled, factor, column, at);
  tableau.gain += factor * limit;
  const variable = tableau.basic[row] as number;
  tableau.basic[row] = tableau.outside[column] as number;
  tableau.outside[column] = variable;
  work.left -= own.length + cells.length;
}

function subtract(target: Float64Array, source: Float64Array, filled: readonly number[], factor: number, column: number, at: number): void {
  for (const index of filled) target[index] = (target[index] as number) - factor * (source[index] as number);
  target[column] = -factor / at;
}

/** Depth first, the nearer whole number first. Returns false when the work ran out before every branch was seen. */
function search(root: Tableau, program: Program, work: { left: number }, best: { values: number[]; gain: number }): boolean {
  const open: Tableau[] = [root];
  for (let tableau = open.pop(); tableau; tableau = open.pop()) {
    if (tableau.gain <= best.gain + TINY * (1 + Math.abs(best.gain))) continue;
    const row = fractional(tableau, program.whole);
    if (row < 0) {
      best.gain = tableau.gain;
      best.values = valuesOf(tableau, program);
      continue;
    }
    const value = tableau.limits[row] as number;
    const [down, up] = [branch(tableau, row, Math.floor(value), 1), branch(tableau, row, Math.ceil(value), -1)];
    const nearerLast = value - Math.floor(value) > 0.5 ? [down, up] : [up, down];
    for (const child of nearerLast) {
      if (work.left <= 0) return false;
      if (restore(child, work)) open.push(child);
    }
  }
  return work.left > 0;
}

function fractional({ basic, limits }: Tableau, whole: number): number {
  let row = -1;
  let most = WHOLE_TOLERANCE;
  for (let index = 0; index < basic.length; index += 1) {
    if ((basic[index] as number) >= whole) continue;
    const value = limits[index] as number;
    const off = Math.abs(value - Math.round(value));
    if (off > most) [row, most] = [index, off];
  }
  return row;
}

/** The tableau with one more limit: the row's variable at most (`side` 1) or at least (−1) a whole number. */
function branch(tableau: Tableau, row: number, bound: number, side: 1 | -1): Tableau {
  const own = tableau.cells[row] as Float64Array;
  return {
    cells: [...tableau.cells.map((cells) => cells.slice()), own.map((cell) => -side * cell)],
    limits: [...tableau.limits, side * (bound - (tableau.limits[row] as number))],
    gains: tableau.gains.slice(),
    gain: tableau.gain,
    basic: [...tableau.basic, Number.MAX_SAFE_INTEGER],
    outside: [...tableau.outside],
  };
}

/** Dual simplex until every limit holds again; false when none can, or the work ran out. */
function restore(tableau: Tableau, work: { left: number }): boolean {
  const { cells, limits, gains } = tableau;
  while (work.left > 0) {
    let row = -1;
    for (let index = 0; index < limits.length; index += 1) if ((limits[index] as number) < -TINY && (row < 0 || (limits[index] as number) < (limits[row] as number))) row = index;
    if (row < 0) return true;
    const own = cells[row] as Float64Array;
    let column = -1;
    let least = Infinity;
    for (let index = 0; index < own.length; index += 1) {
      const cell = own[index] as number;
      if (cell >= -TINY) continue;
      const ratio = (gains[index] as number) / cell;
      if (ratio < least) [column, least] = [index, ratio];
    }
    if (column < 0) return false;
    pivot(tableau, row, column, work);
  }
  return false;
}

function valuesOf({ basic, limits }: Tableau, { gains, whole }: Program): number[] {
  const values = gains.map(() => 0);
  basic.forEach((variable, row) => {
    if (variable < values.length) values[variable] = variable < whole ? Math.round(limits[row] as number) : Math.max(0, limits[row] as number);
  });
  return values;
}
