import type { PositionFact } from '../../../shared/domain/facts.ts';
import { amountColumn, NONE, SUB_TYPE_ORDER } from '../../../shared/domain/position-columns.ts';
import { readPlainAmount } from '../../../shared/domain/plain-amount.ts';
import type { DecimalText } from '../../../shared/money.ts';
import { cellOf } from '../csv/cells.ts';
import { GENERIC_FIELDS, HEADER_ROWS_MAX, type GenericField } from '../csv/generic-columns.ts';
import { readGenericRow, type GenericFile } from '../csv/generic-rows.ts';
import type { GenericStart } from '../csv/generic.ts';
import type { Lined, PositionRows } from '../facts/collect.ts';
import { ROWS_MAX, type RowCursor, type Tick } from '../text/csv-rows.ts';
import { readAmount } from '../values/amount.ts';
import { cellTable, type CellTable } from './cell-table.ts';
import { gather, nextRow, startGathering, type Gathering } from './gathering.ts';
import { oddRowReader } from './odd-row.ts';
import { cutLine, plainLine, type PlainLine } from './plain-line.ts';

/**
 * How a million rows are read in a second: the careful reader reads a row of every kind once, and a row
 * whose cells are byte for byte those of a row already read (the same account; the same symbol, price, currency and
 * whatever else says what is held) can differ from it only in its quantity and the price paid. Those are read here, into
 * columns. Every other row goes to the careful reader, one by one.
 */
interface Reading {
  file: GenericFile;
  bytes: Uint8Array;
  gathering: Gathering;
  line: PlainLine;
  accounts: CellTable;
  holdings: CellTable;
  /** By instrument: the price the file gave; once there are two, which one stands depends on every row. */
  prices: (DecimalText | undefined)[];
  manyPrices: boolean[];
  /** Cells that hold what: numbers of columns, -1 for none. */
  quantity: number;
  entryPrice: number;
  /** The first column, when no cell read here stands in it: it may call the row a total. */
  totals: boolean;
  point: number;
}

const ROWS_PER_TICK = 8192;
/** A holding as one number: the instrument's, the part of the account, and whether the row's sign is turned round. */
const HOLDING_BITS = 4;
const SUB_TYPE_MASK = 7;
const TURNED = 1;
const SCRATCH = amountColumn(1);
/** The day is among the cells that say what is held, so that a row of another day is never taken for a known one. */
const NOT_NAMING: readonly GenericField[] = ['account', 'client', 'quantity', 'entryPrice'];

