import { restore, type Outcome } from './dual-simplex.ts';
import type { Program, Row } from './program.ts';
import { lossOf, relax, rest, ROWS_MAX, valuesOf, type Relaxation } from './relaxation.ts';
import { addRow, dropLooseRows } from './rows.ts';
import { aloneValues, gainOf, rounded } from './start.ts';

/** The best whole numbers found, and what is known about how much better others could be. */
export interface Found {
  values: Float64Array;
  gain: number;
  /** True when every other branch was shown to hold nothing better. */
  complete: boolean;
  /** Rows and their prices at the solution without whole numbers: what proves an upper bound. */
  rows: readonly Row[];
  prices: readonly number[];
  nodes: number;
  work: number;
}

/** Uses that may be looked at to solve the program without whole numbers, and then to branch: counted, never timed. */
export interface Work {
  climb: number;
  branch: number;
}

/** One decision on the way down: a use at most `floor` contracts, or more. */
interface Step {
  use: number;
  floor: number;
  down: boolean;
  second: boolean;
  before: number;
  wasBounded: number;
}

/** Nodes between two tries at rounding. */
const ROUND_EVERY = 16;
const TOLERANCE = 1e-6;
/** Solutions differ by whole quanta; what is nearer than this to the next one is not it. */
const ALMOST_NEXT = 0.999;

/** Branch and bound, depth first, the nearer whole number first; each branch goes on from the basis of the one before. */
export function search(program: Program, start: Float64Array, longs: Uint8Array, { climb, branch }: Work): Found {
  const state = relax(program);
  const found: Found = { values: aloneValues(program), gain: 0, complete: false, rows: [], prices: [], nodes: 0, work: 0 };
  offer(found, program, start);
  const path: Step[] = [];
  let workMax = climb;
  for (let open = true; open; ) {
    const outcome = settle(state, found.gain + program.quantum * ALMOST_NEXT, workMax);
    found.nodes += 1;
    if (found.nodes === 1) {
      [found.rows, found.prices] = [[...state.rows], [...state.prices]];
      workMax = state.work + branch;
    }
    if (outcome === 'outOfWork') {
      offer(found, program, rounded(program, valuesOf(state), longs));
      break;
    }
    const step = outcome === 'solved' ? decide(state, found, longs) : null;
    if (step) path.push(step);
    else open = turnBack(state, path);
    const last = path.at(-1);
    if (open && last) take(state, last);
    found.complete = !open;
  }
  found.work = state.work;
  return found;
}

/** The next decision at a solution, or null where it is whole and could be the best. */
function decide(state: Relaxation, found: Found, longs: Uint8Array): Step | null {
  const values = valuesOf(state);
  const use = fractional(values);
  if (use < 0) {
    offer(found, state.program, values.map(Math.round));
    return null;
  }
  if (found.nodes % ROUND_EVERY === 1) offer(found, state.program, rounded(state.program, values, longs));
  const floor = Math.floor(values[use] as number);
  const down = (values[use] as number) - floor <= 0.5;
  return { use, floor, down, second: false, before: 0, wasBounded: 0 };
}

function take(state: Relaxation, step: Step): void {
  const { program, lower, upper, bounded } = state;
  const side = step.down ? upper : lower;
  const option = program.optionOf[step.use] as number;
  step.before = side[step.use] as number;
  step.wasBounded = bounded[option] as number;
  bounded[option] = 1;
  side[step.use] = step.down ? step.floor : step.floor + 1;
  rest(state);
}

/** Undoes decisions up to the last one whose other side has not been seen, and turns that one round; false where there is none. */
function turnBack({ program, lower, upper, bounded }: Relaxation, path: Step[]): boolean {
  for (let step = path.at(-1); step; step = path.at(-1)) {
    (step.down ? upper : lower)[step.use] = step.before;
    bounded[program.optionOf[step.use] as number] = step.wasBounded;
    if (!step.second) {
      step.second = true;
      step.down = !step.down;
      return true;
    }
    path.pop();
  }
  return false;
}

function offer(found: Found, program: Program, values: Float64Array | null): void {
  const gain = values ? gainOf(program, values) : 0;
  if (values && gain > found.gain) [found.gain, found.values] = [gain, values];
}

/** Solves, adds the rows that the solution breaks, and again, until none is broken. */
function settle(state: Relaxation, enough: number, workMax: number): Outcome {
  for (;;) {
    const outcome = restore(state, enough, workMax);
    if (outcome !== 'solved') return outcome;
    const values = valuesOf(state);
    const rows = state.program.ties.flatMap((tie) => tie.broken(values, tie.loss < 0 ? 0 : lossOf(state, tie.loss), TOLERANCE));
    if (rows.length === 0) return 'solved';
    dropLooseRows(state);
    if (state.rows.length + rows.length > ROWS_MAX) return 'outOfWork';
    for (const row of rows) addRow(state, row, values);
  }
}

/** The use that is farthest from a whole number. */
function fractional(values: Float64Array): number {
  let use = -1;
  let most = TOLERANCE;
  values.forEach((value, index) => {
    const off = Math.abs(value - Math.round(value));
    if (off > most) [use, most] = [index, off];
  });
  return use;
}
