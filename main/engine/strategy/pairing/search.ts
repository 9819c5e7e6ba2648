import { dearest, learn, noCosts } from './branching.ts';
import { restore, type Outcome } from './dual-simplex.ts';
import type { Program, Row } from './program.ts';
import { lossOf, relax, rest, valuesOf, type Relaxation } from './relaxation.ts';
import { addRow, dropLooseRows } from './rows.ts';
import { refactor } from './refactor.ts';
import { ROWS_MAX, type Costs } from './room.ts';
import { aloneValues, fits, gainOf, rounded } from './start.ts';
import { thinkableGain } from './thinkable.ts';

/** The best whole numbers found, and what is known about how much better others could be. */
export interface Found {
  values: number[];
  gain: number;
  /** True when every other branch was shown to hold nothing better. */
  complete: boolean;
  /** Rows and their prices at the solution without whole numbers: what proves an upper bound. */
  rows: Row[];
  prices: number[];
  nodes: number;
  work: number;
}

/** Uses that may be looked at to solve the program without whole numbers, and then to branch: counted, never timed. */
export interface Work {
  climb: number;
  branch: number;
}

/** A decision, on top of those before it: a use at most `floor` contracts, or more. */
interface Branch {
  before: Branch | null;
  use: number;
  floor: number;
  down: boolean;
  /** How far from it the use was, and the gain before it: more is not to be had below. */
  by: number;
  gain: number;
}

/** The solution without whole numbers, in the room of the search: its gain, what the first contract of each use outside it takes off that, and the best found when that was last used. */
interface Top {
  gain: number;
  loses: number[];
  /** Contracts that each use can still have, and the best found when that was last looked at. */
  upper: number[];
  shutFor: number;
}

/** Nodes between two tries at rounding. */
const ROUND_EVERY = 16;
const TOLERANCE = 1e-6;
/** Solutions differ by whole quanta; what is nearer than this to the next one is not it. */
const ALMOST_NEXT = 0.999;
const SURELY_NOT_NEXT = 0.998;

/**
 * Branch and bound: down the nearer whole number until nothing better can come, then on from wherever most is still
 * thinkable. Each node goes on from the basis that the one before left. `start` is written to: what is found is in it.
 */
export function search(program: Program, start: number[], longs: number[], { climb, branch }: Work): Found {
  const state = relax(program);
  const found: Found = { values: start, gain: 0, complete: false, rows: [], prices: [], nodes: 0, work: 0 };
  found.gain = gainOf(program, start);
  if (!(found.gain > 0 && fits(program, start))) startAlone(found, program);
  const open: Branch[] = [];
  const least = (): number => found.gain + program.quantum * ALMOST_NEXT;
  let top: Top | null = null;
  let costs: Costs | null = null;
  let workMax = climb;
  const costsFor = (): Costs => (costs ??= noCosts(state));
  for (let node: Branch | null = null; !found.complete; ) {
    if (node && top) moveTo(state, node, top);
    const outcome = surely(state, least(), workMax);
    found.nodes += 1;
    if (found.nodes === 1) {
      found.rows = state.rows.slice();
      for (let row = 0; row < found.rows.length; row += 1) found.prices.push(state.prices[row] as number);
      workMax = state.work + branch;
    }
    if (outcome === 'outOfWork') {
      offer(found, program, rounded(program, valuesOf(state), longs));
      break;
    }
    if (node && outcome !== 'infeasible') learn(costsFor(), node.use, node.down, node.by, node.gain - state.gain);
    const [nearer, other]: Branch[] = outcome === 'solved' ? decide(state, found, longs, costsFor, node) : [];
    if (other) open.push(other);
    // A program that is solved at once needs none.
    if (!top && nearer) top = topOf(state);
    if (top && found.gain > top.shutFor) shut(program, top, found.gain);
    node = nearer ?? bestOf(open, least());
    found.complete = node === null;
  }
  found.work = state.work;
  return found;
}

function startAlone(found: Found, program: Program): void {
  aloneValues(program, found.values);
  found.gain = 0;
}

/** Takes out the branch of which most can still come; null where none is of interest any more. */
function bestOf(open: Branch[], least: number): Branch | null {
  let best = -1;
  open.forEach(({ gain }, index) => {
    // Of equals the one made last: it is nearest to where the basis stands.
    if (gain > least && (best < 0 || gain >= (open[best] as Branch).gain)) best = index;
  });
  return best < 0 ? null : (open.splice(best, 1)[0] ?? null);
}

