import { amountAt, amountColumn, NONE } from '../../../shared/domain/position-columns.ts';
import { readPlainAmount } from '../../../shared/domain/plain-amount.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { addAccountCash, seeAccount, type GenericAccount } from '../csv/generic-rows.ts';
import { nextRow, numberOf } from './gathering.ts';
import { cashPlace, instrumentOf, isCash, isTurned, OF_CASH, OF_POSITIONS, subTypeOf, UNKNOWN, type Reading } from './reading.ts';

const MINUS = 0x2d;
const CASH_AMOUNT = amountColumn(1);

/** Takes the row that was cut when it differs from rows already read only in whose it is and in its amounts; false leaves it to the careful reader. */
export function takeRow(reading: Reading, lineNumber: number): boolean {
  const { bytes, line } = reading;
  if (reading.totals && mayBeTotal(bytes, line.start[0] as number)) return false;
  const holding = reading.holdings.find(line, signOf(reading));
  if (holding === UNKNOWN) return false;
  return isCash(holding) ? takeCash(reading, holding, lineNumber) : takePosition(reading, holding, lineNumber);
}

/** Which kind of holding a row is by its quantity: 1 for one with a minus, else 0. */
export function signOf({ bytes, line, quantity }: Reading): 0 | 1 {
  return bytes[line.start[quantity] as number] === MINUS ? 1 : 0;
}

function takePosition(reading: Reading, holding: number, lineNumber: number): boolean {
  const { bytes, line, quantity, entryPrice, point } = reading;
  const instrument = instrumentOf(holding);
  if (reading.manyPrices[instrument]) return false;
  const row = nextRow(reading.gathering);
  const { columns } = reading.gathering;
  let account = reading.accounts.find(line, OF_POSITIONS);
  if (account === UNKNOWN) {
    const owner = newOwner(reading, columns.days[0] as IsoDate, lineNumber);
    if (owner === null) return false;
    account = numberOf(reading.gathering.accountNumbers, columns.accounts, owner.id);
    reading.accounts.learn(line, OF_POSITIONS, account);
  }
  if (!readPlainAmount(bytes, line.start[quantity] as number, line.end[quantity] as number, point, columns.quantity, row)) return false;
  if (columns.quantity.units[row] === 0) return false;
  if (entryPrice < 0) columns.entryPrice.places[row] = NONE;
  else if (!readPlainAmount(bytes, line.start[entryPrice] as number, line.end[entryPrice] as number, point, columns.entryPrice, row)) return false;
  if (isTurned(holding)) columns.quantity.units[row] = -(columns.quantity.units[row] as number);
  columns.account[row] = account;
  columns.subType[row] = subTypeOf(holding);
  columns.instrument[row] = instrument;
  columns.line[row] = lineNumber;
  columns.count = row + 1;
  return true;
}

function takeCash(reading: Reading, holding: number, lineNumber: number): boolean {
  const { bytes, line, quantity } = reading;
  const cash = reading.cash[cashPlace(holding)];
  if (!cash || !readPlainAmount(bytes, line.start[quantity] as number, line.end[quantity] as number, reading.point, CASH_AMOUNT, 0)) return false;
  if (CASH_AMOUNT.units[0] === 0) return false;
  if (isTurned(holding)) CASH_AMOUNT.units[0] = -(CASH_AMOUNT.units[0] as number);
  let owner = reading.owners[reading.accounts.find(line, OF_CASH)];
  if (!owner) {
    owner = newOwner(reading, cash.day, lineNumber) ?? undefined;
    if (!owner) return false;
    reading.accounts.learn(line, OF_CASH, reading.owners.push(owner) - 1);
  }
  addAccountCash(reading.file, owner, { currency: cash.currency, amount: amountAt(CASH_AMOUNT, 0) ?? '0', day: cash.day }, lineNumber);
  return true;
}

/** The account of a row whose cells name it in a way not seen before; null for the careful reader to say. */
function newOwner({ file, bytes, line }: Reading, day: IsoDate, lineNumber: number): GenericAccount | null {
  const { columns, profile } = file;
  const text = (column: number) => (column < 0 ? '' : Buffer.from(bytes.buffer, bytes.byteOffset + (line.start[column] as number), (line.end[column] as number) - (line.start[column] as number)).toString().trim());
  // The first cell of an account not seen before may still call the row a total.
  if (columns.account === 0 && mayBeTotal(bytes, line.start[0] as number)) return null;
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
