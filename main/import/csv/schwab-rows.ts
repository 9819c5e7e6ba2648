import type { AccountId, InstrumentFact } from '../../../shared/domain/facts.ts';
import { symbolId } from '../../../shared/domain/instrument-id.ts';
import type { DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { regimeFrom } from '../facts/account.ts';
import { addAccount, addCash, exclude, reject, skip, type Collected } from '../facts/collect.ts';
import { perUnit } from '../facts/finish.ts';
import { putPosition } from '../facts/put-position.ts';
import { subTypeOf } from '../facts/sub-type.ts';
import { readBondText } from '../symbols/bond-text.ts';
import { nameProblem } from '../symbols/instrument-name.ts';
import { stockInstrument } from '../symbols/stock.ts';
import type { RowCursor } from '../text/csv-rows.ts';
import type { Columns } from '../text/headers.ts';
import type { SchwabField } from './aliases.ts';
import { amountCell, cellOf, rowTrouble, spillsOver } from './cells.ts';
import type { ReaderOptions } from './read-options.ts';
import { usOption } from './us-option.ts';

const CURRENCY = 'USD';

/** A Schwab file while it is read. */
export interface SchwabFile {
  collected: Collected;
  options: ReaderOptions;
  day: IsoDate;
  /** The account whose section is being read. */
  account: AccountId | null;
  accounts: Set<AccountId>;
  columns: Columns<SchwabField> | null;
  columnCount: number;
}

/** Starts the section of an account, named as Schwab prints it: `Individual ...123`. */
export function openAccount(file: SchwabFile, name: string, line: number): void {
  const account = name.replaceAll(/\s+/g, ' ');
  file.account = account;
  file.accounts.add(account);
  addAccount(file.collected, { account, name: null, baseCurrency: CURRENCY, ...regimeFrom(undefined, file.options.regime), asOf: file.day }, line);
}

/** A row before any header: not lost, but not understood either. */
export function noteOutside(file: SchwabFile, cursor: RowCursor): void {
  reject(file.collected, rowTrouble(cursor, 'no-header', 'The row stands before any header row.'));
}

/** Reads one row of a section: a position, cash, or a total. */
export function readSchwabRow(file: SchwabFile, columns: Columns<SchwabField>, cursor: RowCursor): void {
  const { collected } = file;
  const { cells } = cursor;
  const symbol = cellOf(cells, columns, 'symbol');
  if (/total$/i.test(symbol) || /^futures positions/i.test(symbol)) return skip(collected, rowTrouble(cursor, 'total', `${symbol} is a total.`));
  if (file.account === null) return reject(collected, rowTrouble(cursor, 'no-account', 'Neither the title nor a line above says whose position this is.'));
  if (/^cash (?:&|and) cash investments$/i.test(symbol)) return readCash(file, columns, cursor, 'tradeDate');
  if (/^futures cash$/i.test(symbol)) return readCash(file, columns, cursor, 'futuresSegment');
  if (spillsOver(cells, file.columnCount)) return leaveOut(file, cursor, symbol, null, 'too-many-cells', 'The row has more cells than the header; an amount may hold an unquoted comma.');
  readPosition(file, columns, cursor, symbol);
}

function readPosition(file: SchwabFile, columns: Columns<SchwabField>, cursor: RowCursor, symbol: string): void {
  const { collected, account, day } = file;
  const { cells, line } = cursor;
  const quantity = amountCell(cells, columns, 'quantity');
  const price = amountCell(cells, columns, 'price');
  const value = amountCell(cells, columns, 'value');
  const leave = (code: string, reason: string, field?: SchwabField): void => leaveOut(file, cursor, symbol, quantity ?? null, code, reason, field);
  if (account === null) return;
  if (symbol === '') return leave('no-symbol', 'The row names no symbol.', 'symbol');
  if (quantity === undefined) return leave('not-a-number', `The quantity "${cellOf(cells, columns, 'quantity')}" is not a number.`, 'quantity');
  if (quantity === null) return leave('no-quantity', 'The row has no quantity.', 'quantity');
  if (price === undefined) return leave('not-a-number', `The price "${cellOf(cells, columns, 'price')}" is not a number.`, 'price');
  if (value === undefined) return leave('not-a-number', `The market value "${cellOf(cells, columns, 'value')}" is not a number.`, 'value');
  if (quantity === '0') return skip(collected, rowTrouble(cursor, 'zero-quantity', `A row of ${symbol} with quantity 0.`));

  const description = cellOf(cells, columns, 'description') || null;
  const option = usOption(collected, symbol, { description, quantity, price, value, line });
  if (option && !option.ok) return leave(option.fault.code, option.fault.message, 'symbol');
  const instrument = option?.value.instrument ?? otherInstrument(symbol, description, cellOf(cells, columns, 'type'));
  const unnamed = nameProblem(instrument.id);
  if (unnamed) return leave(unnamed.code, unnamed.reason, 'symbol');
  if (instrument.terms.kind === 'future' && !instrument.terms.multiplier) return leave('no-multiplier', `The file does not say how much one contract of ${symbol} stands for.`);
  putPosition(collected, {
    line,
    account,
    subType: subTypeOf(instrument.terms, null, quantity, regimeFrom(undefined, file.options.regime).regime),
    instrument,
    underlying: option?.value.underlying ?? null,
    quantity,
    entryPrice: perUnit(amountCell(cells, columns, 'costBasis') ?? null, quantity, instrument.terms.multiplier ?? null),
    price,
    markKind: 'last',
    value,
    asOf: day,
  });
}

function otherInstrument(symbol: string, description: string | null, typeText: string): InstrumentFact {
  const type = typeText.toLowerCase();
  const described = description ? { description } : {};
  const named = (terms: InstrumentFact['terms']): InstrumentFact => ({ id: symbolId(symbol, CURRENCY), terms, identifiers: { symbol } });
  if (type.startsWith('fixed income') || type.includes('bond')) {
    const { issuer, coupon, maturity } = readBondText([description, symbol], CURRENCY);
    const fact = named({ kind: 'bond', currency: CURRENCY, ...described, multiplier: '0.01', issuer, grade: 'unknown', maturity, coupon });
    return /^[0-9A-Z]{9}$/.test(symbol) ? { ...fact, identifiers: { symbol, cusip: symbol } } : fact;
  }
  if (type.startsWith('future') || symbol.startsWith('/')) return named({ kind: 'future', currency: CURRENCY, ...described, multiplier: null, underlying: null, expiry: null });
  if (type.includes('warrant') || type.includes('right')) return named({ kind: 'warrant', currency: CURRENCY, ...described, multiplier: '1' });
  if (type.includes('mutual fund') || type.includes('money market')) return stockInstrument({ symbol, currency: CURRENCY, description, class: 'fund' });
  return stockInstrument({ symbol, currency: CURRENCY, description, ...(type.includes('etf') ? { kind: 'etf' } : {}) });
}

function readCash(file: SchwabFile, columns: Columns<SchwabField>, cursor: RowCursor, kind: 'tradeDate' | 'futuresSegment'): void {
  const amount = amountCell(cursor.cells, columns, 'value');
  if (file.account === null) return;
  if (!amount) return reject(file.collected, rowTrouble(cursor, 'bad-cash-row', 'The cash row has no amount that can be read.', 'value'));
  addCash(file.collected, { account: file.account, currency: CURRENCY, kind, amount, valueDate: null, asOf: file.day }, cursor.line);
}

function leaveOut(file: SchwabFile, cursor: RowCursor, symbol: string, quantity: DecimalText | null, code: string, reason: string, column?: string): void {
  if (file.account === null) return;
  exclude(file.collected, rowTrouble(cursor, code, reason, column), { account: file.account, symbol: symbol || '?', quantity, asOf: file.day });
}
