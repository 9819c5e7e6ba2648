import type { Sliced } from '../sliced.ts';

/** Positions in any order, one row each: pools and instruments by number, quantities whole and signed. */
export interface PositionRows {
  count: number;
  pool: ArrayLike<number>;
  instrument: ArrayLike<number>;
  /** Index into SUB_TYPES; rows of one pool, instrument and sub-type add up. */
  subType: ArrayLike<number>;
  quantity: ArrayLike<number>;
}

/**
 * Positions as columns, by underlying, then run: what a change of one underlying touches is one slice. A run is what one pool
 * has in one underlying; those of an underlying stand by their number of positions, so that the processor foresees where the
 * kernel's loop over each of them ends.
 */
export interface Runs {
  count: number;
  pools: number;
  positions: number;
  instrument: Int32Array;
  quantity: Float64Array;
  subType: Uint8Array;
  /** Where each run's positions begin; one more entry than runs. */
  start: Int32Array;
  pool: Int32Array;
  /** Where each underlying's runs begin; one more entry than underlyings. */
  groupStart: Int32Array;
  /** Runs by pool, rising: `poolRuns` from `poolStart[pool]` on. */
  poolStart: Int32Array;
  poolRuns: Int32Array;
}

/** Memory for the columns that the kernel reads. */
export interface Memory {
  doubles: (length: number) => Float64Array;
  words: (length: number) => Int32Array;
}

/** Rows sorted and added up. `groupOf` has the underlying of each instrument. Time and memory are linear in the rows. */
export function* runsOf(rows: PositionRows, groupOf: Int32Array, groups: number, pools: number, memory: Memory): Sliced<Runs> {
  const sorted = yield* sortedRows(rows, groupOf, groups, pools);
  const stretches = yield* stretchesOf(rows, groupOf, sorted);
  const count = stretches.group.length;
  const order = yield* byGroupAndLength(stretches, groups);
  const instrument = memory.words(rows.count);
  const quantity = memory.doubles(rows.count);
  const subType = new Uint8Array(rows.count);
  const start = memory.words(count + 1);
  const owner = memory.words(count);
  const groupStart = new Int32Array(groups + 1);
  let at = 0;
  for (let run = 0; run < count; run += 1) {
    if (run % RUNS_AT_ONCE === RUNS_AT_ONCE - 1) yield;
    const stretch = order[run] as number;
    start[run] = at;
    owner[run] = rows.pool[sorted[stretches.start[stretch] as number] as number] as number;
    groupStart[(stretches.group[stretch] as number) + 1] = run + 1;
    for (let place = stretches.start[stretch] as number; place < (stretches.start[stretch + 1] as number); place += 1) at = put(rows, sorted[place] as number, start[run] as number, at, { instrument, quantity, subType });
  }
  start[count] = at;
  for (let group = 0; group < groups; group += 1) groupStart[group + 1] = Math.max(groupStart[group] as number, groupStart[group + 1] as number);
  return { count, pools, positions: at, instrument, quantity, subType, start, pool: owner, groupStart, ...(yield* byPool(owner, pools)) };
}

/** Rows that follow each other and belong to one run: where each begins, and the underlying. */
interface Stretches {
  start: Int32Array;
  group: Int32Array;
}

function* stretchesOf(rows: PositionRows, groupOf: Int32Array, sorted: Int32Array): Sliced<Stretches> {
  const start: number[] = [];
  const groups: number[] = [];
  let group = -1;
  let pool = -1;
  for (let place = 0; place < sorted.length; place += 1) {
    if (place % AT_ONCE === AT_ONCE - 1) yield;
    const row = sorted[place] as number;
    const itsGroup = groupOf[rows.instrument[row] as number] as number;
    const itsPool = rows.pool[row] as number;
    if (itsGroup === group && itsPool === pool) continue;
    group = itsGroup;
    pool = itsPool;
    start.push(place);
    groups.push(group);
  }
  start.push(sorted.length);
  yield;
  return { start: new Int32Array(start), group: new Int32Array(groups) };
}

