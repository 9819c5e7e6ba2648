import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { MarginModelId, PoolInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { prepareCash } from '../../pool/cash.ts';
import type { Sliced } from '../sliced.ts';
import { asksInFull } from '../strategy/terms.ts';
import type { PositionRows } from '../pool-row.ts';
import { NONE } from '../sums/scaled.ts';
import type { BookInstruments } from './facts.ts';
import { APART, isDivided, isOrdinaryPart, ODD, oddOnes, OFFSET, offsettingClasses, traitOf, UNKNOWN } from './odd.ts';
import { stretchesOf } from './stretches.ts';
import { readingsInRows, readingsOf, type Readings } from './read-positions.ts';

/** Pools under one stack of packs and in one currency, as they were read: what lanes are opened from, and opened from again. */
export interface Staged {
  rules: Rules;
  currency: string;
  /** Where each pool's positions begin; one more entry than pools. Only the first `pools` + 1 and `positions` entries count. */
  start: Int32Array;
  instrument: Int32Array;
  subType: Uint8Array;
  /** Whole and signed, never zero. */
  quantity: Float64Array;
  /** Of pools that are sums: the price a gain counts from, as text, by position; undefined up to the mark. */
  since: (string | undefined)[] | null;
  pools: number;
  positions: number;
  /** By pool: money that counts in equity, and of a futures segment; null for a pool that columns cannot say. */
  cash: (PoolCash | null)[];
  /** Of pools: what of them columns do not take, as a pool of its own. */
  beside: Map<number, PoolInput>;
  /** By instrument: the pool that was read last with it, and where it stands there. */
  seen: Int32Array;
  seenAt: Int32Array;
  /** By instrument: see traitOf. */
  trait: Uint8Array;
  /** Of the strategy model: whether the part of the account that a position is in makes no difference. */
  asksInFull: boolean;
  /** Of portfolio margin: see `offsettingClasses`. */
  offsetting: readonly (readonly string[])[];
}

export interface PoolCash {
  equity: Decimal;
  futures: Decimal | null;
}

const SUMS: ReadonlySet<MarginModelId> = new Set(['bracket', 'fixed', 'lending']);

export function stage(rules: Rules, currency: string): Staged {
  return {
    rules, currency, pools: 0, positions: 0, cash: [], beside: new Map(),
    start: new Int32Array(64), instrument: new Int32Array(256), subType: new Uint8Array(256), quantity: new Float64Array(256),
    since: SUMS.has(rules.model) ? [] : null, seen: new Int32Array(0), seenAt: new Int32Array(0), trait: new Uint8Array(0),
    asksInFull: rules.model === 'strategy' && asksInFull(rules),
    offsetting: offsettingClasses(rules),
  };
}

/** Adds a pool; one that columns cannot say keeps its place and has no positions. True where it is in columns. */
export function* addingPool(staged: Staged, pool: PoolInput, book: BookInstruments, market: MarketView, rows?: PositionRows): Sliced<boolean> {
  const at = staged.pools;
  const from = staged.positions;
  staged.pools += 1;
  if (staged.start.length < at + 2) staged.start = longer(staged.start, new Int32Array(2 * staged.start.length));
  const cash = isPlain(pool, staged) && (yield* addContents(staged, pool, book, market, rows)) ? cashOf(pool, market) : null;
  if (!cash) {
    staged.positions = from;
    staged.beside.delete(at);
  }
  if (staged.since) staged.since.length = staged.positions;
  staged.start[at + 1] = staged.positions;
  staged.cash[at] = cash;
  return cash !== null;
}

/** Nothing but cash and positions, in the rules' own currency; of strategies in any, where positions are all beside the lane. */
function isPlain({ model, currency, collateral = [], debt = [], orders = [], external }: PoolInput, { rules }: Staged): boolean {
  return model === rules.model && (currency === rules.currency || model === 'strategy') && collateral.length + debt.length + orders.length === 0 && external === undefined;
}

/** Positions, and what is beside them; false where the pool is for the explaining engine as a whole. */
function* addContents(staged: Staged, pool: PoolInput, book: BookInstruments, market: MarketView, rows?: PositionRows): Sliced<boolean> {
  const { positions: from } = staged;
  const { model, excluded } = pool;
  const added = yield* addPositions(staged, model, rows ? readingsInRows(rows, model === 'bracket', book, market) : readingsOf(pool.positions, book, market), book, market);
  if (added === 'out' || !isDivided(model) || (model === 'fixed' && excluded.length > 0)) return added === 'all' && excluded.length === 0;
  if (added === 'all' && excluded.length === 0) return true;
  staged.positions = from;
  const isOdd = oddOnes(staged, model, pool.positions, book, market);
  const { id, mode, currency, packs } = pool;
  const apart = pool.positions.filter(isOdd).map(({ instrument, subType, quantity, entryPrice, settledPrice }) => ({ instrument, subType, quantity, entryPrice, ...(settledPrice === undefined ? {} : { settledPrice }) }));
  const beside: PoolInput = { id, mode, model, currency, packs, cash: [], positions: apart, excluded: excluded.map(({ symbol, reason, short }) => ({ symbol, reason, short })) };
  if (apart.length + excluded.length > 0) staged.beside.set(staged.pools - 1, beside);
  // Read once more without them, under a stamp of its own.
  staged.seen.fill(NONE);
  return (yield* addPositions(staged, model, readingsOf(pool.positions.filter((position) => !isOdd(position)), book, market), book, market, true)) === 'all';
}

/** How a pool's positions fit: all of them, some are beside the lane, or the pool is out of it. */
type Fit = 'all' | 'odd' | 'out';

const READ_AT_ONCE = 256;

function* addPositions(staged: Staged, model: MarginModelId, readings: Readings, book: BookInstruments, market: MarketView, isRest = false): Sliced<Fit> {
  const from = staged.positions;
  yield* makingRoom(staged, from + readings.count);
  const stamp = staged.pools;
  const isByContract = model === 'fixed';
  let to = from;
  for (let place = 0; place < readings.count; place += 1) {
    if (place % READ_AT_ONCE === READ_AT_ONCE - 1) yield;
    const { instrument, subType, type, quantity, settledPrice, entryPrice, leverage } = readings.at(place);
    if (instrument >= staged.seen.length) grow(staged, book.ids.length);
    const trait = traitOf(staged, instrument, book, market);
    if (trait === UNKNOWN || leverage !== undefined || !(staged.since || model === 'strategy' || settledPrice === undefined)) return 'out';
    if (trait === ODD || trait === APART || (trait === OFFSET && !isRest) || (model === 'strategy' && (Number.isNaN(quantity) || !isOrdinaryPart(subType, staged)))) return 'odd';
    if (Number.isNaN(quantity)) return isByContract ? 'odd' : 'out';
    // A scan adds up rows by itself.
    if (staged.seen[instrument] === stamp && model !== 'scan') {
      // Rows of one part of the account add up; gains since different prices, and stock on both sides, are not for columns.
      const before = staged.seenAt[instrument] as number;
      if (staged.since || staged.subType[before] !== type) return staged.since && !isByContract ? 'out' : 'odd';
      staged.quantity[before] = (staged.quantity[before] as number) + quantity;
      continue;
    }
    staged.seen[instrument] = stamp;
    staged.seenAt[instrument] = to;
    staged.instrument[to] = instrument;
    staged.subType[to] = type;
    staged.quantity[to] = quantity;
    if (staged.since) {
      const since = settledPrice === undefined && model === 'bracket' ? entryPrice : settledPrice;
      // Not known up to where gains were paid out; brackets count from the entry.
      if (settledPrice === null) return isByContract ? 'odd' : 'out';
      staged.since[to] = since ?? undefined;
    }
    to += 1;
  }
  staged.positions = withoutZeros(staged, from, to);
  return 'all';
}

function withoutZeros({ instrument, subType, quantity, since }: Staged, from: number, to: number): number {
  let kept = from;
  for (let at = from; at < to; at += 1) {
    if (quantity[at] === 0) continue;
    if (kept < at) {
      instrument[kept] = instrument[at] as number;
      subType[kept] = subType[at] as number;
      quantity[kept] = quantity[at] as number;
      if (since) since[kept] = since[at];
    }
    kept += 1;
  }
  return kept;
}

const PLAIN: ReadonlySet<string> = new Set(['tradeDate', 'shortProceeds', 'accruedInterest', 'accruedDividend']);

/** Cash in the pool's own currency that simply counts is added up here; everything else as the engine prepares it. */
function cashOf(pool: PoolInput, market: MarketView): PoolCash | null {
  if (pool.cash.every(({ kind, currency }) => PLAIN.has(kind) && currency === pool.currency)) {
    let equity = new Decimal(0);
    for (const { amount } of pool.cash) equity = equity.plus(fromDecimalText(amount));
    return equity.decimalPlaces() <= PLACES_MAX && equity.e < WHOLE_MAX ? { equity, futures: null } : null;
  }
  const { equity, futuresSegment, problems } = prepareCash(pool, market);
  return problems.length > 0 ? null : { equity: equity.amount, futures: futuresSegment?.amount ?? null };
}

/** Within these, an amount of cash is never too long for the engine. */
const PLACES_MAX = 20;
const WHOLE_MAX = 14;

function* makingRoom(staged: Staged, positions: number): Sliced<void> {
  if (positions <= staged.instrument.length) return;
  const size = Math.max(positions, Math.ceil(1.5 * staged.instrument.length));
  staged.instrument = yield* lengthening(staged.instrument, new Int32Array(size));
  staged.subType = yield* lengthening(staged.subType, new Uint8Array(size));
  staged.quantity = yield* lengthening(staged.quantity, new Float64Array(size));
}

/** Entries copied in one stretch: memory that nobody had before costs a hundred times as much as what is written to it. */
const COPIED_AT_ONCE = 65_536;

function* lengthening<Column extends Int32Array | Uint8Array | Float64Array>(column: Column, into: Column): Sliced<Column> {
  for (let from = 0; from < column.length; from += COPIED_AT_ONCE) {
    into.set(column.subarray(from, from + COPIED_AT_ONCE), from);
    if (column.length > COPIED_AT_ONCE) yield;
  }
  return into;
}

function grow(staged: Staged, instruments: number): void {
  const size = Math.max(256, 2 * instruments);
  staged.seen = longer(staged.seen, new Int32Array(size).fill(NONE));
  staged.seenAt = longer(staged.seenAt, new Int32Array(size));
  staged.trait = longer(staged.trait, new Uint8Array(size));
}

function longer<Column extends Int32Array | Uint8Array | Float64Array>(column: Column, into: Column): Column {
  into.set(column);
  return into;
}

/** The same pools with some of them read anew, or null where nothing is left of one, and new ones behind them; the others are copied. */
export function* replacedIn(staged: Staged, pools: ReadonlyMap<number, PoolInput | null>, book: BookInstruments, market: MarketView): Sliced<Staged> {
  const next = stage(staged.rules, staged.currency);
  let positions = staged.positions;
  for (const pool of pools.values()) positions += pool?.positions.length ?? 0;
  yield* makingRoom(next, positions);
  yield;
  for (const { from, to, isKept } of stretchesOf(staged.pools, new Set(pools.keys()))) {
    const anew = pools.get(from);
    if (isKept) yield* copyingPools(next, staged, from, to);
    else if (anew) yield* addingPool(next, anew, book, market);
    else addNothing(next);
    yield;
  }
  for (const [at, pool] of pools) {
    if (at < staged.pools || !pool) continue;
    yield* addingPool(next, pool, book, market);
    yield;
  }
  return next;
}

/** The place of a pool that is gone. */
function addNothing(staged: Staged): void {
  if (staged.start.length < staged.pools + 2) staged.start = longer(staged.start, new Int32Array(2 * staged.start.length));
  staged.cash[staged.pools] = null;
  staged.pools += 1;
  staged.start[staged.pools] = staged.positions;
}

function* copyingPools(into: Staged, from: Staged, first: number, end: number): Sliced<void> {
  const [start, last] = [from.start[first] as number, from.start[end] as number];
  const at = into.positions;
  yield* makingRoom(into, at + last - start);
  into.instrument.set(from.instrument.subarray(start, last), at);
  into.subType.set(from.subType.subarray(start, last), at);
  into.quantity.set(from.quantity.subarray(start, last), at);
  if (into.since && from.since) for (let place = start; place < last; place += 1) into.since[at + place - start] = from.since[place];
  if (into.start.length < into.pools + end - first + 1) into.start = longer(into.start, new Int32Array(2 * (into.pools + end - first)));
  for (let pool = first; pool < end; pool += 1) {
    into.cash[into.pools] = from.cash[pool] ?? null;
    const beside = from.beside.get(pool);
    if (beside) into.beside.set(into.pools, beside);
    into.pools += 1;
    into.start[into.pools] = at + (from.start[pool + 1] as number) - start;
  }
  into.positions = at + last - start;
}
