import type { PricedOption } from '../../scan/options/option-terms.ts';
import { impliedVolatility } from '../../scan/options/option-volatility.ts';
import { MODEL_PLACES, optionValues, wholeMillionths } from '../../scan/options/option-value.ts';
import { OPTION, OUTSIDE, SIZE_MAX, STOCK, type ScanInstruments } from './instruments.ts';
import type { RangeMoves } from './moves.ts';
import type { Sliced } from '../sliced.ts';

/** Scenarios of a set are at most 200. */
const values = new Float64Array(256);

/**
 * Makes the rows of one underlying's instruments from marks and volatilities as they stand. An instrument that the lane
 * cannot say gets a row of NaN, which every sum that it enters takes on: its pools are then the explaining engine's.
 */
export function repriceGroup(table: ScanInstruments, group: number): void {
  table.rounds[group] = table.largest[group] = 0;
  repriceSome(table, group, table.groupStart[group] as number, table.groupStart[group + 1] as number);
}

/** Instruments in one stretch: what is known of no option yet, such as when to exercise it early, takes a millisecond to find. */
const REPRICED_AT_ONCE = 4;

/** The same in slices. */
export function* repricingGroup(table: ScanInstruments, group: number): Sliced<void> {
  table.rounds[group] = table.largest[group] = 0;
  const end = table.groupStart[group + 1] as number;
  for (let from = table.groupStart[group] as number; from < end; from += REPRICED_AT_ONCE) {
    repriceSome(table, group, from, Math.min(end, from + REPRICED_AT_ONCE));
    yield;
  }
}

function repriceSome(table: ScanInstruments, group: number, from: number, to: number): void {
  const moves = table.moves[group];
  const mostWorth = SIZE_MAX * 10 ** (table.places - 1);
  let rounds = table.rounds[group] as number;
  let largest = table.largest[group] as number;
  for (let at = from; at < to; at += 1) {
    const kind = table.kind[at] as number;
    const worth = (table.quanta[at] as number) * (table.multiplier[at] as number);
    // Not below a number that is none, so that NaN is taken for too large.
    const isUsable = moves !== null && kind !== OUTSIDE && worth < mostWorth && (table.price[at] as number) >= 0;
    const most = isUsable && moves ? (kind === OPTION ? optionRow(table, at, group, moves) : shiftedRow(table, at, moves, kind === STOCK)) : clearRow(table, at);
    if (most > largest) largest = most;
    if ((table.divisor[at] as number) > 1) rounds = 1;
  }
  table.rounds[group] = rounds;
  table.largest[group] = largest;
}

/** Makes an instrument's row unusable. */
function clearRow({ rows, stride, charges }: ScanInstruments, at: number): number {
  charges[2 * at + 1] = NaN;
  rows.fill(NaN, at * stride, (at + 1) * stride);
  return 0;
}

function optionRow(table: ScanInstruments, at: number, group: number, moves: RangeMoves): number {
  const { places } = table;
  const option = table.option[at];
  const spot = table.spot[group] as number;
  if (!option || !(spot > 0) || spot * 10 * (table.multiplier[at] as number) >= SIZE_MAX) return clearRow(table, at);
  option.spot = spot;
  let volatility = table.volatility[at] as number;
  let isAtParity = false;
  if (Number.isNaN(volatility)) {
    const implied = impliedVolatility(option, table.price[at] as number);
    isAtParity = implied === 'noTimeValue' && !isAlive(option);
    // No volatility explains the mark: what follows from that is a sentence, not a number.
    if (typeof implied === 'string' && !isAtParity) return clearRow(table, at);
    volatility = typeof implied === 'string' ? 0 : implied.value;
  }
  const scale = setScale(table, at, table.multiplier[at] as number, MODEL_PLACES + moves.weightPlaces - places);
  const most = isAtParity ? valuedRow(table, at, option, { spot, volatility, moves, scale, now: table.price[at] as number }) : table.optionRow(table, at, option, spot, volatility, moves, scale);
  return setWorth(table, at, (table.quanta[at] as number) * (table.multiplier[at] as number), most);
}

/** Out of the money before its expiry, an option without time value has a mark that cannot be right: see volatilityOf in option-array.ts. */
function isAlive({ years, isCall, spot, strike }: PricedOption): boolean {
  return years > 0 && !(isCall ? spot > strike : spot < strike);
}

/** The row's last number, and zeros before it; gives back the largest of the row. */
function setWorth({ rows, stride, scenarios, charges }: ScanInstruments, at: number, worth: number, most: number): number {
  const last = (at + 1) * stride - 1;
  for (let place = at * stride + scenarios; place < last; place += 1) rows[place] = 0;
  rows[last] = worth;
  charges[2 * at + 1] = worth;
  return worth > most ? worth : most;
}

/** Gains by the plain function. `WebAssembly` gives the same bits for options that it takes: see wasm.ts. */
export function plainOptionRow(table: ScanInstruments, at: number, option: PricedOption, spot: number, volatility: number, moves: RangeMoves, scale: number): number {
  return valuedRow(table, at, option, { spot, volatility, moves, scale, now: null });
}

/** Gains from `now` on: from the model's own value where it is null, from the mark where the model does not meet it. */
function valuedRow(table: ScanInstruments, at: number, option: PricedOption, { spot, volatility, moves: { priced, weights }, scale, now }: { spot: number; volatility: number; moves: RangeMoves; scale: number; now: number | null }): number {
  optionValues(values, 0, option, spot, volatility, priced);
  return gainsRow(table, at, values, now ?? (values[table.scenarios] as number), weights, scale);
}

/** Gains from `before` on, of these prices in every scenario; gives back the largest of the row. */
export function gainsRow({ rows, stride, scenarios }: ScanInstruments, at: number, values: Float64Array, before: number, weights: Float64Array, scale: number): number {
  const from = at * stride;
  let most = 0;
  for (let scenario = 0; scenario < scenarios; scenario += 1) {
    const gain = wholeMillionths((values[scenario] as number) - before) * (weights[scenario] as number) * scale;
    rows[from + scenario] = gain;
    most = Math.max(most, Math.abs(gain));
  }
  return most;
}

/** What moves one for one with its own price. A future was paid up to its mark, so that it is worth nothing. */
function shiftedRow(table: ScanInstruments, at: number, { shifts, shiftPlaces, shiftMost }: RangeMoves, isWorth: boolean): number {
  const { rows, stride, scenarios } = table;
  const worth = (table.quanta[at] as number) * (table.multiplier[at] as number);
  const factor = setScale(table, at, worth, shiftPlaces);
  const from = at * stride;
  for (let scenario = 0; scenario < scenarios; scenario += 1) rows[from + scenario] = factor * (shifts[scenario] as number);
  return setWorth(table, at, isWorth ? worth : 0, factor * shiftMost);
}

/** `whole` ÷ 10^places as a factor and what is still to be divided by, the power of ten that does not come out. */
function setScale(table: ScanInstruments, at: number, whole: number, places: number): number {
  if (whole === table.scaled[at]) return table.factor[at] as number;
  let factor = whole;
  let left = places;
  for (; left > 0 && factor % 10 === 0 && factor !== 0; left -= 1) factor /= 10;
  for (; left < 0; left += 1) factor *= 10;
  table.divisor[at] = factor === 0 ? 1 : 10 ** left;
  table.scaled[at] = whole;
  table.factor[at] = factor;
  return factor;
}
