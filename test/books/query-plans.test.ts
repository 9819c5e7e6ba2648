import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from '../../main/books/migrations/migrate.ts';
import { NUMBERS, pastInsertText, positionInsertText } from '../../main/books/sql/bulk-statements.ts';
import { CALL_SQL } from '../../main/books/sql/call-statements.ts';
import { connectInMemory } from '../../main/books/sql/connect.ts';
import { CLOSE_SQL } from '../../main/books/reading/read-closes.ts';
import { IMPORT_SQL } from '../../main/books/sql/import-statements.ts';
import { JOURNAL_SQL } from '../../main/books/sql/journal-statements.ts';
import { URGENT_SQL } from '../../main/books/sql/urgent-statements.ts';
import { currentRowsText, currentTextsText, deleteCurrentText, pastOfKeyText, pastRowsText, recordRowsText, withdrawText } from '../../main/books/sql/table-statements.ts';
import { NAME_SQL } from '../../main/books/facts/ids.ts';
import { callEventTable, dailyMarginRecordTable } from '../../main/books/tables/record-tables.ts';
import * as versioned from '../../main/books/tables/versioned-tables.ts';
import { SCOPE_SQL } from '../../main/books/writing/horizons.ts';
import { SOURCE_FILE_SQL } from '../../main/books/writing/source-file.ts';

const db = connectInMemory();
migrate(db, MIGRATIONS, () => undefined);

/** What SQLite will do for a statement, one step a line. */
function planOf(sql: string): string[] {
  const named = Object.fromEntries([...sql.matchAll(/:([a-z]+)/g)].map(([, name]) => [name, null]));
  const parameters = [...Array<null>(sql.split('?').length - 1).fill(null), ...(Object.keys(named).length > 0 ? [named] : [])];
  return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]).map(({ detail }) => detail);
}

/** Tables with a row or two a day, whatever the size of the book. */
const SMALL = /^(SCAN|SEARCH) (margin_run|import|mapping_profile|exchange_rate)\b/;

const tables = Object.values(versioned);
const keyed = tables.filter(({ keyColumns }) => keyColumns[0]?.endsWith('_id'));

test.each(keyed)('current rows of $name are one range of its own tree, in order, for one account or bucket', (table) => {
  for (const text of [currentRowsText(table, true), currentTextsText(table, true), currentTextsText(table, false)]) expect(planOf(text)).toEqual([`SEARCH ${table.name} USING PRIMARY KEY (ended=? AND ${table.keyColumns[0]}>? AND ${table.keyColumns[0]}<?)`]);
});

test.each(tables)('all current rows of $name are read without wading through its past', (table) => {
  expect(planOf(currentRowsText(table, false))).toEqual([`SEARCH ${table.name} USING PRIMARY KEY (ended=?)`]);
});

test.each(keyed)('past rows of $name are found by account or bucket', (table) => {
  for (const sql of [pastRowsText(table, true), pastOfKeyText(table)]) expect(planOf(sql)).toEqual([expect.stringContaining(`SEARCH ${table.name} USING INDEX ${table.name}_past`)]);
});

test.each(tables)('one row of $name is changed without looking at others', (table) => {
  for (const sql of [deleteCurrentText(table), withdrawText(table)]) expect(planOf(sql)).toEqual([expect.stringMatching(new RegExp(`^SEARCH ${table.name} USING PRIMARY KEY \\(ended=\\?.*AND ${table.keyColumns.at(-1)}=\\?\\)$`))]);
});

test('positions are added by walking through numbers, once, with no table of their own in between', () => {
  db.exec(NUMBERS);
  const widths = { instrument: 16, quantity: 8, entryPrice: 16 };
  const inserts = [true, false].flatMap((isPriced) => [true, false].map((replaces) => positionInsertText(widths, isPriced, replaces)));
  for (const sql of [...inserts, pastInsertText()]) expect(planOf(sql)).toEqual(['SEARCH record_number USING INTEGER PRIMARY KEY (rowid<?)']);
});

test.each([callEventTable, dailyMarginRecordTable])('$name is found by account', (table) => {
  expect(planOf(recordRowsText(table, true))).toEqual([expect.stringContaining(`SEARCH ${table.name} USING PRIMARY KEY (account_id>? AND account_id<?)`)]);
});

/** Statements that are meant to read a whole table, and the one table each may scan. */
const WHOLE: Readonly<Record<string, RegExp>> = {
  [NAME_SQL.account.all]: /^SCAN account\b/,
  [NAME_SQL.instrument.all]: /^SCAN instrument\b/,
  [JOURNAL_SQL.partitionTotal]: /^SCAN partition\b/,
  [JOURNAL_SQL.latestDigestsOfKind]: /^SCAN partition\b/,
  [JOURNAL_SQL.latestDigestsOf]: /^SCAN json_each\b/,
  [SCOPE_SQL.coveredAfter]: /^SCAN account VIRTUAL TABLE\b/,
  [SOURCE_FILE_SQL.hashes]: /^SCAN source_file USING COVERING INDEX/,
  [CALL_SQL.recordsOfDay]: /^SCAN daily_margin_record\b/,
  [CALL_SQL.strikesSince]: /^SCAN step\b/,
  // Lists of a few words that are handed in.
  [URGENT_SQL.accounts]: /^SCAN (json_each|weight) VIRTUAL TABLE\b/,
};

const fixed = [JOURNAL_SQL, CALL_SQL, CLOSE_SQL, IMPORT_SQL, SCOPE_SQL, SOURCE_FILE_SQL, URGENT_SQL, NAME_SQL.account, NAME_SQL.instrument].flatMap((group): string[] => Object.values(group));

test.each(fixed.filter((sql) => sql.startsWith('SELECT')).map((sql) => ({ sql })))('$sql scans nothing that grows', ({ sql }) => {
  // A walk along an index that ends at its first row is a scan to SQLite, and one row to us.
  const scans = planOf(sql).filter((step) => step.startsWith('SCAN') && !SMALL.test(step) && !/LIMIT 1$|max\(/.test(sql));
  expect(scans.filter((step) => !WHOLE[sql]?.test(step))).toEqual([]);
});