/** All rows below the header. Null when the file turns out not to be one for this reader; the other one then says why. */
export function readRows(bytes: Uint8Array, from: number, { file, cursor, delimiter }: GenericStart, tick: Tick | undefined): Gathering | null {
  const reading = startReading(bytes, file);
  const delimiterByte = delimiter.charCodeAt(0);
  const readOdd = oddRowReader(file.collected.file, bytes, delimiter);
  let lineNumber = cursor.line + linesOf(cursor);
  let rows = 0;
  for (let at = from; at < bytes.length; ) {
    rows += 1;
    if (rows % ROWS_PER_TICK === 0) tick?.(at, bytes.length);
    if (rows > ROWS_MAX - HEADER_ROWS_MAX) return null;
    const isPlain = cutLine(bytes, at, delimiterByte, reading.line);
    if (isPlain && takePlainRow(reading, lineNumber)) {
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

function startReading(bytes: Uint8Array, file: GenericFile): Reading {
  const { columns, columnCount } = file;
  const cellsOf = (fields: readonly GenericField[]) => [...new Set(fields.map((field) => columns[field]).filter((column) => column >= 0))];
  const naming = cellsOf(GENERIC_FIELDS.filter((field) => !NOT_NAMING.includes(field)));
  const owner = cellsOf(['account', 'client']);
  return {
    file,
    bytes,
    gathering: startGathering(bytes),
    line: plainLine(columnCount),
    accounts: cellTable(bytes, owner),
    holdings: cellTable(bytes, naming),
    prices: [],
    manyPrices: [],
    quantity: columns.quantity,
    entryPrice: columns.entryPrice,
    totals: ![...naming, columns.account].includes(0),
    point: file.decimalComma ? 0x2c : 0x2e,
  };
}

/** Takes a row that differs from rows already read in its amounts alone; false leaves it to the careful reader. */
function takePlainRow(reading: Reading, lineNumber: number): boolean {
  const { bytes, line, quantity, entryPrice } = reading;
  if (reading.totals && mayBeTotal(bytes, line.start[0] as number)) return false;
  const account = reading.accounts.find(line, 0);
  if (account < 0) return false;
  const quantityStart = line.start[quantity] as number;
  const holding = reading.holdings.find(line, bytes[quantityStart] === 0x2d ? 1 : 0);
  if (holding < 0) return false;
  const instrument = holding >> HOLDING_BITS;
  if (reading.manyPrices[instrument]) return false;

  const row = nextRow(reading.gathering);
  const { columns } = reading.gathering;
  if (!readPlainAmount(bytes, quantityStart, line.end[quantity] as number, reading.point, columns.quantity, row)) return false;
  if (columns.quantity.units[row] === 0) return false;
  if (entryPrice < 0) columns.entryPrice.places[row] = NONE;
  else if (!readPlainAmount(bytes, line.start[entryPrice] as number, line.end[entryPrice] as number, reading.point, columns.entryPrice, row)) return false;
  if ((holding & TURNED) !== 0) columns.quantity.units[row] = -(columns.quantity.units[row] as number);
  columns.account[row] = account;
  columns.subType[row] = (holding >> 1) & SUB_TYPE_MASK;
  columns.instrument[row] = instrument;
  columns.line[row] = lineNumber;
  columns.count = row + 1;
  return true;
}

/** True when the text begins as "total", "grand total" or "subtotal" do, or with something that may have to be trimmed. */
function mayBeTotal(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at] ?? 0;
  if (first <= 0x20 || first >= 0x80) return true;
  const letters = ((bytes[at] ?? 0) | 0x20) * 0x100 + ((bytes[at + 1] ?? 0) | 0x20);
  return letters === 0x746f || letters === 0x6772 || letters === 0x7375;
}

/** Has the careful reader read the row, and learns from it when it was plain. False when it is of another day. */
function takeOddRow(reading: Reading, cursor: RowCursor, isPlain: boolean): boolean {
  const { file, gathering } = reading;
  readGenericRow(file, cursor);
  const [position] = drained(file);
  if (!position) return true;
  if (!gather(gathering, position.fact, cursor.line)) return false;
  const row = gathering.columns.count - 1;
  seePrice(reading, gathering.columns.instrument[row] as number, readAmount(cellOf(cursor.cells, file.columns, 'price'), file.decimalComma));
  if (isPlain) learn(reading, position.fact, row);
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

function learn(reading: Reading, fact: PositionFact, row: number): void {
  const { line, bytes, accounts, holdings, gathering } = reading;
  // From "(5)" nothing follows for the sign of a 5.
  const isPlainAmount = readPlainAmount(bytes, line.start[reading.quantity] as number, line.end[reading.quantity] as number, reading.point, SCRATCH, 0);
  if (!isPlainAmount) return;
  if (accounts.find(line, 0) < 0) accounts.learn(line, 0, gathering.columns.account[row] as number);
  const isMinus = bytes[line.start[reading.quantity] as number] === 0x2d;
  const kind = isMinus ? 1 : 0;
  if (holdings.find(line, kind) >= 0) return;
  const instrument = gathering.columns.instrument[row] as number;
  const turned = isMinus === fact.quantity.startsWith('-') ? 0 : TURNED;
  const holding = (instrument << HOLDING_BITS) | (SUB_TYPE_ORDER.indexOf(fact.subType) << 1) | turned;
  holdings.learn(line, kind, holding);
  if (!isToldBySign(reading, fact)) holdings.learn(line, 1 - kind, holding);
  reading.manyPrices[instrument] ??= false;
}

/** Whether a row of the other sign would be in another part of the account, or be refused for its side. */
function isToldBySign({ file }: Reading, { instrument }: PositionFact): boolean {
  const kind = file.collected.instruments.get(instrument)?.[0]?.fact.terms.kind;
  return file.columns.side >= 0 || kind === undefined || kind === 'equity' || kind === 'etf';
}