/** The two sides of the next decision at a solution, nearer first; none where it is whole. */
function decide(state: Relaxation, found: Found, longs: number[], costsFor: () => Costs, before: Branch | null): Branch[] {
  const values = valuesOf(state);
  if (isWhole(values, state.uses)) {
    offer(found, state.program, wholeOf(values, state));
    return [];
  }
  if (found.nodes % ROUND_EVERY === 1) offer(found, state.program, rounded(state.program, values, longs));
  const dear = dearest(state, costsFor());
  const use = dear < 0 ? farthest(values, state.uses) : dear;
  const floor = Math.floor(values[use] as number);
  const part = (values[use] as number) - floor;
  const gain = thinkableGain(state);
  const below: Branch = { before, use, floor, down: true, by: part, gain };
  const above: Branch = { before, use, floor, down: false, by: 1 - part, gain };
  return part <= 0.5 ? [below, above] : [above, below];
}

/** Rounded to the nearest, in room that is used anew. */
function wholeOf(values: number[], { uses, at }: Relaxation): number[] {
  for (let use = 0; use < uses; use += 1) at[use] = Math.round(values[use] as number);
  return at;
}

/** Bounds as the decisions of a branch leave them. */
function moveTo(state: Relaxation, node: Branch, top: Top): void {
  const { program, lower, upper, bounded, uses, options } = state;
  for (let use = 0; use < uses; use += 1) {
    lower[use] = 0;
    upper[use] = top.upper[use] as number;
  }
  for (let option = 0; option < options; option += 1) bounded[option] = 0;
  for (let step: Branch | null = node; step; step = step.before) {
    const { use, floor, down } = step;
    bounded[program.optionOf[use] as number] = 1;
    if (down) upper[use] = Math.min(upper[use] as number, floor);
    else lower[use] = Math.max(lower[use] as number, floor + 1);
  }
  rest(state);
}

function topOf(state: Relaxation): Top {
  const { program: { optionOf }, uses, options, upper, scratch: net, taken: best, topLoses: loses, topUpper } = state;
  const gain = thinkableGain(state);
  for (let option = 0; option < options; option += 1) best[option] = -Infinity;
  for (let use = 0; use < uses; use += 1) {
    const option = optionOf[use] as number;
    if ((net[use] as number) > (best[option] as number)) best[option] = net[use] as number;
  }
  for (let use = 0; use < uses; use += 1) {
    loses[use] = (best[optionOf[use] as number] as number) - (net[use] as number);
    topUpper[use] = upper[use] as number;
  }
  return { gain, loses, upper: topUpper, shutFor: -1 };
}

/** Uses of which a single contract would make every solution worse than the best found stay empty from here on. */
function shut({ quantum, gains }: Program, top: Top, best: number): void {
  for (let use = 0; use < gains.length; use += 1) if (top.gain - (top.loses[use] as number) < best + quantum * SURELY_NOT_NEXT) top.upper[use] = 0;
  top.shutFor = best;
}

/** Keeps values that gain more than the best so far and are a pairing; they may be in an array with room beyond. */
function offer(found: Found, program: Program, values: number[] | null): void {
  if (!values) return;
  const gain = gainOf(program, values);
  if (!(gain > found.gain && fits(program, values))) return;
  found.gain = gain;
  const { values: best } = found;
  for (let use = 0; use < best.length; use += 1) best[use] = values[use] as number;
}

/** A branch is cut away only where the prices by themselves show that nothing of interest is in it; see `thinkableGain`. */
function surely(state: Relaxation, enough: number, workMax: number): Outcome {
  const outcome = settle(state, enough, workMax);
  if (outcome !== 'enough' || thinkableGain(state) <= enough) return outcome;
  // The figures have drifted, or prices are off by less than what a step looks at: anew, and to the end.
  refactor(state);
  const again = settle(state, -Infinity, workMax);
  return again === 'solved' && thinkableGain(state) <= enough ? 'enough' : again;
}

/** Solves, adds the rows that the solution breaks, and again, until none is broken. */
function settle(state: Relaxation, enough: number, workMax: number): Outcome {
  for (;;) {
    const outcome = restore(state, enough, workMax);
    if (outcome !== 'solved') return outcome;
    const values = valuesOf(state);
    const rows = brokenBy(state, values);
    if (rows.length === 0) return 'solved';
    dropLooseRows(state);
    if (state.rows.length + rows.length > ROWS_MAX) return 'outOfWork';
    for (const row of rows) addRow(state, row, values);
  }
}

function brokenBy(state: Relaxation, values: number[]): Row[] {
  const rows: Row[] = [];
  for (const tie of state.program.ties) {
    const row = tie.broken(values, tie.loss < 0 ? 0 : lossOf(state, tie.loss), TOLERANCE);
    if (row) rows.push(row);
  }
  return rows;
}

function isWhole(values: number[], uses: number): boolean {
  for (let use = 0; use < uses; use += 1) if (!(Math.abs((values[use] as number) - Math.round(values[use] as number)) <= TOLERANCE)) return false;
  return true;
}

/** The use that is farthest from a whole number. */
function farthest(values: number[], uses: number): number {
  let found = 0;
  let most = 0;
  for (let use = 0; use < uses; use += 1) {
    const off = Math.abs((values[use] as number) - Math.round(values[use] as number));
    if (off <= most) continue;
    found = use;
    most = off;
  }
  return found;
}
