import { fromDecimalText, type Decimal } from '../../../../shared/money.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { rangeOf } from '../../scan/classes/portfolio-type.ts';
import { scanRules } from '../../scan/rules.ts';
import { setMark } from '../scan/instruments.ts';
import { scanRuns, scanRunsRounding, type KernelColumns } from '../scan/kernel.ts';
import { recomputeGroups, SLOW, type ScanLane } from '../scan/lane.ts';
import { openingScanLane } from '../scan/open-lane.ts';
import { wasmMemory } from '../scan/wasm.ts';
import type { Sliced } from '../sliced.ts';
import { VERIFIED } from './beside.ts';
import type { BookInstruments } from './facts.ts';
import { heldInstruments, type Held } from './held.ts';
import type { PoolAmounts, PoolLane, TakeGroup } from './pool-lane.ts';
import { beyondUnits, wholeUnits } from './rest.ts';
import type { Staged } from './staged.ts';
import { areVerified, isChecked } from './verified.ts';

/** Opens and computes pools on portfolio margin by classes; null where the lane does not know the rules. */
export function* openScan(staged: Staged, book: BookInstruments, market: MarketView): Sliced<PoolLane | null> {
  const { rules, currency } = staged;
  if (!areVerified(rules, ['portfolio.minimumPerUnit', 'portfolio.initialMultiple'])) return null;
  const quantum = rules.moneyQuantum(currency);
  if (quantum === 'none') return null;
  const places = fromDecimalText(quantum).decimalPlaces();
  const held = heldInstruments(staged, book, market);
  yield;
  const unverified = unverifiedClasses(held, market, rules);
  yield;
  const cash = cashOf(staged, places, held, unverified);
  yield;
  const opened = yield* openingScanLane({ rules, currency, market, instruments: held.rows.map(({ id }) => id), rows: rowsOf(staged, held), cash }, wasmMemory);
  if (!opened.ok) return null;
  const { lane, placeOf } = opened.value;
  const rests = staged.cash.map((own) => own && beyondUnits(own.equity, places));
  const noCharges = new Float64Array(lane.columns.charges.length);
  return {
    tick: (instruments) => tickScan(lane, held, placeOf, book, market, instruments),
    amounts: (pool) => amountsOf(lane, pool, rests[pool] ?? null),
    eachGroup: (pool, take) => eachGroup(lane, noCharges, pool, take),
    bytes: bytesOf(lane),
  };
}

/** By instrument: 1 where how far its underlying moves is a rule that nobody has checked. */
function unverifiedClasses({ rows }: Held, market: MarketView, rules: Rules): Uint8Array {
  const scan = scanRules(rules);
  const known = new Map<string, boolean>();
  const isKnown = (underlying: string): boolean => {
    const before = known.get(underlying);
    if (before !== undefined) return before;
    const checked = isChecked(rangeOf(underlying, market, scan)?.type.rule);
    known.set(underlying, checked);
    return checked;
  };
  return Uint8Array.from(rows, ({ id, terms }) => (isKnown(terms.kind === 'option' || terms.kind === 'future' ? (terms.underlying ?? id) : id) ? 0 : 1));
}

function cashOf({ cash, start, instrument, pools }: Staged, places: number, { local }: Held, unverified: Uint8Array): Float64Array {
  const hasUnverified = unverified.includes(1);
  return Float64Array.from({ length: pools }, (_, pool) => {
    const own = cash[pool];
    if (!own || own.futures || (hasUnverified && instrument.subarray(start[pool], start[pool + 1]).some((number) => unverified[local[number] as number] === 1))) return NaN;
    return wholeUnits(own.equity, places) ?? NaN;
  });
}

function rowsOf({ positions, pools, start, instrument, subType, quantity }: Staged, { local }: Held): { count: number; pool: Int32Array; instrument: Int32Array; subType: Uint8Array; quantity: Float64Array } {
  const pool = new Int32Array(positions);
  for (let own = 0; own < pools; own += 1) pool.fill(own, start[own], start[own + 1]);
  return { count: positions, pool, instrument: instrument.subarray(0, positions).map((number) => local[number] as number), subType, quantity };
}

