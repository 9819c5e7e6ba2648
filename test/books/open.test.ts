import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import BetterSqlite from 'better-sqlite3';
import { closeBook, openBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { bookSequence, readJournal } from '../../main/books/reading/read-journal.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { sqliteVersion } from '../../main/books/sql/connect.ts';
import { mark, positionsFile } from './facts.ts';
import { faultCode, faultText, MARY, must, newBook, OPEN, reopen, tempFolder } from './temp-book.ts';

/** A closed book of three entries, the last of them a mark. */
function closedBook(): string {
  const { book, path } = newBook();
  const file = positionsFile('U1', '2026-11-19', { AAPL: '100' });
  must(applyPlan(book, file.plan, file.bytes, MARY));
  must(saveMark(book, mark('AAPL', '260', '2026-11-19'), MARY));
  closeBook(book);
  return path;
}

test('a connection has the settings that the book depends on', () => {
  const { db } = newBook().book;
  const setting = (name: string) => db.pragma(name, { simple: true });
  expect({
    journal: setting('journal_mode'),
    synchronous: setting('synchronous'),
    foreignKeys: setting('foreign_keys'),
    trustedSchema: setting('trusted_schema'),
    cellSizeCheck: setting('cell_size_check'),
    mmap: setting('mmap_size'),
    application: setting('application_id'),
    checksIgnored: setting('ignore_check_constraints'),
  }).toEqual({ journal: 'wal', synchronous: 2, foreignKeys: 1, trustedSchema: 0, cellSizeCheck: 1, mmap: 0, application: 0x506c_696d, checksIgnored: 0 });
});

test('the SQLite library is not one that could reset a WAL still needed', () => {
  const [major = 0, minor = 0, patch = 0] = sqliteVersion().split('.').map(Number);
  expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(3_051_003);
});

test('a new book begins with one entry that says who made it', () => {
  const { book } = newBook();
  expect(readJournal(book)).toMatchObject([{ sequence: 1, action: 'created', by: 'mary', reason: 'Created the book with Plimsoll test' }]);
  expect(book.name).toBe('desk');
  expect(must(verifyBook(book))).toEqual({ partitions: 0, journal: 1, files: 0 });
});

test('a book holds everything over closing and opening', () => {
  const path = closedBook();
  const book = reopen(path);
  expect(bookSequence(book)).toBe(3);
  expect(must(readFacts(book)).mark).toEqual([mark('AAPL', '260', '2026-11-19')]);
});

const refusals: { what: string; code: string; make: (folder: string) => string }[] = [
  { what: 'a folder', code: 'not-a-book', make: (folder) => (mkdirSync(join(folder, 'book')), 'book') },
  { what: 'a text file', code: 'not-a-book', make: (folder) => (writeFileSync(join(folder, 'notes.txt'), 'SQLite? No, a list of things.\n'.repeat(50)), 'notes.txt') },
  { what: 'an empty file', code: 'not-a-book', make: (folder) => (writeFileSync(join(folder, 'empty.plimsoll'), ''), 'empty.plimsoll') },
  { what: 'a PDF', code: 'not-a-book', make: (folder) => (writeFileSync(join(folder, 'x.plimsoll'), '%PDF-1.7\n'), 'x.plimsoll') },
  { what: 'a SQLite file of another program', code: 'not-a-book', make: (folder) => (foreignDatabase(join(folder, 'other.db')), 'other.db') },
  { what: 'a file in a folder that is not there', code: 'no-such-folder', make: () => join('nowhere', 'desk.plimsoll') },
  { what: 'a name that ends with a space', code: 'bad-name', make: () => 'desk.plimsoll ' },
];

function foreignDatabase(path: string): void {
  const db = new BetterSqlite(path);
  db.exec("PRAGMA journal_mode = WAL; CREATE TABLE theirs (id INTEGER); INSERT INTO theirs VALUES (1)");
  db.close();
}

test.each(refusals)('$what is refused in one line and left as it was', ({ code, make }) => {
  const folder = tempFolder();
  const path = join(folder, make(folder));
  const before = snapshotOf(folder);
  const refused = openBook(path, { ...OPEN, create: true });
  expect(faultCode(refused)).toBe(code);
  expect(faultText(refused)).not.toMatch(/\n|Error:/);
  const after = snapshotOf(folder);
  for (const [name, bytes] of before) expect(after.get(name)?.equals(bytes)).toBe(true);
  expect([...after.keys()].filter((name) => !before.has(name) && !name.endsWith('.lock'))).toEqual([]);
});

function snapshotOf(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map(({ name }) => [name, readFileSync(join(folder, name))]));
}

test('a missing book is not made unless that was asked for', () => {
  const path = join(tempFolder(), 'desk.plimsoll');
  expect(faultCode(openBook(path, OPEN))).toBe('no-such-book');
  expect(faultCode(openBook(path, { ...OPEN, create: true, readOnly: true }))).toBe('no-such-book');
  expect(existsSync(path)).toBe(false);
});

test('a book that went missing is not replaced by an empty one', () => {
  const path = closedBook();
  rmSync(path);
  expect(faultCode(openBook(path, { ...OPEN, create: true }))).toBe('book-missing');
  expect(existsSync(path)).toBe(false);
});

test('a book cut to nothing is not taken for a new one', () => {
  const path = closedBook();
  truncateSync(path, 0);
  expect(faultCode(openBook(path, { ...OPEN, create: true }))).toBe('not-a-book');
});

