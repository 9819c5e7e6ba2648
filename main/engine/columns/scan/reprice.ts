import { impliedVolatility } from '../../scan/options/option-volatility.ts';
import { MODEL_PLACES, optionValues, wholeMillionths } from '../../scan/options/option-value.ts';
import { FUTURE, OPTION, SIZE_MAX, STOCK, type ScanInstruments } from './instruments.ts';
import type { RangeMoves } from './moves.ts';

const values = new Float64Array(256);

/**
 * Makes the rows of one underlying's instruments from marks and volatilities as they stand. An instrument that the lane
 * cannot say gets a row of NaN, which every sum that it enters takes on: its pools are then the explaining engine's.
 */
export function repriceGroup(table: ScanInstruments, group: number): void {
  const moves = table.moves[group];
  let rounds = 0;
  let largest = 0;
  for (let at = table.groupStart[group] as number; at < (table.groupStart[group + 1] as number); at += 1) {
    const kind = table.kind[at];
    if (!moves || !(Math.abs(table.quanta[at] as number) * (table.multiplier[at] as number) * 10 < SIZE_MAX * 10 ** table.places) || (table.price[at] as number) < 0) clearRow(table, at);
    else if (kind === OPTION) optionRow(table, at, group, moves);
    else if (kind === STOCK || kind === FUTURE) shiftedRow(table, at, moves, kind === STOCK);
    else clearRow(table, at);
    if ((table.divisor[at] as number) > 1) rounds = 1;
    largest = Math.max(largest, largestOf(table, at));
  }
  table.rounds[group] = rounds;
  table.largest[group] = largest;
}

/** Makes an instrument's row unusable. */
export function clearRow({ rows, stride }: ScanInstruments, at: number): void {
  rows.fill(NaN, at * stride, (at + 1) * stride);
}

function optionRow(table: ScanInstruments, at: number, group: number, moves: RangeMoves): void {
  const { rows, stride, scenarios, places } = table;
  const option = table.option[at];
  const spot = table.spot[group] as number;
  if (!option || !(spot > 0) || spot * 10 * (table.multiplier[at] as number) >= SIZE_MAX) return clearRow(table, at);
  option.spot = spot;
  let volatility = table.volatility[at] as number;
  if (Number.isNaN(volatility)) {
    const implied = impliedVolatility(option, table.price[at] as number);
    // No volatility explains the mark: what follows from that is a sentence, not a number.
    if (typeof implied === 'string') return clearRow(table, at);
    volatility = implied.value;
  }
  optionValues(values, 0, option, spot, volatility, moves.priced);
  const now = values[scenarios] as number;
  const { weights } = moves;
  const factor = setScale(table, at, table.multiplier[at] as number, MODEL_PLACES + moves.weightPlaces - places);
  const from = at * stride;
  for (let scenario = 0; scenario < scenarios; scenario += 1) rows[from + scenario] = wholeMillionths((values[scenario] as number) - now) * (weights[scenario] as number) * factor;
  rows[from + stride - 1] = (table.quanta[at] as number) * (table.multiplier[at] as number);
}

/** What moves one for one with its own price. A future was paid up to its mark, so that it is worth nothing. */
function shiftedRow(table: ScanInstruments, at: number, { shifts, shiftPlaces }: RangeMoves, isWorth: boolean): void {
  const { rows, stride, scenarios } = table;
  const worth = (table.quanta[at] as number) * (table.multiplier[at] as number);
  const factor = setScale(table, at, worth, shiftPlaces);
  const from = at * stride;
  for (let scenario = 0; scenario < scenarios; scenario += 1) rows[from + scenario] = factor * (shifts[scenario] as number);
  rows[from + stride - 1] = isWorth ? worth : 0;
}

/** `whole` ÷ 10^places as a factor and what is still to be divided by, the power of ten that does not come out. */
function setScale(table: ScanInstruments, at: number, whole: number, places: number): number {
  let factor = whole;
  let left = places;
  for (; left > 0 && factor % 10 === 0 && factor !== 0; left -= 1) factor /= 10;
  for (; left < 0; left += 1) factor *= 10;
  table.divisor[at] = factor === 0 ? 1 : 10 ** left;
  return factor;
}

function largestOf({ rows, stride }: ScanInstruments, at: number): number {
  let most = 0;
  for (let place = at * stride; place < (at + 1) * stride; place += 1) {
    const size = Math.abs(rows[place] as number);
    if (size > most) most = size;
  }
  return most;
}
