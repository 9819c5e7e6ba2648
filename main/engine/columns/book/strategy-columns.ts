import { Decimal } from '../../../../shared/money.ts';
import type { Sliced } from '../sliced.ts';
import { AMOUNTS } from '../strategy/figures.ts';
import type { StrategyInstruments } from '../strategy/instruments.ts';
import { sharedBytes, sharedCopy, sharedDoubles, sharedWords } from '../strategy/shared-columns.ts';
import { recomputingPool, type StrategyLane } from '../strategy/lane.ts';
import type { PositionColumns } from '../strategy/pools.ts';
import type { Held } from './held.ts';
import { beyondUnits, wholeUnits } from './rest.ts';
import type { Staged } from './staged.ts';
import { stretchesOf } from './stretches.ts';

/** Room for a position's place in its pool beside the place of its instrument, within what doubles hold exactly. */
const POSITIONS_MAX = 2 ** 21;
const SORTED_AT_ONCE = 1_024;

/**
 * Positions of each pool by underlying, then in the order in which the explaining engine sorts holdings. Pools other than
 * `changed` are copied from the columns before, where instruments and money were counted as they are now.
 */
export function* sortedColumns(staged: Staged, held: Held, table: StrategyInstruments, unverified: Uint8Array, before: PositionColumns | null, changed: ReadonlySet<number>): Sliced<PositionColumns> {
  const { pools, positions, start } = staged;
  const columns: PositionColumns = { start: sharedCopy(start, pools + 1), instrument: sharedWords(positions), quantity: sharedDoubles(positions), cash: sharedDoubles(pools), futuresCash: sharedDoubles(pools), outside: sharedBytes(pools) };
  yield;
  if (before) {
    for (const { from, to, isKept } of stretchesOf(pools, changed)) {
      if (isKept) copyPools(columns, before, from, to);
      else sortPool(columns, from, staged, held, table, unverified);
      yield;
    }
    return columns;
  }
  let sorted = 0;
  for (let pool = 0; pool < pools; pool += 1) {
    sortPool(columns, pool, staged, held, table, unverified);
    sorted += 1 + (start[pool + 1] as number) - (start[pool] as number);
    if (sorted < SORTED_AT_ONCE) continue;
    sorted = 0;
    yield;
  }
  return columns;
}

function copyPools(to: PositionColumns, from: PositionColumns, first: number, end: number): void {
  const [theirs, last, own] = [from.start[first] as number, from.start[end] as number, to.start[first] as number];
  to.instrument.set(from.instrument.subarray(theirs, last), own);
  to.quantity.set(from.quantity.subarray(theirs, last), own);
  for (const name of ['cash', 'futuresCash', 'outside'] as const) to[name].set(from[name].subarray(first, end), first);
}

function sortPool(columns: PositionColumns, pool: number, staged: Staged, { local }: Held, { rank, byRank, underlying, moneyDigits }: StrategyInstruments, unverified: Uint8Array): void {
  const [from, to] = [staged.start[pool] as number, staged.start[pool + 1] as number];
  const keys = new Float64Array(to - from);
  for (let at = from; at < to; at += 1) keys[at - from] = (rank[local[staged.instrument[at] as number] as number] as number) * POSITIONS_MAX + (at - from);
  keys.sort();
  let isOutside = to - from >= POSITIONS_MAX;
  for (let at = from; at < to; at += 1) {
    const key = keys[at - from] as number;
    const own = byRank[Math.floor(key / POSITIONS_MAX)] as number;
    columns.instrument[at] = own;
    columns.quantity[at] = staged.quantity[from + (key % POSITIONS_MAX)] as number;
    isOutside ||= unverified[own] === 1 || (underlying[own] as number) < 0;
  }
  fillCash(columns, pool, staged, moneyDigits, isOutside);
}

function fillCash(columns: PositionColumns, pool: number, { cash }: Staged, moneyDigits: number, isOutside: boolean): void {
  const own = cash[pool] ?? null;
  const equity = own && wholeUnits(own.equity, moneyDigits);
  const futures = own && (own.futures && beyondUnits(own.futures, moneyDigits) ? null : wholeUnits(own.futures ?? NO_MONEY, moneyDigits));
  columns.outside[pool] = isOutside || equity === null || futures === null ? 1 : 0;
  columns.cash[pool] = equity ?? 0;
  columns.futuresCash[pool] = futures ?? 0;
}

const NO_MONEY = new Decimal(0);

/** Figures of pools that changed; those of the others are copied from the lane before. */
export function* recomputingSome(lane: StrategyLane, before: StrategyLane, changed: ReadonlySet<number>): Sliced<void> {
  for (const { from, to, isKept } of stretchesOf(lane.pools.count, changed)) {
    if (isKept) copyFigures(lane, before, from, to);
    else yield* recomputingPool(lane, from);
    yield;
  }
}

function copyFigures({ pools, figures }: StrategyLane, before: StrategyLane, from: number, to: number): void {
  const { runsFrom } = before.pools;
  const [theirs, last, own] = [runsFrom[from] as number, runsFrom[to] as number, pools.runsFrom[from] as number];
  for (const name of AMOUNTS) {
    figures.runs[name].set(before.figures.runs[name].subarray(theirs, last), own);
    figures.pools[name].set(before.figures.pools[name].subarray(from, to), from);
  }
  figures.how.set(before.figures.how.subarray(theirs, last), own);
  for (const name of ['status', 'notInLane', 'notProved'] as const) figures[name].set(before.figures[name].subarray(from, to), from);
}