function* byGroupAndLength({ start, group }: Stretches, groups: number): Sliced<Int32Array> {
  const length = new Int32Array(group.length);
  let most = 0;
  for (let stretch = 0; stretch < length.length; stretch += 1) {
    if (stretch % AT_ONCE === AT_ONCE - 1) yield;
    const own = (start[stretch + 1] as number) - (start[stretch] as number);
    length[stretch] = own;
    most = Math.max(most, own);
  }
  const byLength = yield* countingSort(null, length, 1 + most);
  return yield* countingSort(byLength, group, groups);
}

/** Σ |quantity| of a run. */
export function sizeOf({ start, quantity }: Pick<Runs, 'start' | 'quantity'>, run: number): number {
  let sum = 0;
  for (let at = start[run] as number; at < (start[run + 1] as number); at += 1) sum += Math.abs(quantity[at] as number);
  return sum;
}

/** The run of a pool in an underlying, −1 where it has none. */
export function runOf({ groupStart, poolStart, poolRuns }: Runs, group: number, pool: number): number {
  let low = poolStart[pool] as number;
  let high = poolStart[pool + 1] as number;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((poolRuns[middle] as number) < (groupStart[group] as number)) low = middle + 1;
    else high = middle;
  }
  const run = low < (poolStart[pool + 1] as number) ? (poolRuns[low] as number) : Infinity;
  return run < (groupStart[group + 1] as number) ? run : -1;
}

/** Rows sorted, and runs put down, in one stretch. */
const AT_ONCE = 2 ** 13;
const RUNS_AT_ONCE = 2 ** 9;

/** Row numbers by underlying, then pool, in two stable counting passes; in one where rows come by pool, as those of a book do. */
function* sortedRows({ count, pool, instrument }: PositionRows, groupOf: Int32Array, groups: number, pools: number): Sliced<Int32Array> {
  const owner = new Int32Array(count);
  const group = new Int32Array(count);
  let rises = true;
  for (let row = 0; row < count; row += 1) {
    if (row % AT_ONCE === AT_ONCE - 1) yield;
    owner[row] = pool[row] as number;
    group[row] = groupOf[instrument[row] as number] as number;
    rises &&= row === 0 || (owner[row - 1] as number) <= (owner[row] as number);
  }
  const byPoolFirst = rises ? null : yield* countingSort(null, owner, pools);
  return yield* countingSort(byPoolFirst, group, groups);
}

/** Items in the order of their keys, those of one key as they stood: all that have a key, as they stand or as `items` has them. */
function* countingSort(items: Int32Array | null, keyOf: Int32Array, keys: number): Sliced<Int32Array> {
  const next = yield* startsOf(keyOf, keys);
  const sorted = new Int32Array(keyOf.length);
  for (let at = 0; at < keyOf.length; at += 1) {
    if (at % AT_ONCE === AT_ONCE - 1) yield;
    const item = items ? (items[at] as number) : at;
    const key = keyOf[item] as number;
    const place = next[key] as number;
    next[key] = place + 1;
    sorted[place] = item;
  }
  return sorted;
}

/** Where the items of each key begin; one more entry than keys. */
function* startsOf(keyOf: Int32Array, keys: number): Sliced<Int32Array> {
  const starts = new Int32Array(keys + 1);
  for (let at = 0; at < keyOf.length; at += 1) {
    if (at % AT_ONCE === AT_ONCE - 1) yield;
    const key = keyOf[at] as number;
    starts[key + 1] = (starts[key + 1] as number) + 1;
  }
  for (let at = 0; at < keys; at += 1) starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  return starts;
}

/** Adds a row to its run, which begins at `from` and ends at `to`; gives back where it ends now. */
function put(rows: PositionRows, row: number, from: number, to: number, into: Pick<Runs, 'instrument' | 'quantity' | 'subType'>): number {
  const instrument = rows.instrument[row] as number;
  const subType = rows.subType[row] as number;
  for (let at = from; at < to; at += 1) {
    if (into.instrument[at] !== instrument || into.subType[at] !== subType) continue;
    into.quantity[at] = (into.quantity[at] as number) + (rows.quantity[row] as number);
    return to;
  }
  into.instrument[to] = instrument;
  into.subType[to] = subType;
  into.quantity[to] = rows.quantity[row] as number;
  return to + 1;
}

function* byPool(owner: Int32Array, pools: number): Sliced<Pick<Runs, 'poolStart' | 'poolRuns'>> {
  return { poolStart: yield* startsOf(owner, pools), poolRuns: yield* countingSort(null, owner, pools) };
}
