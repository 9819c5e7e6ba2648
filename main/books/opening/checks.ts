import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Fault } from '../../../shared/result.ts';
import { BookDamaged, type Book } from '../book.ts';
import { digestOfText } from '../digests/digest.ts';
import { latestVersion, MIGRATIONS, migrate, schemaText, schemaVersion, type Migration } from '../migrations/migrate.ts';
import { APPLICATION_ID, connectInMemory, type Database } from '../sql/connect.ts';
import { isSystemError } from './system-error.ts';

const notABook = (path: string): Fault => ({ code: 'not-a-book', message: 'This file is not a Plimsoll book.', at: path, fix: 'It was not touched. Choose a book, or give the new one another name.' });

/** Why there can be no book at this path, before anything is opened; null when there can be, or is. */
export function pathFault(path: string, create: boolean): Fault | null {
  if (path !== path.trim()) return { code: 'bad-name', message: 'A book’s name cannot begin or end with a space.', at: path };
  if (!existsSync(dirname(path))) return { code: 'no-such-folder', message: `There is no folder ${dirname(path)}.`, at: path };
  try {
    const found = statSync(path);
    if (found.isDirectory()) return { code: 'not-a-book', message: 'This is a folder, not a book.', at: path };
    if (!found.isFile()) return { code: 'not-a-book', message: 'This is not a file.', at: path };
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) return { code: 'book-unreadable', message: 'The book cannot be opened.', at: path, fix: 'Check that you may read this file and its folder.' };
    return missingFault(path, create);
  }
  return null;
}

/** A book that was here, as its head file shows, is missing: it must not be taken for a new one. */
function missingFault(path: string, create: boolean): Fault | null {
  if (existsSync(`${path}.head`)) {
    const fix = `Put the book back, or restore a backup. If you mean to begin anew, move ${basename(path)}.head away first.`;
    return { code: 'book-missing', message: `There was a book here (${basename(path)}.head still names it), and it is gone.`, at: path, fix };
  }
  return create ? null : { code: 'no-such-book', message: 'There is no book here.', at: path, fix: 'Check the name, or import a file or the demo to make one.' };
}

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/**
 * Why this file is not for us to open, by its first bytes: refused so, a foreign file is not even touched by SQLite.
 * Only called while nobody writes to it: were it this process, closing the handle would drop its locks (POSIX).
 */
export function headerFault(path: string, migrations: readonly Migration[]): Fault | null {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) return notABook(path);
  return identityFault(path, header.readUInt32BE(APPLICATION_ID_AT), header.readUInt32BE(USER_VERSION_AT), migrations);
}

function identityFault(path: string, applicationId: number, version: number, migrations: readonly Migration[]): Fault | null {
  if (applicationId !== APPLICATION_ID) return notABook(path);
  const latest = latestVersion(migrations);
  if (version <= latest) return null;
  return {
    code: 'newer-book',
    message: `This book was made by a newer version of Plimsoll (schema ${version}; this one knows ${latest}).`,
    at: path,
    fix: 'It was not touched. Open it with the newer version.',
  };
}

/** The same, asked of an open connection, which also sees what is still in the WAL. */
export function identityFaultOf(path: string, db: Database, migrations: readonly Migration[]): Fault | null {
  return identityFault(path, db.pragma('application_id', { simple: true }) as number, schemaVersion(db), migrations);
}

/**
 * What SQLite's own check of the structure says, indexes among it, since some questions are answered from them; null when
 * it is sound. It does not look at content: digests do.
 */
export function structureFault(db: Database): string | null {
  // The CHECK constraints would take most of the time, and say nothing that the digests don't say better.
  db.pragma('ignore_check_constraints = ON');
  const answer = db.pragma('integrity_check(1)', { simple: true });
  db.pragma('ignore_check_constraints = OFF');
  return answer === 'ok' ? null : `its structure is broken (${String(answer)})`;
}

/** The same check, of a book that was opened without it. Throws BookDamaged. */
export function makeSureOfStructure(book: Book): void {
  if (book.isStructureChecked) return;
  const broken = structureFault(book.db);
  if (broken) throw new BookDamaged(broken);
  book.isStructureChecked = true;
}

/** A schema whose text differs from its version's has been edited, or damaged where no digest looks. */
export function schemaFault(db: Database, migrations: readonly Migration[] = MIGRATIONS): string | null {
  const found = schemaText(db);
  if (digestOfText(found) === migrations.at(-1)?.schema) return null;
  const model = connectInMemory();
  try {
    migrate(model, migrations, () => undefined);
    return schemaText(model) === found ? null : 'its schema is not that of its version';
  } finally {
    model.close();
  }
}
