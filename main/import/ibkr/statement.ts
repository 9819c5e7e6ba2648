import type { AccountFact, ImportScope } from '../../../shared/domain/facts.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { Collected } from '../facts/collect.ts';
import { dayInFileName } from '../values/day.ts';
import type { InstrumentCache } from './instrument.ts';
import { amountOf, columnName, dayIn, textOf, type FlexRow } from './rows.ts';

/** The elements of a statement that are read, by name; `present` also knows sections without rows. */
export interface StatementRows {
  opening: FlexRow;
  present: Set<string>;
  account: FlexRow | null;
  equity: FlexRow[];
  cash: FlexRow[];
  positions: FlexRow[];
  securities: FlexRow[];
  rates: FlexRow[];
  trades: FlexRow[];
  cashTransactions: FlexRow[];
  corporateActions: FlexRow[];
  exercises: FlexRow[];
  transfers: FlexRow[];
}

export const ROW_LISTS = ['equity', 'cash', 'positions', 'securities', 'rates', 'trades', 'cashTransactions', 'corporateActions', 'exercises', 'transfers'] as const;
export type RowList = (typeof ROW_LISTS)[number];

/** One account's statement while it is turned into facts. */
export interface Statement {
  rows: StatementRows;
  collected: Collected;
  account: AccountFact;
  baseCurrency: Currency;
  /** The day its state is of, and the attribute that says so. */
  day: IsoDate;
  daySource: string;
  scopes: ImportScope[];
  /** Shared by all statements of a file. */
  instruments: InstrumentCache;
}

export function emptyStatement(opening: FlexRow): StatementRows {
  return {
    opening,
    present: new Set(),
    account: null,
    equity: [],
    cash: [],
    positions: [],
    securities: [],
    rates: [],
    trades: [],
    cashTransactions: [],
    corporateActions: [],
    exercises: [],
    transfers: [],
  };
}

/**
 * The day a statement's state is of: that of its positions, else of its equity summary, else the end of its period,
 * else the day it was made, else the day in the file's name.
 */
export function statementDay(rows: StatementRows, file: string): { day: IsoDate; source: string } | null {
  const ofPositions = latest(rows.positions.map((row) => dayIn(row, 'reportDate')));
  if (ofPositions) return { day: ofPositions, source: 'reportDate' };
  const ofEquity = latest(rows.equity.map((row) => dayIn(row, 'reportDate')));
  if (ofEquity) return { day: ofEquity, source: 'reportDate' };
  const end = dayIn(rows.opening, 'toDate');
  if (end) return { day: end, source: columnName(rows.opening, 'toDate') };
  const made = dayIn(rows.opening, 'whenGenerated');
  if (made) return { day: made, source: columnName(rows.opening, 'whenGenerated') };
  const named = dayInFileName(file);
  return named ? { day: named, source: 'file name' } : null;
}

function latest(days: readonly (IsoDate | null | undefined)[]): IsoDate | null {
  return days.reduce<IsoDate | null>((last, day) => (day && (last === null || day > last) ? day : last), null);
}

/**
 * The account's base currency: as the account information or the equity summary states it, else the currency whose
 * rate to base is 1, else the one the rates convert into.
 */
export function statedBaseCurrency(rows: StatementRows): string | undefined {
  const stated = (rows.account && textOf(rows.account, 'currency')) ?? rows.equity.map((row) => textOf(row, 'currency')).find(Boolean);
  if (stated) return stated;
  const atPar = new Set([...rows.positions, ...rows.trades].filter((row) => amountOf(row, 'fxRateToBase') === '1').map((row) => textOf(row, 'currency')));
  if (atPar.size === 1) return [...atPar][0];
  return rows.rates.map((row) => textOf(row, 'toCurrency')).find(Boolean);
}
