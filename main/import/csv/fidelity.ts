import type { ReadFile } from '../../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { skip, startCollecting } from '../facts/collect.ts';
import { finishReading } from '../facts/finish.ts';
import { INSTRUMENT_KINDS } from '../facts/kinds.ts';
import { csvRows, isBlank } from '../text/csv-rows.ts';
import { isSeparatorLine, sniffDelimiter } from '../text/delimiter.ts';
import { headerScore, placeColumns } from '../text/headers.ts';
import { dayInFileName, readDay } from '../values/day.ts';
import { FIDELITY } from './aliases.ts';
import { rowTrouble } from './cells.ts';
import { readFidelityRow, type FidelityFile } from './fidelity-rows.ts';
import type { ReaderOptions } from './read-options.ts';

const DOWNLOADED = /date downloaded\s+([A-Za-z]{3}-\d{1,2}-\d{4}|\d{1,2}\/\d{1,2}\/\d{4})/i;
const REQUIRED = ['account', 'symbol', 'quantity', 'price', 'value'] as const;
const HEADER_SCORE_MIN = 5;

/**
 * Reads Fidelity's positions export: a header in any case, rows with one comma too many, core cash marked `**`, legal
 * text at the foot, and among it the day.
 */
export function readFidelity(name: string, text: string, options: ReaderOptions): Result<ReadFile> {
  const day = dayOfFile(name, text);
  if (!day) return fail({ code: 'no-day', message: 'Neither the footer ("Date downloaded …") nor the file name says which day the positions are of.', at: name, fix: 'Export again, or put the date into the file name (Portfolio_Positions_Oct-05-2026.csv).' });
  const delimiter = sniffDelimiter(text);
  const file: FidelityFile = { collected: startCollecting(name, 'Fidelity positions'), options, day: day.day, accounts: new Set(), columns: null, columnCount: 0 };
  const cursor = csvRows(name, text, delimiter, options.tick);
  while (cursor.next()) {
    const { cells, line } = cursor;
    if (isBlank(cells) || isSeparatorLine(cells, delimiter)) continue;
    if (headerScore(cells, FIDELITY) >= HEADER_SCORE_MIN) {
      const columns = placeColumns(cells, FIDELITY, REQUIRED, `${name}:${line}`);
      if (!columns.ok) return columns;
      file.columns = columns.value;
      file.columnCount = cells.length;
    } else if (file.columns && cells.length > 2) {
      readFidelityRow(file, file.columns, cursor);
    } else {
      skip(file.collected, rowTrouble(cursor, 'footer', 'Text around the table.'));
    }
  }
  if (cursor.fault) return fail(cursor.fault);
  if (!file.columns) return placeColumns([], FIDELITY, REQUIRED, name) as Result<never>;
  const scopes = [...file.accounts].map((account) => ({ account, kinds: INSTRUMENT_KINDS, cash: true, asOf: day.day }));
  return succeed(finishReading(file.collected, { format: 'fidelity-positions-csv', asOf: day.day, asOfSource: day.source, scopes }));
}

function dayOfFile(name: string, text: string): { day: IsoDate; source: string } | null {
  const downloaded = readDay(DOWNLOADED.exec(text)?.[1] ?? '');
  if (downloaded) return { day: downloaded, source: 'footer' };
  const named = dayInFileName(name);
  return named ? { day: named, source: 'file name' } : null;
}
