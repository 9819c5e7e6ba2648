import type { PositionFact } from '../../../shared/domain/facts.ts';
import { amountColumn, SUB_TYPE_ORDER } from '../../../shared/domain/position-columns.ts';
import { readPlainAmount } from '../../../shared/domain/plain-amount.ts';
import type { DecimalText } from '../../../shared/money.ts';
import { cellOf } from '../csv/cells.ts';
import { HEADER_ROWS_MAX } from '../csv/generic-columns.ts';
import { readGenericRow, type GenericFile } from '../csv/generic-rows.ts';
import type { GenericStart } from '../csv/generic.ts';
import type { Lined, PositionRows } from '../facts/collect.ts';
import { ROWS_MAX, type RowCursor, type Tick } from '../text/csv-rows.ts';
import { readAmount } from '../values/amount.ts';
import { gather, type Gathering } from './gathering.ts';
import { oddRowReader } from './odd-row.ts';
import { cutLine } from './plain-line.ts';
import { cashHolding, positionHolding, startReading, UNKNOWN, type Reading } from './reading.ts';
import { signOf, takeRow } from './take-row.ts';

const ROWS_PER_TICK = 8192;
const LINE_FEED = 0x0a;
const SCRATCH = amountColumn(1);

/** All rows below the header. Null when the file turns out not to be one for this reader; the other one then says why. */
export function readRows(bytes: Uint8Array, from: number, { file, cursor, delimiter }: GenericStart, tick: Tick | undefined): Gathering | null {
  const reading = startReading(bytes, file);
  const delimiterByte = delimiter.charCodeAt(0);
  const readOdd = oddRowReader(file.collected.file, bytes, delimiter);
  let lineNumber = cursor.line + linesOf(cursor);
  // A last line that nothing ends is no line to be cut.
  const linesEnd = bytes.lastIndexOf(LINE_FEED) + 1;
  let rows = 0;
  for (let at = from; at < bytes.length; ) {
    rows += 1;
    if (rows % ROWS_PER_TICK === 0) tick?.(at, bytes.length);
    if (rows > ROWS_MAX - HEADER_ROWS_MAX) return null;
    const isPlain = at < linesEnd && cutLine(bytes, at, delimiterByte, reading.line);
    if (isPlain && takeRow(reading, lineNumber)) {
      at = reading.line.next;
      lineNumber += 1;
      continue;
    }
    const odd = readOdd(at, lineNumber, isPlain ? reading.line : null);
    if (odd === null) return null;
    if (odd.cursor && !takeOddRow(reading, odd.cursor, isPlain)) return null;
    at = odd.next;
    lineNumber += odd.lines;
  }
  tick?.(bytes.length, bytes.length);
  return reading.gathering;
}

// The header may itself have been quoted over several lines.
function linesOf({ cells }: RowCursor): number {
  return 1 + cells.reduce((lines, cell) => lines + cell.split('\n').length - 1, 0);
}

/** Has the careful reader read the row, and learns from it when it was plain. False when it is of another day. */
function takeOddRow(reading: Reading, cursor: RowCursor, isPlain: boolean): boolean {
  const { file, gathering } = reading;
  readGenericRow(file, cursor);
  if (file.cashRead?.line === cursor.line) {
    const { amount, ...cash } = file.cashRead;
    if (isPlain) learn(reading, amount, file.columns.side >= 0, (turned) => cashHolding(reading.cash.push(cash) - 1, turned));
    return true;
  }
  const [position] = drained(file);
  if (!position) return true;
  if (!gather(gathering, position.fact, cursor.line)) return false;
  const instrument = gathering.columns.instrument[gathering.columns.count - 1] as number;
  seePrice(reading, instrument, readAmount(cellOf(cursor.cells, file.columns, 'price'), file.decimalComma));
  if (isPlain) learnPosition(reading, position.fact, instrument);
  return true;
}

/** The positions that rows have left with the reader, taken out of it: they live in the columns. */
export function drained({ collected }: GenericFile): Lined<PositionFact>[] {
  if (collected.positions.size === 0) return [];
  const lined: Lined<PositionFact>[] = [];
  for (const ofAccount of collected.positions.values()) {
    for (const first of ofAccount.values()) {
      for (let rows: PositionRows | null = first; rows; rows = rows.next) for (const fact of [rows.fact, ...(rows.more ?? [])]) lined.push({ fact, line: rows.line });
    }
  }
  collected.positions.clear();
  return lined;
}

function seePrice({ prices, manyPrices }: Reading, instrument: number, price: DecimalText | null | undefined): void {
  if (price === null || price === undefined) return;
  manyPrices[instrument] ||= prices[instrument] !== undefined && prices[instrument] !== price;
  prices[instrument] = price;
}

/** Remembers what the row's cells say, for rows that differ from it in whose they are and in their amounts alone. */
function learn(reading: Reading, quantity: DecimalText, isToldBySign: boolean, holdingOf: (turned: boolean) => number): void {
  const { line, bytes, holdings } = reading;
  // From "(5)" nothing follows for the sign of a 5, and from 0 nothing for any.
  const isPlainAmount = readPlainAmount(bytes, line.start[reading.quantity] as number, line.end[reading.quantity] as number, reading.point, SCRATCH, 0);
  const sign = signOf(reading);
  if (!isPlainAmount || SCRATCH.units[0] === 0 || holdings.find(line, sign) !== UNKNOWN) return;
  const holding = holdingOf((sign === 1) !== quantity.startsWith('-'));
  holdings.learn(line, sign, holding);
  if (!isToldBySign) holdings.learn(line, 1 - sign, holding);
}

function learnPosition(reading: Reading, { quantity, subType, instrument }: PositionFact, number: number): void {
  const { file } = reading;
  // A row of the other sign may be in another part of the account, or be refused for its side.
  const kind = file.collected.instruments.get(instrument)?.[0]?.fact.terms.kind;
  const isToldBySign = file.columns.side >= 0 || kind === undefined || kind === 'equity' || kind === 'etf';
  learn(reading, quantity, isToldBySign, (turned) => positionHolding(number, SUB_TYPE_ORDER.indexOf(subType), turned));
  reading.manyPrices[number] ??= false;
}
