import type { Currency, InstrumentId } from '../../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import type { PoolInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { atOnce, type Sliced } from '../sliced.ts';
import { prepareCash } from '../../pool/cash.ts';
import { scanRules, type ScanRules } from '../../scan/rules.ts';
import { rungsOf } from '../sums/standing.ts';
import { packedCount } from './moves.ts';
import { plainOptionRow } from './reprice.ts';
import { QUANTITY_MAX, scanInstruments, strideOf, type OptionRow, type ScanInstruments, type ScanTerms } from './instruments.ts';
import { plainKernel, recomputingAll, type ScanKernel, type ScanLane } from './lane.ts';
import type { KernelColumns } from './kernel.ts';
import { runsOf, sizeOf, type Memory, type PositionRows, type Runs } from './runs.ts';

/** What a lane is opened with. */
export interface LaneInput {
  rules: Rules;
  /** Of all its pools and instruments: others are for the explaining engine. */
  currency: Currency;
  market: MarketView;
  /** Instruments by number, each once. */
  instruments: readonly InstrumentId[];
  rows: PositionRows;
  /** By pool, in quanta: see `poolCash`; NaN for a pool that is not for columns. */
  cash: Float64Array;
}

/** A lane and where each instrument that was given stands in its table. */
export interface OpenLane {
  lane: ScanLane;
  placeOf: Int32Array;
}

/** Memory for a lane, and what computes in it. */
export interface LaneMemory extends Memory {
  kernel: (columns: KernelColumns) => ScanKernel;
  optionRow: OptionRow;
}

/** Gives memory of at least so many bytes: in the WebAssembly module where there is one, see wasm.ts, or plain arrays. */
export type LaneMaker = (bytes: number) => LaneMemory;

export function plainMemory(): LaneMemory {
  return { doubles: (length) => new Float64Array(length), words: (length) => new Int32Array(length), kernel: plainKernel, optionRow: plainOptionRow };
}

/** Bytes that the columns of a lane take at most: every position may be a run of its own. */
function bytesOf(instruments: number, positions: number, scenarios: number): number {
  const moves = 5 * packedCount(scenarios);
  return 8 * instruments * (strideOf(scenarios) + 2 + moves) + positions * (8 + 4 + 3 * 8 + 2 * 4) + SPARE_BYTES;
}
const SPARE_BYTES = 4096;

/**
 * Opens pools under one stack of portfolio-margin rules as columns and computes them all. Rows may come in any order. Faults
 * with `not-in-columns` where the rules ask for something that columns do not do; every pool is then the explaining engine's.
 */
export function openScanLane(input: LaneInput, maker: LaneMaker = plainMemory): Result<OpenLane> {
  return atOnce(openingScanLane(input, maker));
}

const ROWS_AT_ONCE = 2 ** 13;

/** The same in slices of a few milliseconds. */
export function* openingScanLane({ rules, currency, market, instruments, rows, cash }: LaneInput, maker: LaneMaker = plainMemory): Sliced<Result<OpenLane>> {
  const terms = laneTerms(rules, currency);
  if (!terms.ok) return terms;
  yield;
  const memory = maker(bytesOf(instruments.length, rows.count, terms.value.scan.set.scenarios.length));
  yield;
  const { table, placeOf } = yield* scanInstruments(instruments, market, terms.value, memory.optionRow, memory.doubles);
  const instrument = new Int32Array(rows.count);
  for (let at = 0; at < rows.count; at += 1) {
    if (at % ROWS_AT_ONCE === 0) yield;
    instrument[at] = placeOf[rows.instrument[at] as number] as number;
  }
  const pools = cash.length;
  const runs = yield* runsOf({ ...rows, instrument }, table.groupOf, table.groups, pools, memory);
  yield;
  const columns: KernelColumns = {
    stride: table.stride,
    rows: table.rows,
    charges: table.charges,
    instrument: runs.instrument,
    quantity: runs.quantity,
    start: runs.start,
    requirement: memory.doubles(runs.count),
    worth: memory.doubles(runs.count),
    gross: memory.doubles(runs.count),
  };
  const lane: ScanLane = {
    table,
    runs,
    columns,
    kernel: memory.kernel(columns),
    ...(yield* bounding(runs, table, cash, terms.value.scan)),
    rungs: rungsOf(rules, terms.value.places),
    initialMultiple: fromDecimalText(rules.parameter('portfolio.initialMultiple').value),
    totals: { equity: new Float64Array(pools), maintenance: new Float64Array(pools), gross: new Float64Array(pools), status: new Uint8Array(pools) },
    touched: new Float64Array(pools),
    ticks: 0,
  };
  yield;
  yield* recomputingAll(lane);
  return succeed({ lane, placeOf });
}

