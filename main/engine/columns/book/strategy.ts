import { Decimal } from '../../../../shared/money.ts';
import type { MarketView } from '../../market/market-view.ts';
import { NOT_PROVED } from '../strategy/charge-group.ts';
import type { Sliced } from '../sliced.ts';
import { SLOW } from '../strategy/figures.ts';
import { describingInstruments, STOCK, type StrategyInstruments } from '../strategy/instruments.ts';
import { openStrategyLane, recomputeAll, recomputeOn, type StrategyLane } from '../strategy/lane.ts';
import { withRuns, type PositionColumns } from '../strategy/pools.ts';
import { repriceAll, reprice } from '../strategy/reprice.ts';
import type { Pairing } from '../strategy/share.ts';
import { strategyTerms } from '../strategy/terms.ts';
import { priceInLane } from '../sums/scaled.ts';
import { rungsOf } from '../sums/standing.ts';
import { VERIFIED } from './beside.ts';
import type { BookInstruments } from './facts.ts';
import { heldInstruments, priceDigitsOf, type Held } from './held.ts';
import type { PoolAmounts, PoolLane, TakeGroup } from './pool-lane.ts';
import { beyondUnits, wholeUnits } from './rest.ts';
import type { Staged } from './staged.ts';
import { strategyIsVerified, unverifiedRates } from './verified.ts';

/** A lane of the strategy model, with what a replaced pool needs of the lane before it. */
export interface StrategyPoolLane extends PoolLane {
  held: Held;
  lane: StrategyLane;
}

/**
 * Opens and computes; null where the lane does not know the rules. Pools other than `changed` keep the figures of `before`;
 * where there is nothing to keep, `pairing` pairs all of them.
 */
export function* openStrategy(staged: Staged, book: BookInstruments, market: MarketView, pairing: Pairing, before: StrategyPoolLane | null, changed: ReadonlySet<number>): Sliced<StrategyPoolLane | null> {
  const { rules } = staged;
  const terms = strategyTerms(rules, market.businessDate);
  if (!terms.ok || !strategyIsVerified(rules)) return null;
  const held = heldInstruments(staged, book, market, before?.held);
  yield;
  const isKnown = before !== null && before.held.numbers.length === held.numbers.length;
  const table = isKnown ? before.lane.table : yield* describingInstruments(held.rows, terms.value, market.businessDate, before?.lane.table.priceDigits ?? priceDigitsOf(held, book));
  if (!isKnown) repriceAll(table, Float64Array.from(held.numbers, (number) => priceInLane(book.marks[number] ?? null, table.priceDigits)));
  yield;
  const unverified = unverifiedRates(held.rows, rules);
  yield;
  const columns = yield* sortedColumns(staged, held, table, unverified);
  const lane = openStrategyLane(table, withRuns(columns, table), rungsOf(rules, table.moneyDigits));
  yield;
  // More instruments change no run; other decimals of rates are another unit of money.
  if (before?.lane.table.moneyDigits === table.moneyDigits) yield* recomputeSome(lane, before.lane, changed);
  else yield* pairing(lane);
  const rests = staged.cash.map((cash) => cash && beyondUnits(cash.equity, table.moneyDigits));
  return {
    held,
    lane,
    tick: (instruments) => tickStrategy(lane, held, book, instruments),
    amounts: (pool) => amountsOf(lane, pool, rests[pool] ?? null),
    eachGroup: (pool, take) => eachGroup(lane, held, pool, take),
    bytes: bytesOf(lane),
  };
}

function* recomputeSome(lane: StrategyLane, before: StrategyLane, changed: ReadonlySet<number>): Sliced<void> {
  for (let pool = 0; pool < lane.pools.count; pool += 1) {
    if (changed.has(pool)) recomputeAll(lane, pool, pool + 1);
    else copyFigures(lane, before, pool);
    yield;
  }
}

/** Room for a position's place in its pool beside the place of its instrument, within what doubles hold exactly. */
const POSITIONS_MAX = 2 ** 21;

/** Positions of each pool by underlying, then in the order in which the explaining engine sorts holdings. */
function* sortedColumns(staged: Staged, held: Held, table: StrategyInstruments, unverified: Uint8Array): Sliced<PositionColumns> {
  const { pools, positions, start } = staged;
  const columns: PositionColumns = { start: start.slice(0, pools + 1), instrument: new Int32Array(positions), quantity: new Float64Array(positions), cash: new Float64Array(pools), futuresCash: new Float64Array(pools), outside: new Uint8Array(pools) };
  const place = placesOf(table);
  for (let pool = 0; pool < pools; pool += 1) {
    const [from, to] = [start[pool] as number, start[pool + 1] as number];
    const keys = new Float64Array(to - from);
    for (let at = from; at < to; at += 1) keys[at - from] = (place[held.local[staged.instrument[at] as number] as number] as number) * POSITIONS_MAX + (at - from);
    keys.sort();
    let isOutside = to - from >= POSITIONS_MAX;
    for (let at = from; at < to; at += 1) {
      const own = from + ((keys[at - from] as number) % POSITIONS_MAX);
      const local = held.local[staged.instrument[own] as number] as number;
      columns.instrument[at] = local;
      columns.quantity[at] = staged.quantity[own] as number;
      isOutside ||= unverified[local] === 1 || (table.underlying[local] as number) < 0;
    }
    fillPool(columns, pool, staged, table.moneyDigits, isOutside);
    if (pool % 16 === 0) yield;
  }
  return columns;
}

