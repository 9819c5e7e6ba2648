import { amountAt, amountColumn } from '../../../shared/domain/position-columns.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { addAccountCash, seeAccount, type GenericAccount } from '../csv/generic-rows.ts';
import { numberOf, roomFor } from './gathering.ts';
import { learn, learnedOf, UNKNOWN } from './learned.ts';
import { cutLine } from './plain-line.ts';
import { cashPlace, instrumentOf, isCash, isTurned, OF_CASH, OF_POSITIONS, subTypeOf, type Reading } from './reading.ts';
import { COUNT, NOT_PLAIN, ODD_AMOUNT, type RowChunk } from './row-chunk.ts';

const CASH_AMOUNT = amountColumn(1);

/**
 * Takes rows of the chunk from one on as long as each is a position of an account that is known, and differs from rows
 * already read only in its amounts. Answers the row that it leaves, or how many there are.
 */
export function takeRows(reading: Reading, chunk: RowChunk, from: number, firstLine: number): number {
  const { owner, quantity, entryPrice } = chunk;
  const count = chunk.about[COUNT] as number;
  const columns = roomFor(reading.gathering, count - from);
  let to = columns.count;
  let row = from;
  for (; row < count; row += 1) {
    const holding = holdingOf(reading, chunk, row);
    if (holding < 0 || !isPlainPosition(reading, chunk, row, holding)) break;
    const account = learnedOf(reading.accounts, owner[row] as number, OF_POSITIONS);
    if (account === UNKNOWN) break;
    const units = quantity.units[row] as number;
    columns.quantity.units[to] = isTurned(holding) ? -units : units;
    columns.quantity.places[to] = quantity.places[row] as number;
    columns.entryPrice.units[to] = entryPrice.units[row] as number;
    columns.entryPrice.places[to] = entryPrice.places[row] as number;
    columns.account[to] = account;
    columns.subType[to] = subTypeOf(holding);
    columns.instrument[to] = instrumentOf(holding);
    columns.line[to] = firstLine + row - from;
    to += 1;
  }
  columns.count = to;
  return row;
}

/** What is known to be held by a row of these cells; UNKNOWN when the careful reader is to say. */
function holdingOf(reading: Reading, chunk: RowChunk, row: number): number {
  const number = chunk.holding[row] as number;
  // Nor is anything known of a row of no quantity, or of one that is not written plainly.
  if (number === NOT_PLAIN || chunk.quantity.units[row] === 0) return UNKNOWN;
  if (reading.totals && mayBeTotal(reading.bytes, chunk.start[row] as number)) return UNKNOWN;
  return learnedOf(reading.holdings, number, signOf(chunk, row));
}

/** Which kind of holding a row is by its quantity: 1 for one with a minus, else 0. */
export function signOf({ quantity }: RowChunk, row: number): 0 | 1 {
  return (quantity.units[row] as number) < 0 ? 1 : 0;
}

function isPlainPosition({ manyPrices }: Reading, { entryPrice }: RowChunk, row: number, holding: number): boolean {
  return !manyPrices[instrumentOf(holding)] && entryPrice.places[row] !== ODD_AMOUNT;
}

/**
 * Where `takeRows` left a row: takes it when it is cash, and sees an account for the first time, after which its row can be
 * taken. Answers how many rows it took; -1 leaves the row to the careful reader.
 */
export function takeLeftRow(reading: Reading, chunk: RowChunk, row: number, lineNumber: number): number {
  const holding = holdingOf(reading, chunk, row);
  if (holding === UNKNOWN) return -1;
  if (isCash(holding)) return takeCash(reading, holding, chunk, row, lineNumber) ? 1 : -1;
  return isPlainPosition(reading, chunk, row, holding) && seeOwner(reading, chunk, row, lineNumber) ? 0 : -1;
}

function seeOwner(reading: Reading, { start, owner: owners }: RowChunk, row: number, lineNumber: number): boolean {
  const { accountNumbers, columns } = reading.gathering;
  const owner = newOwner(reading, start[row] as number, columns.days[0] as IsoDate, lineNumber);
  if (owner === null) return false;
  learn(reading.accounts, owners[row] as number, OF_POSITIONS, numberOf(accountNumbers, columns.accounts, owner.id));
  return true;
}

function takeCash(reading: Reading, holding: number, { start, owner: owners, quantity }: RowChunk, row: number, lineNumber: number): boolean {
  const cash = reading.cash[cashPlace(holding)];
  if (!cash) return false;
  const units = quantity.units[row] as number;
  CASH_AMOUNT.units[0] = isTurned(holding) ? -units : units;
  CASH_AMOUNT.places[0] = quantity.places[row] as number;
  let owner = reading.owners[learnedOf(reading.accounts, owners[row] as number, OF_CASH)];
  if (!owner) {
    owner = newOwner(reading, start[row] as number, cash.day, lineNumber) ?? undefined;
    if (!owner) return false;
    learn(reading.accounts, owners[row] as number, OF_CASH, reading.owners.push(owner) - 1);
  }
  addAccountCash(reading.file, owner, { currency: cash.currency, amount: amountAt(CASH_AMOUNT, 0) ?? '0', day: cash.day }, lineNumber);
  return true;
}

/** The account of a row whose cells name it in a way not seen before; null for the careful reader to say. */
function newOwner(reading: Reading, start: number, day: IsoDate, lineNumber: number): GenericAccount | null {
  const { file, bytes, line } = reading;
  const { columns, profile } = file;
  cutLine(bytes, start, reading.delimiter, line);
  const text = (column: number) => (column < 0 ? '' : Buffer.from(bytes.buffer, bytes.byteOffset + (line.start[column] as number), (line.end[column] as number) - (line.start[column] as number)).toString().trim());
  // The first cell of an account not seen before may still call the row a total.
  if (columns.account === 0 && mayBeTotal(bytes, start)) return null;
  const account = text(columns.account) || profile.constants?.account;
  return account ? seeAccount(file, account, text(columns.client) || null, day, lineNumber) : null;
}

/** True when the text begins as "total", "grand total" or "subtotal" do, or with something that may have to be trimmed. */
function mayBeTotal(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at] ?? 0;
  if (first <= 0x20 || first >= 0x80) return true;
  const letters = ((bytes[at] ?? 0) | 0x20) * 0x100 + ((bytes[at + 1] ?? 0) | 0x20);
  return letters === 0x746f || letters === 0x6772 || letters === 0x7375;
}