test('beside a writer the book can be read, and says who holds it', () => {
  const path = closedBook();
  const writer = reopen(path);
  const reader = reopen(path, { user: 'paul', readOnly: true });
  expect(reader.heldBy).toMatch(/^mary \(Plimsoll test, process \d+\) since 2026-11-20T10:00:00Z$/);
  must(saveMark(writer, mark('AAPL', '261', '2026-11-20'), MARY));
  expect(bookSequence(reader)).toBe(4);
  expect(must(readFacts(reader)).mark).toEqual([mark('AAPL', '261', '2026-11-20')]);
  expect(faultCode(saveMark(reader, mark('AAPL', '1', '2026-11-20'), MARY))).toBe('read-only');
  expect(must(verifyBook(reader)).journal).toBe(4);
});

test('reading alone, nobody holds the book', () => {
  expect(reopen(closedBook(), { readOnly: true }).heldBy).toBeNull();
});

test('a second book in the same program is told who holds it, and gets it when it is free', () => {
  const path = closedBook();
  const first = reopen(path);
  const second = openBook(path, { ...OPEN, user: 'paul' });
  expect(faultCode(second)).toBe('book-held');
  expect(faultText(second)).toContain('mary (Plimsoll test, process');
  closeBook(first);
  expect(reopen(path, { user: 'paul' }).readOnly).toBe(false);
});

test('a refused opening leaves the lock free', () => {
  const path = closedBook();
  writeFileSync(`${path}.head`, 'not a head\n');
  expect(faultCode(openBook(path, OPEN))).toBe('head-missing');
  expect(faultCode(openBook(path, OPEN))).toBe('head-missing');
  expect(existsSync(`${path}.holder`)).toBe(false);
});

test('a head one entry behind is a kill between commit and head, and is made good', () => {
  const path = closedBook();
  const third = readFileSync(`${path}.head`, 'utf8');
  const hash = readJournal(reopen(path, { readOnly: true }))[1]?.hash;
  writeFileSync(`${path}.head`, `plimsoll-head 2 ${hash}\n`);
  closeBook(reopen(path));
  expect(readFileSync(`${path}.head`, 'utf8')).toBe(third);
});

test.each([
  { what: 'ahead of the book', sequence: 4, hashOf: 3 },
  { what: 'of another book', sequence: 3, hashOf: 2 },
  { what: 'two entries behind', sequence: 1, hashOf: 1 },
])('a head $what means that the end is lost or replaced', ({ sequence, hashOf }) => {
  const path = closedBook();
  const hash = readJournal(reopen(path, { readOnly: true }))[hashOf - 1]?.hash;
  writeFileSync(`${path}.head`, `plimsoll-head ${sequence} ${hash}\n`);
  for (const readOnly of [true, false]) expect(faultCode(openBook(path, { ...OPEN, readOnly }))).toBe('lost-tail');
});

test('a book copied without its head opens only when asked to do without, after all of it was verified', () => {
  const path = closedBook();
  const copy = join(tempFolder(), 'copy.plimsoll');
  copyFileSync(path, copy);
  expect(faultCode(openBook(copy, OPEN))).toBe('head-missing');
  closeBook(reopen(copy, { withoutHead: true }));
  expect(bookSequence(reopen(copy))).toBe(3);
});

test('a book made just before a kill, its head file not yet written, is a new book', () => {
  const { book, path } = newBook();
  closeBook(book);
  rmSync(`${path}.head`);
  closeBook(reopen(path));
  expect(existsSync(`${path}.head`)).toBe(true);
});

test('a link to a book is the same book, with the same lock', () => {
  const path = closedBook();
  const link = join(tempFolder(), 'link.plimsoll');
  symlinkSync(path, link);
  reopen(path);
  expect(faultCode(openBook(link, OPEN))).toBe('book-held');
});

test.skipIf(process.getuid?.() === 0)('a book that may not be written is opened for reading only (not tested as root, who may do everything)', () => {
  const path = closedBook();
  chmodSync(join(path, '..'), 0o500);
  chmodSync(path, 0o400);
  expect(faultCode(openBook(path, OPEN))).toMatch(/^book-un(readable|writable)$/);
  chmodSync(join(path, '..'), 0o700);
});

test('a head that cannot be written stops the next change, and says so', () => {
  const path = closedBook();
  const book = reopen(path);
  mkdirSync(`${path}.head.new`);
  must(saveMark(book, mark('AAPL', '261', '2026-11-20'), MARY));
  const stuck = saveMark(book, mark('AAPL', '262', '2026-11-20'), MARY);
  expect(faultCode(stuck)).toBe('head-not-written');
  rmSync(`${path}.head.new`, { recursive: true });
  must(saveMark(book, mark('AAPL', '262', '2026-11-20'), MARY));
  closeBook(book);
  expect(bookSequence(reopen(path))).toBe(5);
});

test('a creation that was broken off leaves no book, and does not stand in the way of the next', () => {
  const path = join(tempFolder(), 'desk.plimsoll');
  writeFileSync(`${path}.creating`, 'half a book');
  writeFileSync(`${path}.creating-journal`, 'half a journal');
  expect(faultCode(openBook(path, OPEN))).toBe('no-such-book');
  expect(bookSequence(must(openBook(path, { ...OPEN, create: true })))).toBe(1);
});