function fillPool(columns: PositionColumns, pool: number, { cash }: Staged, moneyDigits: number, isOutside: boolean): void {
  const own = cash[pool] ?? null;
  const equity = own && wholeUnits(own.equity, moneyDigits);
  const futures = own && (own.futures && beyondUnits(own.futures, moneyDigits) ? null : wholeUnits(own.futures ?? new Decimal(0), moneyDigits));
  columns.outside[pool] = isOutside || equity === null || futures === null ? 1 : 0;
  columns.cash[pool] = equity ?? 0;
  columns.futuresCash[pool] = futures ?? 0;
}

/** By instrument: its place in the order of underlyings, then of names. */
function placesOf({ rank, underlying }: StrategyInstruments): Float64Array {
  const size = rank.length;
  return Float64Array.from(rank, (own, at) => ((underlying[at] as number) < 0 ? 0 : (rank[underlying[at] as number] as number) + 1) * size + own);
}

function copyFigures(to: StrategyLane, from: StrategyLane, pool: number): void {
  const [own, theirs, count] = [to.pools.runsFrom[pool] as number, from.pools.runsFrom[pool] as number, (to.pools.runsFrom[pool + 1] as number) - (to.pools.runsFrom[pool] as number)];
  for (const name of Object.keys(to.figures.runs) as (keyof typeof to.figures.runs)[]) {
    to.figures.runs[name].set(from.figures.runs[name].subarray(theirs, theirs + count), own);
    to.figures.pools[name][pool] = from.figures.pools[name][pool] as number;
  }
  to.figures.how.set(from.figures.how.subarray(theirs, theirs + count), own);
  to.figures.status[pool] = from.figures.status[pool] as number;
  to.figures.notInLane[pool] = from.figures.notInLane[pool] as number;
  to.figures.notProved[pool] = from.figures.notProved[pool] as number;
}

function tickStrategy(lane: StrategyLane, { local }: Held, { marks }: BookInstruments, instruments: readonly number[]): Int32Array {
  const { table } = lane;
  const moved = new Set<number>();
  for (const number of instruments) {
    const own = local[number] ?? -1;
    if (own < 0) continue;
    reprice(table, own, priceInLane(marks[number] ?? null, table.priceDigits));
    const underlying = table.underlying[own] as number;
    if (underlying >= 0) moved.add(underlying);
  }
  if (moved.size === 1) for (const underlying of moved) return recomputeOn(lane, underlying);
  const touched = new Set<number>();
  for (const underlying of moved) for (const pool of recomputeOn(lane, underlying)) touched.add(pool);
  return Int32Array.from(touched);
}

function amountsOf({ table, pools, figures }: StrategyLane, pool: number, beyondCash: PoolAmounts['beyondCash']): PoolAmounts | null {
  if (figures.status[pool] === SLOW) return null;
  const { stock, options, regT, exchange, exchangeInitial, initial, maintenance } = figures.pools;
  const equity = (pools.cash[pool] as number) + (stock[pool] as number);
  const invested = (stock[pool] as number) + (options[pool] as number);
  let gross = 0;
  let hasShort = false;
  for (let at = pools.start[pool] as number; at < (pools.start[pool + 1] as number); at += 1) {
    gross += valueOf(table, pools.instrument[at] as number, Math.abs(pools.quantity[at] as number));
    hasShort ||= (pools.quantity[at] as number) < 0;
  }
  return {
    digits: table.moneyDigits,
    netLiq: equity + (options[pool] as number) + (pools.futuresCash[pool] as number),
    equity,
    regT: regT[pool] as number,
    exchange: exchange[pool] as number,
    exchangeInitial: exchangeInitial[pool] as number,
    initial: initial[pool] as number,
    maintenance: maintenance[pool] as number,
    gross,
    invested,
    hasShort,
    notPairedYet: (figures.notProved[pool] as number) > 0 ? notPaired(pools, figures, table, pool) : 0,
    beyondInitial: null,
    beyondCash,
    health: null,
    unverified: VERIFIED,
  };
}

function valueOf({ price, multiplier, one }: StrategyInstruments, instrument: number, quantity: number): number {
  return quantity * (price[instrument] as number) * (multiplier[instrument] as number) * one;
}

/** Options of the groups whose pairing is not proved. */
function notPaired(pools: StrategyLane['pools'], { how }: StrategyLane['figures'], { kind }: StrategyInstruments, pool: number): number {
  let count = 0;
  for (let run = pools.runsFrom[pool] as number; run < (pools.runsFrom[pool + 1] as number); run += 1) {
    if (how[run] !== NOT_PROVED) continue;
    for (let at = pools.runStart[run] as number; at < (pools.runStart[run + 1] as number); at += 1) if (kind[pools.instrument[at] as number] !== STOCK) count += 1;
  }
  return count;
}

function eachGroup({ table, pools, figures }: StrategyLane, { rows }: Held, pool: number, take: TakeGroup): void {
  for (let run = pools.runsFrom[pool] as number; run < (pools.runsFrom[pool + 1] as number); run += 1) {
    let gross = 0;
    for (let at = pools.runStart[run] as number; at < (pools.runStart[run + 1] as number); at += 1) gross += valueOf(table, pools.instrument[at] as number, Math.abs(pools.quantity[at] as number));
    take(rows[pools.underlyingOf[run] as number]?.id ?? '', gross, figures.runs.maintenance[run] as number);
  }
}

function bytesOf({ pools, figures }: StrategyLane): number {
  const columns = [pools.start, pools.instrument, pools.quantity, pools.cash, pools.futuresCash, pools.outside, pools.runStart, pools.runsFrom, pools.poolOf, pools.underlyingOf, pools.runsOn];
  const amounts = [...Object.values(figures.runs), ...Object.values(figures.pools), figures.how, figures.status, figures.notInLane, figures.notProved];
  return [...columns, ...amounts].reduce((total, { byteLength }) => total + byteLength, 0);
}
