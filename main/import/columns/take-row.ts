import { amountAt, amountColumn } from '../../../shared/domain/position-columns.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { addAccountCash, seeAccount, type GenericAccount } from '../csv/generic-rows.ts';
import { nextRow, numberOf } from './gathering.ts';
import { learn, learnedOf, UNKNOWN } from './learned.ts';
import { cutLine } from './plain-line.ts';
import { cashPlace, instrumentOf, isCash, isTurned, OF_CASH, OF_POSITIONS, subTypeOf, type Reading } from './reading.ts';
import { NOT_PLAIN, ODD_AMOUNT, type RowChunk } from './row-chunk.ts';

const CASH_AMOUNT = amountColumn(1);

/** Takes a row of the chunk when it differs from rows already read only in whose it is and in its amounts; false leaves it to the careful reader. */
export function takeRow(reading: Reading, chunk: RowChunk, row: number, lineNumber: number): boolean {
  const number = chunk.holding[row] as number;
  // Nor is anything known of a row of no quantity, or of one that is not written plainly.
  if (number === NOT_PLAIN || chunk.quantity.units[row] === 0) return false;
  if (reading.totals && mayBeTotal(reading.bytes, chunk.start[row] as number)) return false;
  const holding = learnedOf(reading.holdings, number, signOf(chunk, row));
  if (holding === UNKNOWN) return false;
  return isCash(holding) ? takeCash(reading, holding, chunk, row, lineNumber) : takePosition(reading, holding, chunk, row, lineNumber);
}

/** Which kind of holding a row is by its quantity: 1 for one with a minus, else 0. */
export function signOf({ quantity }: RowChunk, row: number): 0 | 1 {
  return (quantity.units[row] as number) < 0 ? 1 : 0;
}

function takePosition(reading: Reading, holding: number, { start, owner: owners, quantity, entryPrice }: RowChunk, row: number, lineNumber: number): boolean {
  const instrument = instrumentOf(holding);
  if (reading.manyPrices[instrument] || entryPrice.places[row] === ODD_AMOUNT) return false;
  const to = nextRow(reading.gathering);
  const { columns } = reading.gathering;
  let account = learnedOf(reading.accounts, owners[row] as number, OF_POSITIONS);
  if (account === UNKNOWN) {
    const owner = newOwner(reading, start[row] as number, columns.days[0] as IsoDate, lineNumber);
    if (owner === null) return false;
    account = numberOf(reading.gathering.accountNumbers, columns.accounts, owner.id);
    learn(reading.accounts, owners[row] as number, OF_POSITIONS, account);
  }
  const units = quantity.units[row] as number;
  columns.quantity.units[to] = isTurned(holding) ? -units : units;
  columns.quantity.places[to] = quantity.places[row] as number;
  columns.entryPrice.units[to] = entryPrice.units[row] as number;
  columns.entryPrice.places[to] = entryPrice.places[row] as number;
  columns.account[to] = account;
  columns.subType[to] = subTypeOf(holding);
  columns.instrument[to] = instrument;
  columns.line[to] = lineNumber;
  columns.count = to + 1;
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
