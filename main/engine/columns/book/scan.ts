import { fromDecimalText, type Decimal } from '../../../../shared/money.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { rangeOf } from '../../scan/classes/portfolio-type.ts';
import { scanRules } from '../../scan/rules.ts';
import { setMark } from '../scan/instruments.ts';
import { scanRuns, scanRunsRounding, type KernelColumns } from '../scan/kernel.ts';
import { FULL_FROM, recomputeGroups, recomputingAll, SLOW, type ScanLane } from '../scan/lane.ts';
import { openingScanLane } from '../scan/open-lane.ts';
import type { PositionRows } from '../scan/runs.ts';
import { wasmMemory } from '../scan/wasm.ts';
import type { Sliced } from '../sliced.ts';
import { VERIFIED } from './beside.ts';
import type { BookInstruments } from './facts.ts';
import { findingHeld, type Held } from './held.ts';
import type { PoolAmounts, PoolLane, TakeGroup } from './pool-lane.ts';
import { beyondUnits, wholeUnits } from './rest.ts';
import { shortsOf } from './shorts.ts';
import type { PoolCash, Staged } from './staged.ts';
import { areVerified, isChecked } from './verified.ts';

/** Opens and computes pools on portfolio margin by classes; null where the lane does not know the rules. */
export function* openScan(staged: Staged, book: BookInstruments, market: MarketView): Sliced<PoolLane | null> {
  const { rules, currency } = staged;
  if (!areVerified(rules, ['portfolio.minimumPerUnit', 'portfolio.initialMultiple'])) return null;
  const quantum = rules.moneyQuantum(currency);
  if (quantum === 'none') return null;
  const places = fromDecimalText(quantum).decimalPlaces();
  const held = yield* findingHeld(staged, book, market);
  const unverified = yield* unverifiedClasses(held, market, rules);
  const cash = yield* cashOf(staged, places, held, unverified);
  const rows = yield* rowsOf(staged, held);
  const opened = yield* openingScanLane({ rules, currency, market, instruments: held.rows.map(({ id }) => id), rows, cash }, wasmMemory);
  if (!opened.ok) return null;
  const { lane, placeOf } = opened.value;
  const noCharges = new Float64Array(lane.columns.charges.length);
  const hasShort = shortsOf(cash.length, (pool) => isShort(lane, pool));
  // By run: the least that is charged for its contracts, once it was asked for.
  const least = new Float64Array(lane.columns.start.length - 1).fill(NaN);
  return {
    // What a scan counts are moves, in the money's own unit, whatever the mark.
    fits: () => true,
    tick: (instruments) => ticking(lane, held, placeOf, book, instruments),
    amounts: (pool) => amountsOf(lane, pool, staged.cash[pool] ?? null, hasShort),
    eachGroup: (pool, take) => eachGroup(lane, noCharges, least, pool, take),
    bytes: bytesOf(lane) + least.byteLength,
  };
}

const INSTRUMENTS_AT_ONCE = 1_024;

/** By instrument: 1 where how far its underlying moves is a rule that nobody has checked. */
function* unverifiedClasses({ rows }: Held, market: MarketView, rules: Rules): Sliced<Uint8Array> {
  const scan = scanRules(rules);
  const known = new Map<string, boolean>();
  const isKnown = (underlying: string): boolean => {
    const before = known.get(underlying);
    if (before !== undefined) return before;
    const checked = isChecked(rangeOf(underlying, market, scan)?.type.rule);
    known.set(underlying, checked);
    return checked;
  };
  const found = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const { id, terms } = rows[at] as (typeof rows)[number];
    found[at] = isKnown(terms.kind === 'option' || terms.kind === 'future' ? (terms.underlying ?? id) : id) ? 0 : 1;
    if (at % INSTRUMENTS_AT_ONCE === 0) yield;
  }
  return found;
}

const POOLS_AT_ONCE = 128;

function* cashOf({ cash, start, instrument, pools }: Staged, places: number, { local }: Held, unverified: Uint8Array): Sliced<Float64Array> {
  const hasUnverified = unverified.includes(1);
  const found = new Float64Array(pools).fill(NaN);
  for (let pool = 0; pool < pools; pool += 1) {
    if (pool % POOLS_AT_ONCE === 0) yield;
    const own = cash[pool];
    if (!own || own.futures || (hasUnverified && instrument.subarray(start[pool], start[pool + 1]).some((number) => unverified[local[number] as number] === 1))) continue;
    found[pool] = wholeUnits(own.equity, places) ?? NaN;
  }
  return found;
}

const ROWS_AT_ONCE = 8_192;

function* rowsOf({ positions, pools, start, instrument, subType, quantity }: Staged, { local }: Held): Sliced<PositionRows> {
  const rows = { count: positions, pool: new Int32Array(positions), instrument: new Int32Array(positions), subType, quantity };
  for (let own = 0; own < pools; own += 1) {
    rows.pool.fill(own, start[own], start[own + 1]);
    if (own % POOLS_AT_ONCE === 0) yield;
  }
  for (let at = 0; at < positions; at += 1) {
    rows.instrument[at] = local[instrument[at] as number] as number;
    if (at % ROWS_AT_ONCE === 0) yield;
  }
  return rows;
}

