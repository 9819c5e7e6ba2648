import type { Decimal } from '../../../../shared/money.ts';
import type { Sliced } from '../sliced.ts';
import type { Rung } from '../sums/standing.ts';
import { standingOf } from '../sums/standing.ts';
import { repriceGroup, repricingGroup } from './reprice.ts';
import type { ScanInstruments } from './instruments.ts';
import { scanRuns, scanRunsRounding, type KernelColumns } from './kernel.ts';
import { sizeOf, type Runs } from './runs.ts';

/** Of a pool whose status the lane does not know: the explaining engine computes it. */
export const SLOW = 255;

/** Figures by pool, in quanta; NaN, and SLOW, where the explaining engine must compute the pool. */
export interface PoolTotals {
  /** Net liquidation value, which is equity too where the rules count options in equity. */
  equity: Float64Array;
  maintenance: Float64Array;
  /** Σ |worth| of the positions. */
  gross: Float64Array;
  /** Index into MARGIN_STATUSES, or SLOW. */
  status: Uint8Array;
}

/** The kernel that adds up runs: plain TypeScript, or the WebAssembly module over the same memory. */
export type ScanKernel = (from: number, to: number) => void;

/** Portfolio margin by classes as columns: pools under one stack of rules and one market. */
export interface ScanLane {
  table: ScanInstruments;
  runs: Runs;
  columns: KernelColumns;
  kernel: ScanKernel;
  /** Of each pool, in quanta; NaN where the pool is not for columns. */
  cash: Float64Array;
  /** By underlying: the largest Σ |quantity| of a run, which says how large a sum can get. */
  most: Float64Array;
  rungs: readonly Rung[];
  /** Initial requirement as a multiple of maintenance. */
  initialMultiple: Decimal;
  /** By underlying: 1 where a product group of the rules has it, so that holding two of them is for the explaining engine. */
  offsets: Uint8Array;
  totals: PoolTotals;
  /** By pool: the number of the last tick that touched it. */
  touched: Float64Array;
  ticks: number;
}

/** Beyond this sums may not be whole numbers any more. */
export const EXACT = 2 ** 52;
/** Of all underlyings: where more than this share changes at once, everything is computed anew. */
export const FULL_FROM = 0.4;

/** Everything anew: rows of every instrument, every run, every pool. */
export function recomputeAll(lane: ScanLane): void {
  const { table, runs } = lane;
  for (let group = 0; group < table.groups; group += 1) {
    repriceGroup(table, group);
    // At once, while its rows are still in the processor's first cache.
    addUp(lane, group, runs.groupStart[group] as number, runs.groupStart[group + 1] as number);
  }
  clearTotals(lane);
  addRuns(lane, 0, runs.count);
  for (let pool = 0; pool < runs.pools; pool += 1) stand(lane, pool);
}

/** Runs that are added to their pools, and pools looked at, in one stretch. */
const RUNS_AT_ONCE = 4_096;
const POOLS_AT_ONCE = 256;

/** The same in slices, between which runs are new and pools still old: nothing else may change the lane until it has ended. */
export function* recomputingAll(lane: ScanLane): Sliced<void> {
  const { table, runs } = lane;
  for (let group = 0; group < table.groups; group += 1) {
    yield* repricingGroup(table, group);
    addUp(lane, group, runs.groupStart[group] as number, runs.groupStart[group + 1] as number);
  }
  clearTotals(lane);
  for (let run = 0; run < runs.count; run += RUNS_AT_ONCE) {
    yield;
    addRuns(lane, run, Math.min(runs.count, run + RUNS_AT_ONCE));
  }
  for (let pool = 0; pool < runs.pools; pool += 1) {
    if (pool % POOLS_AT_ONCE === 0) yield;
    stand(lane, pool);
  }
}

function clearTotals({ totals, cash }: ScanLane): void {
  totals.equity.set(cash);
  totals.maintenance.fill(0);
  totals.gross.fill(0);
}

/**
 * New rows for underlyings of which something changed, and every pool that holds them. Gives back the pools, each once, in
 * no order. Sums of whole numbers can be undone exactly, so that what is left is what a full run would give.
 */
