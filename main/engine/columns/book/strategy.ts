import type { MarketView } from '../../market/market-view.ts';
import { NOT_PROVED } from '../strategy/charge-group.ts';
import type { Sliced } from '../sliced.ts';
import { SLOW } from '../strategy/figures.ts';
import { describingInstruments, STOCK, type StrategyInstruments } from '../strategy/instruments.ts';
import { openStrategyLane, recomputingOn, type StrategyLane } from '../strategy/lane.ts';
import { findingRuns } from '../strategy/pools.ts';
import { repricingAll, reprice } from '../strategy/reprice.ts';
import type { Pairing } from '../strategy/share.ts';
import { strategyTerms, type StrategyTerms } from '../strategy/terms.ts';
import { priceInLane } from '../sums/scaled.ts';
import { rungsOf } from '../sums/standing.ts';
import { VERIFIED } from './beside.ts';
import type { BookInstruments } from './facts.ts';
import { findingHeld, needsMoreDigits, priceDigitsOf, type Held } from './held.ts';
import type { PoolAmounts, PoolLane, TakeGroup } from './pool-lane.ts';
import { beyondUnits } from './rest.ts';
import type { PoolCash, Staged } from './staged.ts';
import { shortsOf } from './shorts.ts';
import { recomputingSome, sortedColumns } from './strategy-columns.ts';
import { strategyIsVerified, unverifiedRates } from './verified.ts';

/** A lane of the strategy model, with what a replaced pool needs of the lane before it. */
export interface StrategyPoolLane extends PoolLane {
  held: Held;
  lane: StrategyLane;
  /** Figures are there when this is done. */
  computing: Sliced<void> | null;
}

/**
 * Opens; null where the lane does not know the rules. Pools other than `changed` keep the figures of `before`; where there is
 * nothing to keep, `pairing` pairs all of them. Nothing is computed here yet.
 */
export function* openStrategy(staged: Staged, book: BookInstruments, market: MarketView, pairing: Pairing, before: StrategyPoolLane | null, changed: ReadonlySet<number>): Sliced<StrategyPoolLane | null> {
  const { rules } = staged;
  const terms = strategyTerms(rules, market.businessDate);
  if (!terms.ok || !strategyIsVerified(rules)) return null;
  const held = yield* findingHeld(staged, book, market, before?.held ?? null, changed);
  const priceDigits = Math.max(before?.lane.table.priceDigits ?? 0, yield* priceDigitsOf(held, book));
  const isKnown = before !== null && before.held.numbers.length === held.numbers.length && before.lane.table.priceDigits === priceDigits;
  const table = isKnown ? before.lane.table : yield* tableOf(held, terms.value, book, market, priceDigits);
  yield;
  const unverified = yield* unverifiedRates(held.rows, rules);
  // More instruments change no run; other decimals of rates or prices are another unit of money.
  const known = before?.lane.table.moneyDigits === table.moneyDigits ? before.lane : null;
  const columns = yield* sortedColumns(staged, held, table, unverified, known?.pools ?? null, changed);
  const pools = yield* findingRuns(columns, table);
  yield;
  const lane = openStrategyLane(table, pools, rungsOf(rules, table.moneyDigits));
  yield;
  const hasShort = shortsOf(pools.count, (pool) => pools.quantity.subarray(pools.start[pool], pools.start[pool + 1]).some((quantity) => quantity < 0));
  return {
    held,
    lane,
    computing: known ? recomputingSome(lane, known, changed) : pairing(lane),
    fits: (instruments) => !needsMoreDigits(held, book, instruments, table.priceDigits),
    tick: (instruments) => ticking(lane, held, book, instruments),
    amounts: (pool) => amountsOf(lane, pool, staged.cash[pool] ?? null, hasShort),
    eachGroup: (pool, take) => eachGroup(lane, held, pool, take),
    bytes: bytesOf(lane),
  };
}

/** Instruments in one stretch. */
const PRICED_AT_ONCE = 1_024;

/** Instruments with their rates, at the marks as they stand. */
function* tableOf({ rows, numbers }: Held, terms: StrategyTerms, { marks }: BookInstruments, { businessDate }: MarketView, priceDigits: number): Sliced<StrategyInstruments> {
  const table = yield* describingInstruments(rows, terms, businessDate, priceDigits);
  const prices = new Float64Array(numbers.length);
  for (let at = 0; at < numbers.length; at += 1) {
    prices[at] = priceInLane(marks[numbers[at] as number] ?? null, table.priceDigits);
    if (at % PRICED_AT_ONCE === 0) yield;
  }
  yield* repricingAll(table, prices);
  return table;
}

/** Options of an underlying are priced anew with it. */
const MARKS_AT_ONCE = 64;

function* ticking(lane: StrategyLane, { local }: Held, { marks }: BookInstruments, instruments: readonly number[]): Sliced<Int32Array> {
  const { table } = lane;
  const moved = new Set<number>();
  for (let at = 0; at < instruments.length; at += 1) {
    if (at % MARKS_AT_ONCE === MARKS_AT_ONCE - 1) yield;
    const number = instruments[at] as number;
    const own = local[number] ?? -1;
    if (own < 0) continue;
    reprice(table, own, priceInLane(marks[number] ?? null, table.priceDigits));
    const underlying = table.underlying[own] as number;
    if (underlying >= 0) moved.add(underlying);
  }
  return yield* recomputingOn(lane, moved);
}

function amountsOf({ table, pools, figures }: StrategyLane, pool: number, cash: PoolCash | null, hasShort: (pool: number) => boolean): PoolAmounts | null {
  if (figures.status[pool] === SLOW) return null;
  const { stock, options, regT, exchange, exchangeInitial, initial, maintenance } = figures.pools;
  const equity = (pools.cash[pool] as number) + (stock[pool] as number);
  const invested = (stock[pool] as number) + (options[pool] as number);
  return {
    digits: table.moneyDigits,
    netLiq: equity + (options[pool] as number) + (pools.futuresCash[pool] as number),
    equity,
    regT: regT[pool] as number,
    exchange: exchange[pool] as number,
    exchangeInitial: exchangeInitial[pool] as number,
    initial: initial[pool] as number,
    maintenance: maintenance[pool] as number,
    gross: figures.pools.gross[pool] as number,
    invested,
    hasShort: hasShort(pool),
    notPairedYet: (figures.notProved[pool] as number) > 0 ? notPaired(pools, figures, table, pool) : 0,
    beyondInitial: null,
    beyondCash: cash && beyondUnits(cash.equity, table.moneyDigits),
    health: null,
    unverified: VERIFIED,
  };
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

function eachGroup({ pools, figures: { runs } }: StrategyLane, { rows }: Held, pool: number, take: TakeGroup): void {
  for (let run = pools.runsFrom[pool] as number; run < (pools.runsFrom[pool + 1] as number); run += 1) take(rows[pools.underlyingOf[run] as number]?.id ?? '', runs.gross[run] as number, runs.maintenance[run] as number);
}

function bytesOf({ pools, figures }: StrategyLane): number {
  const columns = [pools.start, pools.instrument, pools.quantity, pools.cash, pools.futuresCash, pools.outside, pools.runStart, pools.runsFrom, pools.poolOf, pools.underlyingOf, pools.runsOn];
  const amounts = [...Object.values(figures.runs), ...Object.values(figures.pools), figures.how, figures.status, figures.notInLane, figures.notProved];
  return [...columns, ...amounts].reduce((total, { byteLength }) => total + byteLength, 0);
}