/** Marks taken in, and underlyings computed, in one stretch. */
const MARKS_AT_ONCE = 256;
const GROUPS_AT_ONCE = 1;

function* ticking(lane: ScanLane, { local }: Held, placeOf: Int32Array, { terms, marks }: BookInstruments, instruments: readonly number[]): Sliced<Int32Array> {
  const groups = new Set<number>();
  for (let at = 0; at < instruments.length; at += 1) {
    if (at % MARKS_AT_ONCE === MARKS_AT_ONCE - 1) yield;
    const number = instruments[at] as number;
    const own = local[number] ?? -1;
    if (own < 0) continue;
    const place = placeOf[own] as number;
    setMark(lane.table, place, usable(marks[number] ?? null, terms[number]?.kind));
    groups.add(lane.table.groupOf[place] as number);
  }
  if (groups.size > FULL_FROM * lane.table.groups) {
    yield* recomputingAll(lane);
    return Int32Array.from({ length: lane.runs.pools }, (_, pool) => pool);
  }
  const touched = new Set<number>();
  const moved = [...groups];
  for (let from = 0; from < moved.length; from += GROUPS_AT_ONCE) {
    for (const pool of recomputeGroups(lane, moved.slice(from, from + GROUPS_AT_ONCE))) touched.add(pool);
    yield;
  }
  return Int32Array.from(touched);
}

/** Nothing but a future may stand below zero. */
function usable(mark: string | null, kind: string | undefined): Decimal | null {
  const amount = mark === null ? null : fromDecimalText(mark);
  return amount && amount.isNegative() && !amount.isZero() && kind !== 'future' ? null : amount;
}

function amountsOf({ totals, table, initialMultiple, cash }: ScanLane, pool: number, money: PoolCash | null, hasShort: (pool: number) => boolean): PoolAmounts | null {
  if (totals.status[pool] === SLOW) return null;
  const equity = totals.equity[pool] as number;
  const maintenance = totals.maintenance[pool] as number;
  const initial = initialMultiple.times(maintenance);
  const whole = initial.floor().toNumber();
  return {
    digits: table.places,
    netLiq: equity, equity, regT: 0, exchange: maintenance, exchangeInitial: whole, initial: whole, maintenance,
    gross: totals.gross[pool] as number,
    invested: equity - (cash[pool] as number),
    hasShort: hasShort(pool),
    notPairedYet: 0,
    beyondInitial: initial.isInteger() ? null : { units: BigInt(initial.minus(whole).times(10 ** initialMultiple.decimalPlaces()).toFixed()), digits: table.places + initialMultiple.decimalPlaces() },
    beyondCash: money && beyondUnits(money.equity, table.places),
    health: null,
    unverified: VERIFIED,
  };
}

function eachGroup({ runs, table, columns }: ScanLane, noCharges: Float64Array, least: Float64Array, pool: number, take: TakeGroup): void {
  for (let own = runs.poolStart[pool] as number; own < (runs.poolStart[pool + 1] as number); own += 1) {
    const run = runs.poolRuns[own] as number;
    const first = runs.start[run] as number;
    if (first === runs.start[run + 1]) continue;
    const group = table.groupOf[runs.instrument[first] as number] as number;
    take(table.groupId[group] as string, columns.gross[run] as number, lossOf(columns, table, noCharges, least, run, group));
  }
}

/** Of a pool; rows of an instrument that add up to nothing are none. */
function isShort({ runs }: ScanLane, pool: number): boolean {
  for (let own = runs.poolStart[pool] as number; own < (runs.poolStart[pool + 1] as number); own += 1) {
    const run = runs.poolRuns[own] as number;
    for (let at = runs.start[run] as number; at < (runs.start[run + 1] as number); at += 1) if ((runs.quantity[at] as number) < 0) return true;
  }
  return false;
}

/** What positions show as their shares adds up to the loss in the worst scenario, also where the minimum charge is more. */
function lossOf(columns: KernelColumns, { divisor, rounds }: ScanLane['table'], noCharges: Float64Array, least: Float64Array, run: number, group: number): number {
  const required = columns.requirement[run] as number;
  if (Number.isNaN(least[run])) least[run] = chargeOf(columns, run);
  if (required > (least[run] as number) || required === 0) return required;
  const room: KernelColumns = { ...columns, charges: noCharges, start: columns.start.subarray(run, run + 2), requirement: new Float64Array(1), worth: new Float64Array(1), gross: new Float64Array(1) };
  if (rounds[group] === 1) scanRunsRounding(room, divisor, 0, 1);
  else scanRuns(room, 0, 1);
  return room.requirement[0] as number;
}

function chargeOf({ start, quantity, instrument, charges }: KernelColumns, run: number): number {
  let charge = 0;
  for (let at = start[run] as number; at < (start[run + 1] as number); at += 1) charge += Math.abs(quantity[at] as number) * (charges[2 * (instrument[at] as number)] as number);
  return charge;
}

function bytesOf({ runs, columns, totals, cash, touched }: ScanLane): number {
  const all = [runs.instrument, runs.quantity, runs.subType, runs.start, runs.pool, runs.poolStart, runs.poolRuns, columns.requirement, columns.worth, columns.gross, cash, touched, totals.equity, totals.maintenance, totals.gross, totals.status];
  return all.reduce((total, { byteLength }) => total + byteLength, 0);
}
