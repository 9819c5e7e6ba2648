import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, succeed, type Fault, type Result } from '../../shared/result.ts';
import { bookName, type Book, type Head } from './book.ts';
import { damageFault, guarded, lostTailFault } from './faults.ts';
import { NO_ENTRY } from './journal/chain.ts';
import { verifyJournal } from './journal/verify-journal.ts';
import { backUp, backupPath } from './migrations/backup.ts';
import { latestVersion, migrate, MIGRATIONS, schemaVersion, type Migration } from './migrations/migrate.ts';
import { headerFault, identityFaultOf, pathFault, schemaFault, structureFault } from './opening/checks.ts';
import { createBook } from './opening/create.ts';
import { readHead, writeHead } from './opening/head-file.ts';
import { describeHolder, freeLock, takeLock, whoHolds } from './opening/lock.ts';
import type { OpenOptions } from './opening/options.ts';
import { applySettings, connect, statement, type Database } from './sql/connect.ts';
import { JOURNAL_SQL } from './sql/journal-statements.ts';
import { verifyBook } from './verify-book.ts';

/**
 * Opens a book, step by step: lock, identity, settings, structure, migrations, journal, head. Any step that finds
 * something wrong ends it with one fault, everything closed again and nothing changed. A second writer is told who has
 * the book (`book-held`); with `readOnly` it may read beside them.
 */
export function openBook(path: string, options: OpenOptions, migrations: readonly Migration[] = MIGRATIONS): Result<Book> {
  return guarded(path, () => {
    const wrong = pathFault(path === path.trim() ? resolve(path) : path, options.create === true && options.readOnly !== true);
    if (wrong) return fail(wrong);
    const place = realPath(resolve(path));
    return options.readOnly === true ? openForReading(place, options, migrations) : openLocked(place, options, migrations);
  });
}

/** One book has one path, and so one lock, however many links lead to it. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

function openForReading(path: string, options: OpenOptions, migrations: readonly Migration[]): Result<Book> {
  const foreign = whoHolds(path) === null ? headerFault(path, migrations) : null;
  return foreign ? fail(foreign) : openUnlocked(path, options, null, migrations);
}

function openLocked(path: string, options: OpenOptions, migrations: readonly Migration[]): Result<Book> {
  const { user, program, now } = options;
  const lock = takeLock(path, { user, program, pid: process.pid, since: now() });
  if (!lock) {
    return fail({ code: 'book-held', message: `The book is held by ${describeHolder(path)}.`, at: path, fix: 'Close it there, or open it for reading only.' });
  }
  let opened: Result<Book> | null = null;
  try {
    const foreign = existsSync(path) ? headerFault(path, migrations) : null;
    if (foreign) return (opened = fail(foreign));
    if (!existsSync(path)) createBook(path, options, migrations);
    return (opened = openUnlocked(path, options, lock, migrations));
  } finally {
    if (!opened?.ok) freeLock(path, lock);
  }
}

/** The steps that writers and readers share. With a lock we are the writer, without one we only read. */
function openUnlocked(path: string, options: OpenOptions, lock: Database | null, migrations: readonly Migration[]): Result<Book> {
  // The head is read before the book: a writer may commit in between, and the book may be ahead but never behind.
  const head = readHead(path);
  const db = connect(path, { readOnly: lock === null });
  let opened: Result<Book> | null = null;
  try {
    return (opened = examine(path, options, { db, lock, head, migrations }));
  } finally {
    if (!opened?.ok) db.close();
  }
}

interface Opening {
  db: Database;
  lock: Database | null;
  head: Head | null | 'unreadable';
  migrations: readonly Migration[];
}

function examine(path: string, options: OpenOptions, { db, lock, head, migrations }: Opening): Result<Book> {
  const foreign = identityFaultOf(path, db, migrations);
  if (foreign) return fail(foreign);
  applySettings(db);
  const isCurrent = schemaVersion(db) === latestVersion(migrations);
  const isStructureChecked = options.checkLater !== true || !isCurrent;
  const broken = isStructureChecked ? structureFault(db) : null;
  if (broken) return fail(damageFault(path, broken));
  const outdated = bringUpToDate(path, db, lock, migrations);
  if (outdated) return fail(outdated);
  const edited = schemaFault(db, migrations);
  if (edited) return fail(damageFault(path, edited));

  const known = head ?? headOfNewBook(db);
  const strange = headFault(path, known, options);
  if (strange) return fail(strange);
  return withJournal(path, options, { db, lock, head: known, isStructureChecked });
}

/** A book of one entry may have been made just before a kill, and its head file not yet. */
function headOfNewBook(db: Database): Head | null {
  const [last] = statement(db, JOURNAL_SQL.lastSequence).get() as [number];
  return last <= 1 ? { sequence: 0, hash: NO_ENTRY } : null;
}

function withJournal(path: string, options: OpenOptions, { db, lock, head, isStructureChecked }: Omit<Opening, 'migrations'> & { isStructureChecked: boolean }): Result<Book> {
  const known = head === 'unreadable' ? null : head;
  const journal = verifyJournal(db, known);
  if (journal.kind === 'damaged') return fail(damageFault(path, journal.what));
  if (journal.kind === 'lostTail') return fail(lostTailFault(path, journal.what));
  const book: Book = {
    path,
    name: bookName(path),
    readOnly: lock === null,
    heldBy: lock ? null : whoHolds(path),
    db,
    lock,
    now: options.now,
    head: journal.head,
    headOnDisk: known?.sequence ?? 0,
    rowsEnded: journal.rowsEnded,
    intactRows: new Map(),
    intactHistory: new Map(),
    isStructureChecked,
    intactEntries: new Set(),
  };
  return known ? succeed(caughtUp(book)) : adopted(book);
}

/** A writer brings the head file up to the book, should a kill have left it one entry behind. */
function caughtUp(book: Book): Book {
  if (!book.readOnly && book.headOnDisk !== book.head.sequence) {
    writeHead(book.path, book.head);
    book.headOnDisk = book.head.sequence;
  }
  return book;
}

/** A book without its head file is taken only when all of it is found intact, since its end can no longer be proved. */
function adopted(book: Book): Result<Book> {
  const verified = verifyBook(book);
  return verified.ok ? succeed(caughtUp(book)) : verified;
}

function headFault(path: string, head: Opening['head'], options: OpenOptions): Fault | null {
  if (head !== null && head !== 'unreadable') return null;
  if (options.withoutHead === true) return null;
  const what = head === null ? `${path}.head, which shows that nothing was cut off its end, is missing` : `${path}.head cannot be read`;
  return { ...lostTailFault(path, what), code: 'head-missing', fix: 'Copy the .head file along with the book: it proves that nothing is missing at the book\'s end.' };
}

function bringUpToDate(path: string, db: Database, lock: Database | null, migrations: readonly Migration[]): Fault | null {
  const version = schemaVersion(db);
  const pending = migrations.some((migration) => migration.version > version);
  if (!pending) return null;
  if (!lock) {
    return { code: 'older-book', message: `This book has an older schema (${version}) and must first be brought up to date.`, at: path, fix: 'Open it once for writing.' };
  }
  migrate(db, migrations, () => backUp(db, backupPath(path, version + 1)));
  return null;
}

/** Closes the book and frees its lock. Everything was durable when it was written; closing only tidies the WAL away. */
export function closeBook(book: Book): void {
  if (!book.db.open) return;
  book.db.close();
  if (book.lock) freeLock(book.path, book.lock);
}
