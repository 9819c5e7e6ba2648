import type { AccountId, InstrumentFact, SubType } from '../../../shared/domain/facts.ts';
import { symbolId } from '../../../shared/domain/instrument-id.ts';
import { fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { regimeFrom } from '../facts/account.ts';
import { addAccount, addCash, exclude, reject, skip, type Collected } from '../facts/collect.ts';
import { perUnit } from '../facts/finish.ts';
import { putPosition } from '../facts/put-position.ts';
import { subTypeOf } from '../facts/sub-type.ts';
import { valueDisagrees } from '../facts/value-check.ts';
import { readBondText } from '../symbols/bond-text.ts';
import { nameProblem } from '../symbols/instrument-name.ts';
import { stockInstrument } from '../symbols/stock.ts';
import type { RowCursor } from '../text/csv-rows.ts';
import type { Columns } from '../text/headers.ts';
import type { FidelityField } from './aliases.ts';
import { amountCell, cellOf, rowTrouble, spillsOver } from './cells.ts';
import type { ReaderOptions } from './read-options.ts';
import { usOption } from './us-option.ts';

const CURRENCY = 'USD';
const SUB_TYPES = new Map<string, SubType>([
  ['cash', 'cash'],
  ['margin', 'margin'],
  ['short', 'short'],
]);
const CUSIP = /^(?=(?:.*\d){4})[0-9A-Z]{9}$/;
const PER_CENT = '0.01';

/** A Fidelity file while it is read. */
export interface FidelityFile {
  collected: Collected;
  options: ReaderOptions;
  day: IsoDate;
  accounts: Set<AccountId>;
  columns: Columns<FidelityField> | null;
  columnCount: number;
}

/** Reads one row below the header: a position, core cash, or money on its way. */
export function readFidelityRow(file: FidelityFile, columns: Columns<FidelityField>, cursor: RowCursor): void {
  const { collected } = file;
  const { cells } = cursor;
  const account = cellOf(cells, columns, 'account');
  const symbol = cellOf(cells, columns, 'symbol');
  if (symbol === '' && cells.filter((cell) => cell.trim() !== '').length < 3) return skip(collected, rowTrouble(cursor, 'footer', 'Text around the table.'));
  if (account === '') return reject(collected, rowTrouble(cursor, 'no-account', 'The row does not say whose position this is.', 'account'));
  openAccount(file, account, cellOf(cells, columns, 'name') || null, cursor.line);
  if (spillsOver(cells, file.columnCount)) return leaveOut(file, cursor, account, symbol, null, 'too-many-cells', 'The row has more cells than the header; an amount may hold an unquoted comma.');
  if (/^pending activity$/i.test(symbol)) {
    const pending = cellOf(cells, columns, 'value') || cellOf(cells, columns, 'price') || 'an amount not given';
    return skip(collected, rowTrouble(cursor, 'pending', `Pending activity of ${pending}; it counts when it is booked.`));
  }
  if (symbol.endsWith('**')) return readCoreCash(file, columns, cursor, account);
  readPosition(file, columns, cursor, account, symbol);
}

function openAccount(file: FidelityFile, account: AccountId, name: string | null, line: number): void {
  if (file.accounts.has(account)) return;
  file.accounts.add(account);
  addAccount(file.collected, { account, name, baseCurrency: CURRENCY, ...regimeFrom(undefined, file.options.regime), asOf: file.day }, line);
}

function readPosition(file: FidelityFile, columns: Columns<FidelityField>, cursor: RowCursor, account: AccountId, symbol: string): void {
  const { collected, day } = file;
  const { cells, line } = cursor;
  const typeText = cellOf(cells, columns, 'type').toLowerCase();
  const unsigned = amountCell(cells, columns, 'quantity');
  const quantity = unsigned && typeText === 'short' && !unsigned.startsWith('-') && unsigned !== '0' ? `-${unsigned}` : unsigned;
  const price = amountCell(cells, columns, 'price');
  const value = amountCell(cells, columns, 'value');
  const leave = (code: string, reason: string, field?: FidelityField): void => leaveOut(file, cursor, account, symbol, quantity ?? null, code, reason, field);
  if (symbol === '') return leave('no-symbol', 'The row names no symbol.', 'symbol');
  if (quantity === undefined) return leave('not-a-number', `The quantity "${cellOf(cells, columns, 'quantity')}" is not a number.`, 'quantity');
  if (quantity === null) return leave('no-quantity', 'The row has no quantity.', 'quantity');
  if (price === undefined) return leave('not-a-number', `The price "${cellOf(cells, columns, 'price')}" is not a number.`, 'price');
  if (value === undefined) return leave('not-a-number', `The value "${cellOf(cells, columns, 'value')}" is not a number.`, 'value');
  if (quantity === '0') return skip(collected, rowTrouble(cursor, 'zero-quantity', `A row of ${symbol} with quantity 0.`));

  const description = cellOf(cells, columns, 'description') || null;
  const option = usOption(collected, symbol, { description, quantity, price, value, line });
  if (option && !option.ok) return leave(option.fault.code, option.fault.message, 'symbol');
  const instrument = option?.value.instrument ?? otherInstrument(symbol, description, quantity, price, value);
  const unnamed = nameProblem(instrument.id);
  if (unnamed) return leave(unnamed.code, unnamed.reason, 'symbol');
  const { multiplier } = instrument.terms;
  putPosition(collected, {
    line,
    account,
    subType: SUB_TYPES.get(typeText) ?? subTypeOf(instrument.terms, null, quantity, regimeFrom(undefined, file.options.regime).regime),
    instrument,
    underlying: option?.value.underlying ?? null,
    quantity,
    entryPrice: amountCell(cells, columns, 'averageCost') ?? perUnit(amountCell(cells, columns, 'costBasis') ?? null, quantity, multiplier ?? null),
    price,
    markKind: 'last',
    value,
    asOf: day,
  });
}

// The file has no column that tells bonds from stock. A bond is listed under its CUSIP, and its price is per cent.
function otherInstrument(symbol: string, description: string | null, quantity: DecimalText, price: DecimalText | null, value: DecimalText | null): InstrumentFact {
  const { issuer, coupon, maturity } = readBondText([description], CURRENCY);
  const perCent = price !== null && value !== null && !valueDisagrees(fromDecimalText(value), quantity, price, PER_CENT);
  if (CUSIP.test(symbol) && (perCent || maturity !== null)) {
    const terms = { kind: 'bond', currency: CURRENCY, ...(description ? { description } : {}), multiplier: PER_CENT, issuer, grade: 'unknown', maturity, coupon } as const;
    return { id: symbolId(symbol, CURRENCY), terms, identifiers: { symbol, cusip: symbol } };
  }
  return stockInstrument({ symbol, currency: CURRENCY, description });
}

function readCoreCash(file: FidelityFile, columns: Columns<FidelityField>, cursor: RowCursor, account: AccountId): void {
  const amount = amountCell(cursor.cells, columns, 'value');
  if (!amount) return reject(file.collected, rowTrouble(cursor, 'bad-cash-row', 'The core position has no value that can be read.', 'value'));
  addCash(file.collected, { account, currency: CURRENCY, kind: 'tradeDate', amount, valueDate: null, asOf: file.day }, cursor.line);
}

function leaveOut(file: FidelityFile, cursor: RowCursor, account: AccountId, symbol: string, quantity: DecimalText | null, code: string, reason: string, column?: string): void {
  exclude(file.collected, rowTrouble(cursor, code, reason, column), { account, symbol: symbol || '?', quantity, asOf: file.day });
}