export function recomputeGroups(lane: ScanLane, groups: readonly number[]): Int32Array {
  const { table, runs } = lane;
  if (groups.length > FULL_FROM * table.groups) {
    recomputeAll(lane);
    return Int32Array.from({ length: runs.pools }, (_, pool) => pool);
  }
  lane.ticks += 1;
  let most = 0;
  for (const group of groups) most += (runs.groupStart[group + 1] as number) - (runs.groupStart[group] as number);
  const touched = new Int32Array(most);
  let count = 0;
  for (const group of groups) {
    repriceGroup(table, group);
    const [from, to] = [runs.groupStart[group] as number, runs.groupStart[group + 1] as number];
    count = changeRuns(lane, group, from, to, touched, count);
  }
  for (let at = 0; at < count; at += 1) stand(lane, touched[at] as number);
  return touched.subarray(0, count);
}

/** Takes runs out of their pools, computes them, and puts them back; notes pools not touched before in this tick. */
export function changeRuns(lane: ScanLane, group: number, from: number, to: number, touched: Int32Array, count: number): number {
  const { ticks, touched: touchedIn } = lane;
  const { pool: owner } = lane.runs;
  const { equity, maintenance, gross } = lane.totals;
  const { worth, requirement, gross: size } = lane.columns;
  let noted = count;
  for (let run = from; run < to; run += 1) {
    const pool = owner[run] as number;
    equity[pool] = (equity[pool] as number) - (worth[run] as number);
    maintenance[pool] = (maintenance[pool] as number) - (requirement[run] as number);
    gross[pool] = (gross[pool] as number) - (size[run] as number);
    if (touchedIn[pool] === ticks) continue;
    touchedIn[pool] = ticks;
    touched[noted] = pool;
    noted += 1;
  }
  addUp(lane, group, from, to);
  addRuns(lane, from, to);
  return noted;
}

/** Columns are looked up before the loop: V8 would look for them again in each turn, twice the time in all. */
function addRuns({ totals: { equity, maintenance, gross }, columns: { worth, requirement, gross: size }, runs: { pool: owner } }: ScanLane, from: number, to: number): void {
  for (let run = from; run < to; run += 1) {
    const pool = owner[run] as number;
    equity[pool] = (equity[pool] as number) + (worth[run] as number);
    maintenance[pool] = (maintenance[pool] as number) + (requirement[run] as number);
    gross[pool] = (gross[pool] as number) + (size[run] as number);
  }
}

function addUp(lane: ScanLane, group: number, from: number, to: number): void {
  const { table, columns, kernel } = lane;
  if (table.rounds[group] === 1) scanRunsRounding(columns, table.divisor, from, to);
  else kernel(from, to);
  leaveLarge(lane, group, from, to);
}

/** Runs in which a sum could pass what doubles hold exactly are not known here. */
function leaveLarge({ table, runs, columns, most }: ScanLane, group: number, from: number, to: number): void {
  const largest = table.largest[group] as number;
  if ((most[group] as number) * largest < EXACT) return;
  for (let run = from; run < to; run += 1) {
    if (sizeOf(runs, run) * largest < EXACT) continue;
    columns.worth[run] = NaN;
    columns.requirement[run] = NaN;
    columns.gross[run] = NaN;
  }
}

/** Severity of a pool with these totals, or SLOW where they are not known or too large to be exact. */
export function severityOf({ rungs }: ScanLane, cash: number, equity: number, maintenance: number, gross: number): number {
  if (!(gross + maintenance + Math.abs(cash) < EXACT)) return SLOW;
  return standingOf(rungs, { netLiq: equity, equity, maintenance, exchangeMaintenance: maintenance });
}

/** The pool's status from its totals; a total of NaN is made anew, since nothing can be taken out of it. */
export function stand(lane: ScanLane, pool: number): void {
  const { totals, cash } = lane;
  if (Number.isNaN(totals.equity[pool]) && !Number.isNaN(cash[pool])) addUpPool(lane, pool);
  totals.status[pool] = severityOf(lane, cash[pool] as number, totals.equity[pool] as number, totals.maintenance[pool] as number, totals.gross[pool] as number);
}

function addUpPool({ runs: { poolStart, poolRuns }, columns, totals, cash }: ScanLane, pool: number): void {
  let equity = cash[pool] as number;
  let maintenance = 0;
  let gross = 0;
  for (let at = poolStart[pool] as number; at < (poolStart[pool + 1] as number); at += 1) {
    const run = poolRuns[at] as number;
    equity += columns.worth[run] as number;
    maintenance += columns.requirement[run] as number;
    gross += columns.gross[run] as number;
  }
  totals.equity[pool] = equity;
  totals.maintenance[pool] = maintenance;
  totals.gross[pool] = gross;
}

/** The plain kernel over a lane's columns. */
export function plainKernel(columns: KernelColumns): ScanKernel {
  return (from, to) => scanRuns(columns, from, to);
}
