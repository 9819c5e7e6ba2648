import { renameSync, rmSync } from 'node:fs';
import { bookName, type Book } from '../book.ts';
import { migrate, type Migration } from '../migrations/migrate.ts';
import { NO_ENTRY } from '../journal/chain.ts';
import { APPLICATION_ID, connect, type Database } from '../sql/connect.ts';
import { flushRename, writeHead } from './head-file.ts';
import type { OpenOptions } from './options.ts';
import { removeSnapshot } from '../snapshot/snapshot-file.ts';
import { writeEntry } from '../writing/entry.ts';

function freshBook(path: string, db: Database, now: OpenOptions['now']): Book {
  return {
    path,
    name: bookName(path),
    readOnly: false,
    heldBy: null,
    db,
    lock: null,
    now,
    head: { sequence: 0, hash: NO_ENTRY },
    // The head file is written under the book's own name, once the book has it.
    headOnDisk: 1,
    rowsEnded: 0,
    intactRows: new Map(),
    intactHistory: new Map(),
    isStructureChecked: true,
    intactEntries: new Set(),
  };
}

/**
 * Makes a new book with its first journal entry, whole under another name first: a kill leaves either no book or a
 * complete one, and never an empty file that looks like a book that lost everything.
 */
export function createBook(path: string, options: OpenOptions, migrations: readonly Migration[]): void {
  const building = `${path}.creating`;
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${building}${suffix}`, { force: true });
  const db = connect(building, { create: true });
  let head;
  try {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma('foreign_keys = ON');
    migrate(db, migrations, () => undefined);
    const book = freshBook(path, db, options.now);
    const created = writeEntry(book, { by: options.user, at: options.now() }, () => ({
      value: null,
      entry: { action: 'created', reason: `Created the book with ${options.program}`, detail: { program: options.program } },
    }));
    if (!created.ok) throw new Error(created.fault.message);
    head = book.head;
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
  renameSync(building, path);
  flushRename(path);
  writeHead(path, head);
  // One left by an earlier book of this name would never be used, and only take room.
  removeSnapshot(path);
}
