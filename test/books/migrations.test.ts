import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeBook, openBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { bookSequence } from '../../main/books/reading/read-journal.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { first } from '../../main/books/migrations/001-first.ts';
import { latestVersion, MIGRATIONS, migrate, schemaText, schemaVersion, type Migration } from '../../main/books/migrations/migrate.ts';
import { connect, connectInMemory } from '../../main/books/sql/connect.ts';
import { readCalls, readDailyRecords } from '../../main/books/reading/read-calls.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { recordRun } from '../../main/books/writing/record-run.ts';
import { digestOfText } from '../../main/books/digests/digest.ts';
import { mark, positionsFile } from './facts.ts';
import { runOf } from './run-outcome.ts';
import { faultCode, MARY, must, newBook, OPEN, reopen, tempFolder } from './temp-book.ts';

const NOW = latestVersion(MIGRATIONS);
const NEXT = NOW + 1;
const next: Migration = { version: NEXT, title: 'a table of a later version', sql: 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;' };
const LATER = [...MIGRATIONS, next];

/** A book with two entries, closed. */
function filledBook(): string {
  const { book, path } = newBook();
  const file = positionsFile('U1', '2026-11-19', { AAPL: '100' });
  must(applyPlan(book, file.plan, file.bytes, MARY));
  closeBook(book);
  return path;
}

test('migration 1 makes the data model of STRICT tables and says so in the version', () => {
  const db = connectInMemory();
  migrate(db, [first], () => undefined);
  expect(schemaVersion(db)).toBe(1);
  const tables = db.prepare("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT GLOB 'sqlite_*'").all() as { name: string; strict: number }[];
  expect(tables.filter(({ strict }) => strict !== 1)).toEqual([]);
  expect(tables.map(({ name }) => name).toSorted()).toEqual(
    [
      'account', 'account_fact', 'activity', 'broker_figure', 'call', 'call_event', 'cash', 'corporate_action', 'daily_margin_record', 'dividend',
      'exchange_rate', 'exclusion', 'forward', 'implied_volatility', 'import', 'import_scope', 'instrument', 'instrument_fact', 'instrument_rate', 'journal',
      'mapping_profile', 'margin_group', 'margin_group_member', 'margin_run', 'mark', 'option_event', 'pack', 'partition', 'partition_digest', 'pool',
      'pool_pack', 'position', 'prior_margin', 'rate_curve_point', 'source_file',
    ],
  );
});

test('migration 2 lets a book hold calls for trades within the day, and what it held stays true', () => {
  const path = join(tempFolder(), 'old.plimsoll');
  const old = must(openBook(path, { ...OPEN, create: true }, [first]));
  const file = positionsFile('U1', '2026-11-19', { AAPL: '100' });
  must(applyPlan(old, file.plan, file.bytes, MARY));
  // That version has no place for what a run leaves to the next day.
  const asOfThen = (more = {}) => ({ ...runOf('U1', '500', '2026-11-19', more), priors: [] });
  must(recordRun(old, asOfThen(), MARY));
  expect(() => recordRun(old, asOfThen({ type: 'intradayMargin' }), MARY)).toThrow('CHECK constraint');
  const before = readCalls(old);
  closeBook(old);
  const book = must(openBook(path, OPEN));
  expect(schemaVersion(book.db)).toBe(NOW);
  expect(must(verifyBook(book)).partitions).toBeGreaterThan(0);
  expect(readCalls(book)).toEqual(before);
  expect(readDailyRecords(book, '2026-11-19', '2026-11-19')).toHaveLength(1);
  must(recordRun(book, runOf('U1', '900', '2026-11-20', { type: 'intradayMargin' }), MARY));
  expect(readCalls(book)).toMatchObject([{ type: 'intradayMargin', called: '900' }]);
});

test('every table of facts carries both time axes', () => {
  const db = connectInMemory();
  migrate(db, [first], () => undefined);
  const withAxes = db.prepare(
    "SELECT tables.name FROM pragma_table_list AS tables WHERE schema = 'main' AND 5 = (SELECT count(*) FROM pragma_table_info(tables.name) WHERE name IN ('ended', 'valid_from', 'valid_to', 'sequence_from', 'sequence_to'))",
  );
  const names = withAxes.pluck().all() as string[];
  const facts = ['account_fact', 'activity', 'broker_figure', 'call', 'cash', 'corporate_action', 'dividend', 'exchange_rate', 'exclusion', 'forward', 'implied_volatility'];
  const more = ['instrument_fact', 'instrument_rate', 'mapping_profile', 'margin_group', 'margin_group_member', 'mark', 'option_event', 'pool', 'pool_pack', 'position', 'prior_margin', 'rate_curve_point'];
  expect(names.filter((name) => name !== 'option_deliverable').toSorted()).toEqual([...facts, ...more].toSorted());
});

test('a migration keeps a verified copy of the book as it was, and all facts', () => {
  const path = filledBook();
  const before = must(readFacts(reopenRead(path)));
  const book = must(openBook(path, OPEN, LATER));
  expect(schemaVersion(book.db)).toBe(NEXT);
  expect(must(readFacts(book))).toEqual(before);
  closeBook(book);

  const copy = connect(`${path}.before-version-${NEXT}`, { readOnly: true });
  expect(schemaVersion(copy)).toBe(NOW);
  expect(copy.prepare('SELECT max(sequence) FROM journal').pluck().get()).toBe(2);
  copy.close();
});

function reopenRead(path: string) {
  return reopen(path, { readOnly: true });
}

test('a migration that fails leaves the old version, whole, and the book opens with it', () => {
  const path = filledBook();
  const broken: Migration = { version: NEXT, title: 'broken halfway', sql: 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT;' };
  expect(openBook(path, OPEN, [...MIGRATIONS, broken]).ok).toBe(false);
  const book = reopen(path);
  expect(schemaVersion(book.db)).toBe(NOW);
  expect(bookSequence(book)).toBe(2);
  must(saveMark(book, mark('AAPL', '260', '2026-11-20'), MARY));
});

test('a book without the rights to be brought up to date is not opened for reading as if it were', () => {
  const path = filledBook();
  expect(faultCode(openBook(path, { ...OPEN, readOnly: true }, LATER))).toBe('older-book');
});

test('a new book takes every migration at once and needs no backup', () => {
  const path = join(tempFolder(), 'new.plimsoll');
  const book = must(openBook(path, { ...OPEN, create: true }, LATER));
  expect(schemaVersion(book.db)).toBe(NEXT);
  closeBook(book);
  expect(existsSync(`${path}.before-version-${NEXT}`)).toBe(false);
});

test('a book from a newer version is refused and not touched by a byte', () => {
  const path = filledBook();
  closeBook(must(openBook(path, OPEN, LATER)));
  const bytes = readFileSync(path);
  const { mtimeMs } = statSync(path);
  for (const readOnly of [false, true]) expect(faultCode(openBook(path, { ...OPEN, readOnly }))).toBe('newer-book');
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(statSync(path).mtimeMs).toBe(mtimeMs);
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test('the schema a book has is compared with the one its version should have', () => {
  const path = filledBook();
  const db = connect(path);
  db.exec('DROP INDEX position_past');
  db.close();
  expect(faultCode(openBook(path, OPEN))).toBe('book-damaged');
  const model = connectInMemory();
  migrate(model, MIGRATIONS, () => undefined);
  expect(schemaText(model)).toContain('position_past');
});

test('the newest migration says the digest of the schema that all of them make, so that opening need not make it again', () => {
  const model = connectInMemory();
  migrate(model, MIGRATIONS, () => undefined);
  expect(MIGRATIONS.at(-1)?.schema).toBe(digestOfText(schemaText(model)));
});