function tickScan(lane: ScanLane, { local }: Held, placeOf: Int32Array, { ids, marks }: BookInstruments, view: MarketView, instruments: readonly number[]): Int32Array {
  const groups = new Set<number>();
  for (const number of instruments) {
    const own = local[number] ?? -1;
    if (own < 0) continue;
    const place = placeOf[own] as number;
    setMark(lane.table, place, usable(marks[number] ?? null, view.terms(ids[number] as string)?.kind));
    groups.add(lane.table.groupOf[place] as number);
  }
  return groups.size === 0 ? new Int32Array(0) : recomputeGroups(lane, [...groups]);
}

/** Nothing but a future may stand below zero. */
function usable(mark: string | null, kind: string | undefined): Decimal | null {
  const amount = mark === null ? null : fromDecimalText(mark);
  return amount && amount.isNegative() && !amount.isZero() && kind !== 'future' ? null : amount;
}

function amountsOf({ totals, table, initialMultiple, cash, runs }: ScanLane, pool: number, beyondCash: PoolAmounts['beyondCash']): PoolAmounts | null {
  if (totals.status[pool] === SLOW) return null;
  const equity = totals.equity[pool] as number;
  const maintenance = totals.maintenance[pool] as number;
  let hasShort = false;
  for (let own = runs.poolStart[pool] as number; own < (runs.poolStart[pool + 1] as number); own += 1) {
    const run = runs.poolRuns[own] as number;
    for (let at = runs.start[run] as number; at < (runs.start[run + 1] as number); at += 1) hasShort ||= (runs.quantity[at] as number) < 0;
  }
  const initial = initialMultiple.times(maintenance);
  const whole = initial.floor().toNumber();
  return {
    digits: table.places,
    netLiq: equity, equity, regT: 0, exchange: maintenance, exchangeInitial: whole, initial: whole, maintenance,
    gross: totals.gross[pool] as number,
    invested: equity - (cash[pool] as number),
    hasShort,
    notPairedYet: 0,
    beyondInitial: initial.isInteger() ? null : { units: BigInt(initial.minus(whole).times(10 ** initialMultiple.decimalPlaces()).toFixed()), digits: table.places + initialMultiple.decimalPlaces() },
    beyondCash,
    health: null,
    unverified: VERIFIED,
  };
}

function eachGroup({ runs, table, columns }: ScanLane, noCharges: Float64Array, pool: number, take: TakeGroup): void {
  for (let own = runs.poolStart[pool] as number; own < (runs.poolStart[pool + 1] as number); own += 1) {
    const run = runs.poolRuns[own] as number;
    const first = runs.start[run] as number;
    if (first === runs.start[run + 1]) continue;
    const group = table.groupOf[runs.instrument[first] as number] as number;
    take(table.groupId[group] as string, columns.gross[run] as number, lossOf(columns, table, noCharges, run, group));
  }
}

/** What positions show as their shares adds up to the loss in the worst scenario, also where the minimum charge is more. */
function lossOf(columns: KernelColumns, { divisor, rounds }: ScanLane['table'], noCharges: Float64Array, run: number, group: number): number {
  const required = columns.requirement[run] as number;
  let charge = 0;
  for (let at = columns.start[run] as number; at < (columns.start[run + 1] as number); at += 1) charge += Math.abs(columns.quantity[at] as number) * (columns.charges[2 * (columns.instrument[at] as number)] as number);
  if (required > charge || required === 0) return required;
  const room: KernelColumns = { ...columns, charges: noCharges, start: columns.start.subarray(run, run + 2), requirement: new Float64Array(1), worth: new Float64Array(1), gross: new Float64Array(1) };
  if (rounds[group] === 1) scanRunsRounding(room, divisor, 0, 1);
  else scanRuns(room, 0, 1);
  return room.requirement[0] as number;
}

function bytesOf({ runs, columns, totals, cash, touched }: ScanLane): number {
  const all = [runs.instrument, runs.quantity, runs.subType, runs.start, runs.pool, runs.poolStart, runs.poolRuns, columns.requirement, columns.worth, columns.gross, cash, touched, totals.equity, totals.maintenance, totals.gross, totals.status];
  return all.reduce((total, { byteLength }) => total + byteLength, 0);
}
