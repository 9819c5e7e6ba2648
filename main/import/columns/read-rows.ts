import type { PositionFact } from '../../../shared/domain/facts.ts';
import { SUB_TYPE_ORDER } from '../../../shared/domain/position-columns.ts';
import type { DecimalText } from '../../../shared/money.ts';
import { cellOf } from '../csv/cells.ts';
import { HEADER_ROWS_MAX } from '../csv/generic-columns.ts';
import { readGenericRow } from '../csv/generic-rows.ts';
import type { GenericStart } from '../csv/generic.ts';
import { ROWS_MAX, type RowCursor, type Tick } from '../text/csv-rows.ts';
import { readAmount } from '../values/amount.ts';
import { rowsCutHere, type RowShape, type RowSource } from './cut-rows.ts';
import { gather, type Gathering } from './gathering.ts';
import { learn, learnedOf, UNKNOWN } from './learned.ts';
import { oddRowReader, type OddRowReader } from './odd-row.ts';
import { cutLine } from './plain-line.ts';
import { cashHolding, forgetNumbers, positionHolding, startReading, type Reading } from './reading.ts';
import { COUNT, NEXT, NO_TEXT, NOT_PLAIN, type RowChunk } from './row-chunk.ts';
import { signOf, takeLeftRow, takeRows } from './take-rows.ts';

/** All rows below the header. Null when the file turns out not to be one for this reader; the other one then says why. */
export function readRows(bytes: Uint8Array, { file, cursor, delimiter }: GenericStart, shape: RowShape, cut: RowSource, tick: Tick | undefined): Gathering | null {
  const reading = startReading(bytes, file, shape);
  const readOdd = oddRowReader(file.collected.file, bytes, delimiter);
  let source = cut;
  let lineNumber = cursor.line + linesOf(cursor);
  let rows = 0;
  for (let at = shape.from; ; ) {
    const chunk = source.next();
    if (chunk === null) {
      source.end();
      source = rowsCutHere(bytes, { ...shape, from: at });
      forgetNumbers(reading);
      continue;
    }
    const count = chunk.about[COUNT] as number;
    at = chunk.about[NEXT] as number;
    if (count === 0) return at === NO_TEXT ? null : reading.gathering;
    lineNumber = readChunk(reading, chunk, lineNumber, readOdd);
    rows += count;
    if (lineNumber < 0 || rows > ROWS_MAX - HEADER_ROWS_MAX) return null;
    tick?.(at, bytes.length);
  }
}

/** The line after the rows of the chunk; -1 when the file is not one for this reader. */
function readChunk(reading: Reading, chunk: RowChunk, firstLine: number, readOdd: OddRowReader): number {
  const count = chunk.about[COUNT] as number;
  let lineNumber = firstLine;
  for (let row = 0; row < count; ) {
    const left = takeRows(reading, chunk, row, lineNumber);
    lineNumber += left - row;
    row = left;
    if (row === count) break;
    const taken = takeLeftRow(reading, chunk, row, lineNumber);
    if (taken >= 0) {
      lineNumber += taken;
      row += taken;
      continue;
    }
    const from = chunk.start[row] as number;
    const isPlain = chunk.holding[row] !== NOT_PLAIN && cutLine(reading.bytes, from, reading.delimiter, reading.line);
    const odd = readOdd(from, lineNumber, isPlain ? reading.line : null);
    if (odd === null) return -1;
    if (odd.cursor && !takeOddRow(reading, odd.cursor, chunk, row)) return -1;
    lineNumber += odd.lines;
    row += 1;
  }
  return lineNumber;
}

// The header may itself have been quoted over several lines.
function linesOf({ cells }: RowCursor): number {
  return 1 + cells.reduce((lines, cell) => lines + cell.split('\n').length - 1, 0);
}

/** Has the careful reader read the row, and learns from it. False when it is of another day. */
function takeOddRow(reading: Reading, cursor: RowCursor, chunk: RowChunk, row: number): boolean {
  const { file, gathering } = reading;
  reading.position = null;
  readGenericRow(file, cursor);
  if (file.cashRead?.line === cursor.line) {
    const { amount, ...cash } = file.cashRead;
    learnHolding(reading, chunk, row, amount, file.columns.side >= 0, (turned) => cashHolding(reading.cash.push(cash) - 1, turned));
    return true;
  }
  const position = reading.position;
  if (!position) return true;
  if (!gather(gathering, position, cursor.line)) return false;
  const instrument = gathering.columns.instrument[gathering.columns.count - 1] as number;
  seePrice(reading, instrument, readAmount(cellOf(cursor.cells, file.columns, 'price'), file.decimalComma));
  learnPosition(reading, chunk, row, position, instrument);
  return true;
}

function seePrice({ prices, manyPrices }: Reading, instrument: number, price: DecimalText | null | undefined): void {
  if (price === null || price === undefined) return;
  manyPrices[instrument] ||= prices[instrument] !== undefined && prices[instrument] !== price;
  prices[instrument] = price;
}

/** Remembers what the row's cells say, for rows that differ from it in whose they are and in their amounts alone. */
function learnHolding({ holdings }: Reading, chunk: RowChunk, row: number, quantity: DecimalText, isToldBySign: boolean, holdingOf: (turned: boolean) => number): void {
  const number = chunk.holding[row] as number;
  // From "(5)" nothing follows for the sign of a 5, and from 0 nothing for any.
  if (number === NOT_PLAIN || chunk.quantity.units[row] === 0) return;
  const sign = signOf(chunk, row);
  if (learnedOf(holdings, number, sign) !== UNKNOWN) return;
  const holding = holdingOf((sign === 1) !== quantity.startsWith('-'));
  learn(holdings, number, sign, holding);
  if (!isToldBySign) learn(holdings, number, 1 - sign, holding);
}

function learnPosition(reading: Reading, chunk: RowChunk, row: number, { quantity, subType, instrument }: PositionFact, number: number): void {
  const { file } = reading;
  // A row of the other sign may be in another part of the account, or be refused for its side.
  const kind = file.collected.instruments.get(instrument)?.[0]?.fact.terms.kind;
  const isToldBySign = file.columns.side >= 0 || kind === undefined || kind === 'equity' || kind === 'etf';
  learnHolding(reading, chunk, row, quantity, isToldBySign, (turned) => positionHolding(number, SUB_TYPE_ORDER.indexOf(subType), turned));
  reading.manyPrices[number] ??= false;
}
