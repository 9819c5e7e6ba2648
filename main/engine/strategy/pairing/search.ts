import type { Program } from './program.ts';
import { addRow, dropLooseRows, locate, lossOf, relax, restore, valuesOf, AT_LOWER, AT_UPPER, type Outcome, type Relaxation } from './relaxation.ts';

/** The best whole numbers found, and what is known about how much better others could be. */
export interface Found {
  values: Float64Array;
  gain: number;
  /** True when every other branch was shown to hold nothing better. */
  complete: boolean;
  relaxed: Float64Array;
  /** No solution gains more, up to rounding. */
  bound: number;
  nodes: number;
  work: number;
  rows: number;
}

const TOLERANCE = 1e-6;

/** Branch and bound, depth first, the nearer whole number first; each branch goes on from the basis of the one before. */
export function search(program: Program, quantum: number, workMax: number, round: (values: Float64Array) => Float64Array): Found {
  const state = relax(program);
  const best = { values: new Float64Array(state.uses), gain: 0 };
  for (let option = 0; option < program.counts.length; option += 1) best.values[option] = program.counts[option] as number;
  const found: Found = { values: best.values, gain: 0, complete: false, relaxed: best.values, bound: Infinity, nodes: 0, work: 0, rows: 0 };
  const offer = (values: Float64Array): void => {
    const gain = gainOf(program, values);
    if (gain > found.gain) [found.gain, found.values] = [gain, values];
  };
  const node = (root: boolean): boolean => {
    found.nodes += 1;
    const outcome = settle(state, found.gain + quantum * (1 - 1e-3), workMax);
    if (outcome === 'outOfWork') return false;
    if (root) {
      found.bound = outcome === 'solved' ? state.gain : found.gain;
      found.relaxed = valuesOf(state);
      found.rows = state.rows.length;
    }
    if (outcome !== 'solved') return true;
    const values = valuesOf(state);
    const use = fractional(values);
    if (use < 0) {
      offer(values.map(Math.round));
      return true;
    }
    offer(round(values));
    const value = values[use] as number;
    const down = value - Math.floor(value) <= 0.5;
    return branch(use, Math.floor(value), down) && branch(use, Math.floor(value), !down);
  };
  const branch = (use: number, floor: number, down: boolean): boolean => {
    const side = down ? state.upper : state.lower;
    const before = side[use] as number;
    side[use] = down ? floor : floor + 1;
    locate(state);
    const done = node(false);
    side[use] = before;
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

export function gainOf({ gains, ties }: Program, values: Float64Array): number {
  let gain = 0;
  for (let use = 0; use < values.length; use += 1) gain += (gains[use] as number) * (values[use] as number);
  for (const tie of ties) gain -= tie.loss < 0 ? 0 : tie.least(values);
  return gain;
}
void [AT_LOWER, AT_UPPER];
