import type { Program, Row } from './program.ts';
import { restore, type Outcome } from './dual-simplex.ts';
import { lossOf, relax, rest, valuesOf, type Relaxation } from './relaxation.ts';
import { addRow, dropLooseRows } from './rows.ts';
import { aloneValues, gainOf, rounded } from './start.ts';

/** The best whole numbers found, and what is known about how much better others could be. */
export interface Found {
  values: Float64Array;
  gain: number;
  /** True when every other branch was shown to hold nothing better. */
  complete: boolean;
  /** No solution gains more, up to rounding; proved by the prices of these rows. */
  bound: number;
  rows: Row[];
  prices: number[];
  nodes: number;
  work: number;
}

/** Nodes between two tries at rounding. */
const ROUND_EVERY = 16;

const TOLERANCE = 1e-6;

/** Branch and bound, depth first, the nearer whole number first; each branch goes on from the basis of the one before. */
export function search(program: Program, start: Float64Array, longs: Uint8Array, workMax: number): Found {
  const state = relax(program);
  const { quantum } = program;
  const found: Found = { values: aloneValues(program), gain: 0, complete: false, bound: Infinity, rows: [], prices: [], nodes: 0, work: 0 };
  const offer = (values: Float64Array | null): void => {
    const gain = values ? gainOf(program, values) : 0;
    if (values && gain > found.gain) [found.gain, found.values] = [gain, values];
  };
  offer(start);
  const node = (root: boolean): boolean => {
    found.nodes += 1;
    const outcome = settle(state, found.gain + quantum * (1 - 1e-3), workMax);
    if (root) {
      found.bound = state.gain;
      found.rows = [...state.rows];
      found.prices = [...state.prices];
    }
    if (outcome === 'outOfWork') return false;
    if (outcome !== 'solved') return true;
    const values = valuesOf(state);
    const use = fractional(values);
    if (use < 0) {
      offer(values.map(Math.round));
      return true;
    }
    if (found.nodes % ROUND_EVERY === 1) offer(rounded(program, values, longs));
    const value = values[use] as number;
    const down = value - Math.floor(value) <= 0.5;
    return branch(use, Math.floor(value), down) && branch(use, Math.floor(value), !down);
  };
  const branch = (use: number, floor: number, down: boolean): boolean => {
    const side = down ? state.upper : state.lower;
    const before = side[use] as number;
    const option = program.optionOf[use] as number;
    const wasBounded = state.bounded[option] as number;
    state.bounded[option] = 1;
    side[use] = down ? floor : floor + 1;
    rest(state);
    const done = node(false);
    side[use] = before;
    state.bounded[option] = wasBounded;
    return done;
  };
  found.complete = node(true);
  found.work = state.work;
  return found;
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
    for (const row of rows) addRow(state, row);
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