/** Underlyings looked at in one stretch. */
const GROUPS_AT_ONCE = 4;

/** Cash, with NaN for pools whose quantities are too large or no whole numbers, or whose classes offset each other; and what follows for the others. */
function* bounding(runs: Runs, table: ScanInstruments, given: Float64Array, scan: ScanRules): Sliced<Pick<ScanLane, 'cash' | 'most' | 'offsets'>> {
  const cash = given.slice();
  const most = new Float64Array(table.groups);
  const offsets = offsettingClasses(runs, table, cash, scan);
  for (let group = 0; group < table.groups; group += 1) {
    if (group % GROUPS_AT_ONCE === 0) yield;
    for (let run = runs.groupStart[group] as number; run < (runs.groupStart[group + 1] as number); run += 1) {
      const size = sizeOf(runs, run);
      const pool = runs.pool[run] as number;
      if (!Number.isInteger(size) || size >= QUANTITY_MAX) cash[pool] = NaN;
      if (!Number.isNaN(cash[pool])) most[group] = Math.max(most[group] as number, size);
    }
  }
  return { cash, most, offsets };
}

function offsettingClasses({ groupStart, pool, pools }: Runs, { groupId, groups }: ScanInstruments, cash: Float64Array, { productGroups }: ScanRules): Uint8Array {
  const offsets = new Uint8Array(groups);
  for (const { members } of productGroups.values()) {
    const classes = new Uint8Array(pools);
    for (const member of members) {
      const group = groupId.indexOf(member);
      if (group < 0) continue;
      offsets[group] = 1;
      for (const owner of pool.subarray(groupStart[group], groupStart[group + 1])) {
        classes[owner] = (classes[owner] as number) + 1;
        if (classes[owner] === 2) cash[owner] = NaN;
      }
    }
  }
  return offsets;
}

/** Places of a quantum with which gains of six places and their sums stay whole numbers. */
const PLACES_MAX = 6;

function laneTerms(rules: Rules, currency: Currency): Result<ScanTerms> {
  const refuse = (message: string): Result<never> => fail({ code: 'not-in-columns', message: `${message}; its pools are computed one by one.` });
  const scan = scanRules(rules);
  if (rules.model !== 'scan' || scan.method !== 'classes') return refuse('Only portfolio margin by classes has columns');
  if (rules.optionValueIn !== 'equity') return refuse('The rules keep option value out of equity');
  if (rules.currency !== currency) return refuse(`The rules are in ${rules.currency} and the pools in ${currency}`);
  if (rules.optional('portfolio.notionalFloor')) return refuse('The rules have a floor on what positions stand for');
  if (rules.sections('overlay').length > 0) return refuse('The rules lay an overlay over the requirement');
  const quantum = rules.moneyQuantum(currency);
  if (quantum === 'none' || fromDecimalText(quantum).decimalPlaces() > PLACES_MAX) return refuse('The rules name no money quantum that columns can count in');
  const places = fromDecimalText(quantum).decimalPlaces();
  const minimum = fromDecimalText(rules.parameter('portfolio.minimumPerUnit').value).times(new Decimal(10).pow(places));
  if (!minimum.isInteger()) return refuse('The minimum charge is no whole number of quanta');
  return succeed({ currency, places, scan, minimumPerUnit: minimum.toNumber() });
}

/**
 * What a pool has beside its positions, in quanta; NaN where the explaining engine must compute it: another currency or
 * model, isolated margin, a part of a quantity, something excluded, collateral, debt, orders, a settlement price, money of a futures segment.
 */
export function poolCash(pool: PoolInput, market: MarketView, lane: { currency: Currency; places: number }): number {
  const { currency, collateral = [], debt = [], orders = [], external, excluded, positions } = pool;
  if (currency !== lane.currency || pool.model !== 'scan' || collateral.length + debt.length + orders.length + excluded.length > 0 || external) return NaN;
  if (positions.some(({ quantity, settledPrice }) => settledPrice !== undefined || quantity.includes('.'))) return NaN;
  const cash = prepareCash(pool, market);
  if (cash.problems.length > 0 || cash.futuresSegment) return NaN;
  const quanta = cash.equity.amount.times(10 ** lane.places);
  return quanta.isInteger() && quanta.abs().lt(2 ** 52) ? quanta.toNumber() : NaN;
}
