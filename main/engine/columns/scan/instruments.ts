import type { Currency, FutureInstrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { Decimal, DecimalText } from '../../../../shared/money.ts';
import type { MarketView } from '../../market/market-view.ts';
import { exp } from '../../pricing/elementary.ts';
import { multiplierOf } from '../../pool/prepare-position.ts';
import { rangeOf } from '../../scan/classes/portfolio-type.ts';
import { optionApartFromSpot, type PricedOption } from '../../scan/options/option-terms.ts';
import type { ScanRules } from '../../scan/rules.ts';
import type { Sliced } from '../sliced.ts';
import { rangeMoves, type RangeMoves } from './moves.ts';
import { ordering } from './order.ts';

/** What an instrument is to the lane; OUTSIDE is left to the explaining engine, with every pool that holds it. */
export const OUTSIDE = 0;
export const STOCK = 1;
export const FUTURE = 2;
export const OPTION = 3;

/**
 * Instruments as columns, those of one underlying side by side: what rows are made of, which changes with the market, and
 * the rows. Money is counted in quanta of 10^−places.
 */
export interface ScanInstruments {
  currency: Currency;
  places: number;
  count: number;
  groups: number;
  /** Where each underlying's instruments begin; one more entry than underlyings. */
  groupStart: Int32Array;
  groupOf: Int32Array;
  groupId: readonly InstrumentId[];
  id: readonly InstrumentId[];
  kind: Uint8Array;
  multiplier: Float64Array;
  /** Mark as a double, and in quanta; NaN where there is none, or it is no whole number of them. */
  price: Float64Array;
  quanta: Float64Array;
  /** Volatility stated with the market; NaN: implied by the mark. */
  volatility: Float64Array;
  option: readonly (PricedOption | null)[];
  /** Of options, four numbers each that no market moves: discount, forward ÷ spot, root of the years, root of the strike. */
  steady: Float64Array;
  /** Fills in an option's gains. */
  optionRow: OptionRow;
  /** By underlying: its mark as a double, NaN where there is none; the row of the underlying itself, −1 where it has none. */
  spot: Float64Array;
  own: Int32Array;
  moves: readonly (RangeMoves | null)[];
  scenarios: number;
  /** Scenarios and the worth, up to a multiple of sixteen. */
  stride: number;
  /** By instrument, `stride` numbers: the gain of one unit in each scenario in quanta ÷ divisor, zeros, and last its worth in quanta. */
  rows: Float64Array;
  /** Two numbers each: the least requirement of one unit, long or short, and its worth without its sign; in quanta. */
  charges: Float64Array;
  divisor: Float64Array;
  /** What the row was scaled from when it was made last, and by what its gains are multiplied: see setScale in reprice.ts. */
  scaled: Float64Array;
  factor: Float64Array;
  /** By underlying: 1 where a divisor is above 1, so that gains are rounded position by position; and the largest number of its rows. */
  rounds: Uint8Array;
  largest: Float64Array;
}

/** Writes the gains of one unit in every scenario, × weight × `scale`, to the instrument's row, and gives back the largest of them without its sign. */
export type OptionRow = (table: ScanInstruments, at: number, option: PricedOption, spot: number, volatility: number, moves: RangeMoves, scale: number) => number;

/** What the lane takes from the rules: one currency, one quantum, one set of scenarios. */
export interface ScanTerms {
  currency: Currency;
  places: number;
  scan: ScanRules;
  /** Minimum charge of one unit of an option, in quanta. */
  minimumPerUnit: number;
}

/** Numbers a row is long: the scenarios and the worth, in the blocks of sixteen that the kernel takes. */
export function strideOf(scenarios: number): number {
  return Math.ceil((scenarios + 1) / 16) * 16;
}

/** Instruments looked at in one stretch. */
const INSTRUMENTS_AT_ONCE = 128;
const GROUPS_AT_ONCE = 16;
const OWN_AT_ONCE = 4_096;

/** Instruments in the lane's order, and where each of those that were given went. `take` gives memory to what the kernel reads. */
export function* scanInstruments(given: readonly InstrumentId[], market: MarketView, terms: ScanTerms, optionRow: OptionRow, take: (length: number) => Float64Array): Sliced<{ table: ScanInstruments; placeOf: Int32Array }> {
  const { id, placeOf, groupId, groupOf, groupStart } = yield* ordering(given, market);
  const count = given.length;
  const stride = strideOf(terms.scan.set.scenarios.length);
  const described = { kind: new Uint8Array(count), multiplier: new Float64Array(count), volatility: new Float64Array(count), option: [] as (PricedOption | null)[], steady: new Float64Array(4 * count) };
  for (const [at, instrument] of id.entries()) {
    if (at % INSTRUMENTS_AT_ONCE === 0) yield;
    const { kind, multiplier, option } = describe(instrument, market, terms);
    described.kind[at] = kind;
    described.multiplier[at] = multiplier;
    described.volatility[at] = Number(market.input.impliedVols?.get(instrument) ?? NaN);
    described.option.push(option);
    if (option) described.steady.set(steadyOf(option), 4 * at);
  }
  const moves = yield* movesOf(groupId, market, terms.scan, take);
  const table: ScanInstruments = {
    currency: terms.currency,
    places: terms.places,
    count,
    groups: groupId.length,
    groupStart,
    groupOf,
    groupId,
    id,
    ...described,
    price: new Float64Array(count).fill(NaN),
    quanta: new Float64Array(count).fill(NaN),
    optionRow,
    spot: new Float64Array(groupId.length).fill(NaN),
    own: new Int32Array(groupId.length).fill(-1),
    moves,
    scenarios: terms.scan.set.scenarios.length,
    stride,
    rows: take(count * stride),
    charges: take(2 * count),
    divisor: new Float64Array(count).fill(1),
    scaled: new Float64Array(count).fill(NaN),
    factor: new Float64Array(count),
    rounds: new Uint8Array(groupId.length),
    largest: new Float64Array(groupId.length),
  };
  yield;
  for (let at = 0; at < count; at += 1) if (table.kind[at] === OPTION) table.charges[2 * at] = terms.minimumPerUnit * (table.multiplier[at] as number);
  yield;
  for (const [at, instrument] of id.entries()) {
    const group = groupOf[at] as number;
    if (groupId[group] === instrument) table.own[group] = at;
    if (at % OWN_AT_ONCE === 0) yield;
  }
  for (const [at, instrument] of id.entries()) {
    setMark(table, at, market.price(instrument)?.amount ?? null);
    if (at % INSTRUMENTS_AT_ONCE === 0) yield;
  }
  for (const [group, underlying] of groupId.entries()) if (table.own[group] === -1) table.spot[group] = spotOf(market.price(underlying)?.amount ?? null);
  return { table, placeOf };
}

/** Takes in a mark, or that there is none any more. Rows are made anew by `repriceGroup`. */
export function setMark(table: ScanInstruments, at: number, mark: Decimal | null): void {
  const price = mark === null ? NaN : Number(mark.toFixed());
  const quanta = mark === null ? NaN : Number(mark.times(10 ** table.places).toFixed());
  table.price[at] = price;
  table.quanta[at] = Number.isSafeInteger(quanta) ? quanta : NaN;
  const group = table.groupOf[at] as number;
  if (table.own[group] === at) table.spot[group] = spotOf(mark);
}

/** Takes in a stated volatility; null where the mark is to imply it from now on. */
export function setVolatility(table: ScanInstruments, at: number, stated: DecimalText | null): void {
  table.volatility[at] = Number(stated ?? NaN);
}

/** Places of a price beyond which products of figures may have too many digits. */
const SPOT_PLACES_MAX = 12;

function spotOf(mark: Decimal | null): number {
  return mark === null || mark.decimalPlaces() > SPOT_PLACES_MAX ? NaN : Number(mark.toFixed());
}

/** What a row is made of; see ScanInstruments. */
interface Described {
  kind: number;
  multiplier: number;
  option: PricedOption | null;
}

const NOT_HERE: Described = { kind: OUTSIDE, multiplier: 0, option: null };
/** Ten times multiplier × price of anything the lane takes: with fewer than 10⁷ units of it no product of a figure has too many digits. */
export const SIZE_MAX = 1e8;
export const QUANTITY_MAX = 1e7;

/** What the lane can say of an instrument: nothing where the explaining engine would set it aside or charge it by another rule. */
function describe(instrument: InstrumentId, market: MarketView, { currency, scan }: ScanTerms): Described {
  const terms = market.terms(instrument);
  if (!terms || terms.currency !== currency || market.input.riskArrays?.has(instrument)) return NOT_HERE;
  const multiplier = multiplierOf(terms)?.toNumber() ?? NaN;
  if (!Number.isSafeInteger(multiplier) || multiplier > SIZE_MAX) return NOT_HERE;
  if (terms.kind === 'equity' || terms.kind === 'etf') return terms.marginable === false ? NOT_HERE : { kind: STOCK, multiplier, option: null };
  if (terms.kind === 'future') return isScannedFuture(terms, market) ? { kind: FUTURE, multiplier, option: null } : NOT_HERE;
  if (terms.kind !== 'option' || terms.expiry < market.businessDate || terms.settlement === 'inverse') return NOT_HERE;
  if (!(Number(terms.strike) * multiplier * 10 < SIZE_MAX) || terms.strike.length > SPOT_PLACES_MAX) return NOT_HERE;
  const option = optionApartFromSpot(terms, market, scan);
  return typeof option === 'string' ? NOT_HERE : { kind: OPTION, multiplier, option };
}

function isScannedFuture({ underlying, settlement, multiplier, expiry }: FutureInstrument, market: MarketView): boolean {
  return !!underlying && settlement !== 'inverse' && !!multiplier && !(expiry && expiry < market.businessDate);
}

function steadyOf({ rate, dividendYield, years, strike }: PricedOption): [discount: number, growth: number, rootYears: number, rootStrike: number] {
  return [exp(-rate * years), exp((rate - dividendYield) * years), Math.sqrt(years), Math.sqrt(strike)];
}

/** Of each underlying; null where no portfolio type takes it. Underlyings of one range share their moves. */
function* movesOf(groupId: readonly InstrumentId[], market: MarketView, scan: ScanRules, take: (length: number) => Float64Array): Sliced<(RangeMoves | null)[]> {
  const known = new Map<string, RangeMoves>();
  const moves: (RangeMoves | null)[] = [];
  for (const [at, underlying] of groupId.entries()) {
    if (at % GROUPS_AT_ONCE === 0) yield;
    const range = rangeOf(underlying, market, scan);
    const key = range && `${range.down.toFixed()} ${range.up.toFixed()} ${range.vol?.toFixed() ?? ''}`;
    if (range && key !== null && !known.has(key)) known.set(key, rangeMoves(range, scan, take));
    moves.push(key === null ? null : (known.get(key) ?? null));
  }
  return moves;
}
