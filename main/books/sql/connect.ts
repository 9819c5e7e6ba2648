import BetterSqlite from 'better-sqlite3';
import { assert } from '../../../shared/result.ts';

export type Database = BetterSqlite.Database;
export type Statement = BetterSqlite.Statement;

/** Before 3.51.3 SQLite could reset a WAL that was still needed. */
const SQLITE_MIN = [3, 51, 3] as const;
const BUSY_WAIT_MS = 5000;
/** Reading a whole book takes no longer with more of it, and every book that is open keeps what it has. */
const CACHE_KIB = 16_384;
/** An import of a hundred thousand rows fits into it, so that no page is written before it is full; larger ones are written behind. */
const BULK_CACHE_KIB = 65_536;

/** "Plim" in ASCII: what makes a SQLite file one of our books. */
export const APPLICATION_ID = 0x506c_696d;

/** The version of the SQLite library, asked of no file, since even that question would wait for a file's lock. */
export function sqliteVersion(): string {
  const db = connectInMemory();
  try {
    return db.prepare('SELECT sqlite_version()').pluck().get() as string;
  } finally {
    db.close();
  }
}

function isOldSqlite(version: string): boolean {
  const parts = version.split('.').map(Number);
  const differing = SQLITE_MIN.findIndex((minimum, place) => parts[place] !== minimum);
  return differing >= 0 && (parts[differing] ?? 0) < (SQLITE_MIN[differing] ?? 0);
}

/** Opens a SQLite file, changing nothing in it. Throws what SQLite throws. */
export function connect(path: string, { readOnly = false, create = false, busyWaitMs = BUSY_WAIT_MS } = {}): Database {
  const version = sqliteVersion();
  assert(!isOldSqlite(version), `SQLite ${version} is at least ${SQLITE_MIN.join('.')}`);
  return new BetterSqlite(path, { readonly: readOnly, fileMustExist: !create, timeout: busyWaitMs });
}

export function connectInMemory(): Database {
  return new BetterSqlite(':memory:');
}

/** The settings of every connection to a book. Only `journal_mode` is kept in the file. */
export function applySettings(db: Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  if (process.platform === 'darwin') {
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
  }
}

/** SQLite's own error code, such as `SQLITE_BUSY`; null for every other error. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof BetterSqlite.SqliteError ? error.code : null;
}

const prepared = new WeakMap<Database, Map<string, Statement>>();

/** The statement for this text, prepared once per connection; rows come as arrays. */
export function statement(db: Database, sql: string): Statement {
  let statements = prepared.get(db);
  if (!statements) prepared.set(db, (statements = new Map()));
  let known = statements.get(sql);
  if (!known) {
    known = db.prepare(sql);
    if (known.reader) known.raw();
    statements.set(sql, known);
  }
  return known;
}

/**
 * Does a piece of work with the CHECK constraints resting. They are there for other programs that open the file, and cost
 * a third of a bulk insert; what is written meanwhile must be right by how it was made, and a full verification checks it.
 */
export function withoutChecks<T>(db: Database, work: () => T): T {
  const before = db.pragma('ignore_check_constraints', { simple: true }) as number;
  db.pragma('ignore_check_constraints = ON');
  try {
    return work();
  } finally {
    db.pragma(`ignore_check_constraints = ${before}`);
  }
}

/**
 * The same for references between tables, around a whole transaction, within which SQLite cannot change this. Numbers
 * of names must come from the names themselves; a full verification follows every reference.
 */
export function withoutReferenceChecks<T>(db: Database, work: () => T): T {
  db.pragma('foreign_keys = OFF');
  try {
    return work();
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

/** Both of these for good, on a connection that does nothing but write. It makes do with the memory that all have. */
export function withoutAnyChecks(db: Database): void {
  for (const setting of ['ignore_check_constraints = ON', 'foreign_keys = OFF']) db.pragma(setting);
}

/** An error of SQLite that another thread met. */
export function sqliteError(message: string, code: string): Error {
  return new BetterSqlite.SqliteError(message, code);
}

/** Does a piece of work that writes much with more memory for it, which is given back then. */
export function withLargeCache<T>(db: Database, work: () => T): T {
  db.pragma(`cache_size = -${BULK_CACHE_KIB}`);
  try {
    return work();
  } finally {
    db.pragma(`cache_size = -${CACHE_KIB}`);
  }
}
