import type { ReadFile } from '../../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { startCollecting } from '../facts/collect.ts';
import { finishReading } from '../facts/finish.ts';
import { INSTRUMENT_KINDS } from '../facts/kinds.ts';
import { csvRows, isBlank, type RowCursor } from '../text/csv-rows.ts';
import { isSeparatorLine, sniffDelimiter } from '../text/delimiter.ts';
import { headerScore, placeColumns } from '../text/headers.ts';
import { dayInFileName, readDay } from '../values/day.ts';
import { SCHWAB } from './aliases.ts';
import type { ReaderOptions } from './read-options.ts';
import { noteOutside, openAccount, readSchwabRow, type SchwabFile } from './schwab-rows.ts';

const TITLE = /^positions for (?:account )?(.+?) as of (.+)$/i;
const DAY_IN_TITLE = /\d{4}\/\d{2}\/\d{2}|\d{1,2}\/\d{1,2}\/\d{4}/;
const REQUIRED = ['symbol', 'quantity', 'price', 'value'] as const;
const HEADER_SCORE_MIN = 4;

/**
 * Reads Schwab's positions export: a title with account and day, a blank line, a header in one of several wordings and
 * orders, rows, totals. "All-Accounts" files hold a section for each account, under a line with its name.
 */
export function readSchwab(name: string, text: string, options: ReaderOptions): Result<ReadFile> {
  const delimiter = sniffDelimiter(text);
  const title = titleOf(name, text, delimiter);
  if (!title) return fail({ code: 'no-day', message: 'Neither a title line nor the file name says which day the positions are of.', at: name, fix: 'Export again, keeping the first line ("Positions for account … as of …") or the date in the file name.' });

  const file: SchwabFile = { collected: startCollecting(name, 'Schwab positions'), options, day: title.day, account: null, accounts: new Set(), columns: null, columnCount: 0 };
  if (title.account !== null) openAccount(file, title.account, 1);
  const cursor = csvRows(name, text, delimiter, options.tick);
  while (cursor.next()) {
    const problem = readRow(name, file, cursor, delimiter);
    if (problem) return problem;
  }
  if (cursor.fault) return fail(cursor.fault);
  if (!file.columns) return placeColumns([], SCHWAB, REQUIRED, name) as Result<never>;
  const scopes = [...file.accounts].map((account) => ({ account, kinds: INSTRUMENT_KINDS, cash: true, asOf: title.day }));
  return succeed(finishReading(file.collected, { format: 'schwab-positions-csv', asOf: title.day, asOfSource: title.source, scopes }));
}

function readRow(name: string, file: SchwabFile, cursor: RowCursor, delimiter: string): Result<never> | null {
  const { cells, line } = cursor;
  if (isBlank(cells) || isSeparatorLine(cells, delimiter) || TITLE.test(cells[0]?.trim() ?? '')) return null;
  if (headerScore(cells, SCHWAB) >= HEADER_SCORE_MIN) {
    const columns = placeColumns(cells, SCHWAB, REQUIRED, `${name}:${line}`);
    if (!columns.ok) return columns;
    file.columns = columns.value;
    file.columnCount = cells.length;
    return null;
  }
  const onlyFirst = cells.slice(1).every((cell) => cell.trim() === '');
  if (onlyFirst && !/total$/i.test(cells[0]?.trim() ?? '')) openAccount(file, cells[0]?.trim() ?? '', line);
  else if (file.columns) readSchwabRow(file, file.columns, cursor);
  else noteOutside(file, cursor);
  return null;
}

interface Title {
  account: string | null;
  day: IsoDate;
  source: string;
}

function titleOf(name: string, text: string, delimiter: string): Title | null {
  const cursor = csvRows(name, text, delimiter);
  while (cursor.next()) {
    if (isBlank(cursor.cells) || isSeparatorLine(cursor.cells, delimiter)) continue;
    // A title written without quotes is cut at its commas; it is read as one line all the same.
    const match = TITLE.exec(cursor.cells.join(delimiter).trim().replace(/[,;\s]+$/, ''));
    const day = match && readDay(DAY_IN_TITLE.exec(match[2] ?? '')?.[0] ?? '');
    const account = match?.[1]?.trim() ?? null;
    if (match && day) return { account: account && /^all[- ]accounts$/i.test(account) ? null : account, day, source: 'title line' };
    break;
  }
  const named = dayInFileName(name);
  return named ? { account: null, day: named, source: 'file name' } : null;
}
