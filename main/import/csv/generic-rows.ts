import type { AccountId, InstrumentFact, SubType } from '../../../shared/domain/facts.ts';
import type { MappingProfile } from '../../../shared/domain/import-plan.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import { AMOUNT_LENGTH_MAX } from '../../../shared/domain/plain-amount.ts';
import { fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { readCurrency } from '../facts/account.ts';
import { addCash, exclude, reject, skip, type Collected, type RowTrouble } from '../facts/collect.ts';
import { putPosition, type UnderstoodRow } from '../facts/put-position.ts';
import { subTypeOf } from '../facts/sub-type.ts';
import type { RowCursor } from '../text/csv-rows.ts';
import type { Columns } from '../text/headers.ts';
import { readAmount } from '../values/amount.ts';
import { readDay } from '../values/day.ts';
import { cellOf, rowTrouble, spillsOver } from './cells.ts';
import type { GenericField } from './generic-columns.ts';
import { cashCurrency, genericInstrument, type NamedByCells, type RowProblem } from './generic-instrument.ts';

/** What is known of an account while its rows go by. */
export interface GenericAccount {
  /** The one text of its number, so that a million rows do not keep a million copies. */
  id: AccountId;
  client: string | null;
  day: IsoDate;
  line: number;
  listsCash: boolean;
}

/** A generic file while it is read. */
export interface GenericFile {
  collected: Collected;
  profile: MappingProfile;
  columns: Columns<GenericField>;
  columnCount: number;
  /** For rows without a day of their own. */
  day: IsoDate | null;
  daySource: string;
  decimalComma: boolean;
  accounts: Map<AccountId, GenericAccount>;
  rates: Map<Currency, { rate: DecimalText; asOf: IsoDate; line: number }>;
  currencies: Set<Currency>;
  /** Instruments by symbol and the other cells that name them, so that each is read once in a million rows. */
  instruments: Map<string, NamedByCells[]>;
  /** What its options are on, by its name and how they settle. */
  underlyings: Map<string, InstrumentFact>;
  /** Rows whose contract size another row may give. */
  deferred: { row: UnderstoodRow; trouble: RowTrouble }[];
  lastDay: IsoDate | null;
  /** The cell last read as a day. */
  dayRead: { text: string; day: IsoDate | null } | null;
  /** The row last read as cash. */
  cashRead: { currency: Currency; amount: DecimalText; day: IsoDate; line: number } | null;
}

const SUB_TYPES = new Map<string, SubType>([
  ['cash', 'cash'],
  ['1', 'cash'],
  ['margin', 'margin'],
  ['2', 'margin'],
  ['short', 'short'],
  ['3', 'short'],
  ['dvp', 'dvp'],
  ['futures', 'futures'],
]);
const LONG_SIDES = new Set(['l', 'long', 'b', 'buy', 'bought', '+']);
const SHORT_SIDES = new Set(['s', 'short', 'sell', 'sold', '-']);

/** Reads one row: a position or cash. What cannot be read is kept in sight with its reason. */
export function readGenericRow(file: GenericFile, cursor: RowCursor): void {
  const { collected, columns, profile } = file;
  const { cells } = cursor;
  const accountText = cellOf(cells, columns, 'account') || profile.constants?.account;
  const symbol = cellOf(cells, columns, 'symbol');
  if (/^(?:grand |sub-?)?total\b/i.test(symbol) || /^(?:grand |sub-?)?total\b/i.test(cells[0]?.trim() ?? '')) return skip(collected, rowTrouble(cursor, 'total', 'A row of totals.'));
  if (!accountText) return reject(collected, rowTrouble(cursor, 'no-account', 'The row does not say whose position this is.', profile.columns.account));
  const day = columns.asOf < 0 ? file.day : rowDay(file, cellOf(cells, columns, 'asOf'));
  if (!day) return reject(collected, rowTrouble(cursor, 'bad-day', `"${cellOf(cells, columns, 'asOf')}" is no day${profile.dateFormat ? ` written as ${profile.dateFormat}` : ''}.`, profile.columns.asOf));
  const account = seeAccount(file, accountText, cellOf(cells, columns, 'client') || null, day, cursor.line).id;
  const problem = spillsOver(cells, file.columnCount)
    ? { code: 'too-many-cells', reason: 'The row has more cells than the header; an amount may hold an unquoted comma.' }
    : readHolding(file, cursor, account, symbol, day);
  if (!problem) return;
  const quantity = signedQuantity(file, cells);
  const column = problem.field && profile.columns[problem.field];
  exclude(collected, rowTrouble(cursor, problem.code, problem.reason, column), { account, symbol: symbol || '?', quantity: typeof quantity === 'string' ? quantity : null, asOf: day });
}

function readHolding(file: GenericFile, cursor: RowCursor, account: AccountId, symbol: string, day: IsoDate): RowProblem | null {
  const { collected, columns, profile } = file;
  const { cells, line } = cursor;
  if (symbol === '') return { code: 'no-symbol', reason: 'The row names no symbol.', field: 'symbol' };
  const currencyText = cellOf(cells, columns, 'currency') || profile.constants?.currency;
  const currency = readCurrency(currencyText);
  if (currency === undefined) return { code: 'bad-currency', reason: `"${currencyText ?? ''}" is no currency code.`, field: 'currency' };
  file.currencies.add(currency);
  const quantity = signedQuantity(file, cells);
  if (typeof quantity !== 'string') return quantity;
  const rate = amount(file, cells, 'fxRate');
  if (rate === undefined || rate === '0' || rate?.startsWith('-')) return badNumber(file, cells, 'fxRate');
  if (rate !== null) seeRate(file, currency, rate, day, line);

  const cash = cashCurrency(cellOf(cells, columns, 'kind'), symbol, currency);
  if (cash !== null) {
    const seen = file.accounts.get(account);
    if (seen) addAccountCash(file, seen, { currency: cash, amount: quantity, day }, line);
    file.cashRead = { currency: cash, amount: quantity, day, line };
    return null;
  }
  if (quantity === '0') {
    skip(collected, rowTrouble(cursor, 'zero-quantity', `A row of ${symbol} with quantity 0.`));
    return null;
  }
  return readPosition(file, cursor, { account, symbol, day, currency, quantity });
}

/** Adds cash of an account, which then lists it. */
export function addAccountCash({ collected }: GenericFile, account: GenericAccount, { currency, amount, day }: { currency: Currency; amount: DecimalText; day: IsoDate }, line: number): void {
  addCash(collected, { account: account.id, currency, kind: 'tradeDate', amount, valueDate: null, asOf: day }, line);
  account.listsCash = true;
}

function readPosition(file: GenericFile, cursor: RowCursor, known: { account: AccountId; symbol: string; day: IsoDate; currency: Currency; quantity: DecimalText }): RowProblem | null {
  const { columns, profile } = file;
  const { cells, line } = cursor;
  const price = amount(file, cells, 'price');
  if (price === undefined) return badNumber(file, cells, 'price');
  const entryPrice = amount(file, cells, 'entryPrice');
  if (entryPrice === undefined) return badNumber(file, cells, 'entryPrice');
  const instrument = genericInstrument(file, cells, known.symbol, known.currency);
  if ('code' in instrument) return instrument;
  const regime = profile.constants?.regime ?? 'regT';
  const subTypeText = cellOf(cells, columns, 'subType').toLowerCase();
  const subType = subTypeText === '' ? subTypeOf(instrument.fact.terms, instrument.underlying?.terms ?? null, known.quantity, regime) : SUB_TYPES.get(subTypeText);
  if (subType === undefined) return { code: 'bad-sub-type', reason: `"${subTypeText}" is no part of an account: cash, margin, short, dvp or futures.`, field: 'subType' };

  const row: UnderstoodRow = { line, account: known.account, subType, instrument: instrument.fact, underlying: instrument.underlying, quantity: known.quantity, entryPrice, price, markKind: 'close', value: null, asOf: known.day };
  const { terms } = instrument.fact;
  const needsSize = terms.kind === 'option' || terms.kind === 'future';
  if (needsSize && !terms.multiplier && !(terms.kind === 'option' && terms.adjusted)) {
    file.deferred.push({ row, trouble: rowTrouble(cursor, 'no-multiplier', `The file does not say how much one contract of ${instrument.fact.id} stands for.`, profile.columns.multiplier) });
  } else {
    putPosition(file.collected, row);
  }
  return null;
}

/** Settles the rows without a contract size: another row of the same contract may have given it. */
export function readDeferred({ collected, deferred }: GenericFile): void {
  const sized = new Set([...collected.instruments].filter(([, seen]) => seen.some(({ fact }) => fact.terms.multiplier)).map(([id]) => id));
  for (const { row, trouble } of deferred) {
    const { account, instrument, quantity, asOf } = row;
    if (sized.has(instrument.id)) putPosition(collected, row);
    else exclude(collected, trouble, { account, symbol: instrument.identifiers.symbol, quantity, asOf });
  }
}

// One day stands in nearly every row of a file.
function rowDay(file: GenericFile, text: string): IsoDate | null {
  if (file.dayRead?.text !== text) file.dayRead = { text, day: readDay(text, file.profile.dateFormat) ?? null };
  return file.dayRead.day;
}

function signedQuantity(file: GenericFile, cells: readonly string[]): DecimalText | RowProblem {
  const quantity = amount(file, cells, 'quantity');
  if (quantity === undefined) return badNumber(file, cells, 'quantity');
  if (quantity === null) return { code: 'no-quantity', reason: 'The row has no quantity.', field: 'quantity' };
  const side = cellOf(cells, file.columns, 'side').toLowerCase();
  if (side === '') return quantity;
  if (SHORT_SIDES.has(side)) return quantity.startsWith('-') || quantity === '0' ? quantity : `-${quantity}`;
  if (!LONG_SIDES.has(side)) return { code: 'bad-side', reason: `"${side}" is neither long nor short.`, field: 'side' };
  return quantity.startsWith('-') ? { code: 'sign-conflict', reason: `The row says ${side}, and its quantity is ${quantity}.`, field: 'side' } : quantity;
}

/** What is known of an account with one more row of it. */
export function seeAccount(file: GenericFile, account: AccountId, client: string | null, day: IsoDate, line: number): GenericAccount {
  if (file.lastDay === null || day > file.lastDay) file.lastDay = day;
  const seen = file.accounts.get(account);
  if (!seen) {
    const added = { id: account, client, day, line, listsCash: false };
    file.accounts.set(account, added);
    return added;
  }
  if (day > seen.day) seen.day = day;
  // Of several spellings of a client's name the first in the alphabet stands, whatever the order of the rows.
  if (client !== null && (seen.client === null || client < seen.client)) seen.client = client;
  return seen;
}

function seeRate({ rates }: GenericFile, currency: Currency, rate: DecimalText, asOf: IsoDate, line: number): void {
  const seen = rates.get(currency);
  if (!seen || asOf > seen.asOf || (asOf === seen.asOf && seen.rate !== rate && fromDecimalText(rate).lt(seen.rate))) rates.set(currency, { rate, asOf, line });
}

function amount({ columns, decimalComma }: GenericFile, cells: readonly string[], field: GenericField): DecimalText | null | undefined {
  return readAmount(cellOf(cells, columns, field), decimalComma);
}

function badNumber({ columns }: GenericFile, cells: readonly string[], field: GenericField): RowProblem {
  const text = cellOf(cells, columns, field);
  const reason = text.length < AMOUNT_LENGTH_MAX ? `The ${field} "${text.slice(0, 40)}" is not a number that can stand there.` : `The ${field} "${text.slice(0, 40)} …" is not a number of fewer than ${AMOUNT_LENGTH_MAX} characters that can stand there.`;
  return { code: 'not-a-number', reason, field };
}
