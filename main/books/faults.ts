import { basename, dirname } from 'node:path';
import type { Fault } from '../../shared/result.ts';
import { fail, type Result } from '../../shared/result.ts';
import { BookDamaged } from './book.ts';
import { sqliteCode } from './sql/connect.ts';

/** What to do with a damaged book: everything is still there, so nothing may be thrown away. */
function keepTheFiles(path: string): string {
  const name = basename(path);
  return `Nothing was changed. Keep ${name}, ${name}-wal and ${name}.head in ${dirname(path)} as they are, and restore the last good backup.`;
}

export function damageFault(path: string, what: string): Fault {
  return { code: 'book-damaged', message: `The book is damaged: ${what}.`, at: path, fix: keepTheFiles(path) };
}

export function lostTailFault(path: string, what: string): Fault {
  return { code: 'lost-tail', message: `The end of the book is missing or replaced: ${what}.`, at: path, fix: keepTheFiles(path) };
}

/** The operating system's own words for the same troubles, when a file beside the database meets them. */
const SYSTEM_CODES: Readonly<Record<string, string>> = { EACCES: 'SQLITE_PERM', EPERM: 'SQLITE_PERM', EROFS: 'SQLITE_READONLY', ENOSPC: 'SQLITE_FULL', EDQUOT: 'SQLITE_FULL', EIO: 'SQLITE_IOERR' };

function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? (SYSTEM_CODES[error.code] ?? null) : null;
}

const SQLITE_FAULTS: readonly { code: RegExp; fault: string; message: (detail: string) => string; fix: string }[] = [
  { code: /^SQLITE_FULL/, fault: 'disk-full', message: () => 'The disk is full; nothing was changed.', fix: 'Make room and try again.' },
  { code: /^SQLITE_CANTOPEN/, fault: 'book-unreadable', message: () => 'The book cannot be opened.', fix: 'Check that you may read and write this file and its folder.' },
  { code: /^SQLITE_(READONLY|PERM|AUTH)/, fault: 'book-unwritable', message: () => 'The book cannot be written.', fix: 'Check that you may write this file and its folder, or open it read-only.' },
  { code: /^SQLITE_BUSY/, fault: 'book-busy', message: () => 'Another program is using the book.', fix: 'Close it there and try again.' },
  { code: /^SQLITE_IOERR/, fault: 'disk-error', message: (detail) => `The disk did not do as asked (${detail}).`, fix: 'Check the disk; nothing is confirmed that was not written.' },
];

/** The fault a thrown error stands for; null when it is not expected trouble but a broken invariant. */
export function faultOf(error: unknown, path: string): Fault | null {
  if (error instanceof BookDamaged) return damageFault(path, error.message);
  const code = sqliteCode(error) ?? systemCode(error);
  if (code === null) return null;
  if (/^SQLITE_(CORRUPT|NOTADB|SCHEMA|ERROR)/.test(code)) return damageFault(path, `SQLite says "${(error as Error).message}"`);
  const known = SQLITE_FAULTS.find((row) => row.code.test(code));
  return known ? { code: known.fault, message: known.message(code), at: path, fix: known.fix } : null;
}

/** Runs it, and turns damage and trouble with the disk into a fault. Broken invariants go on as throws. */
export function guarded<T>(path: string, run: () => Result<T>): Result<T> {
  try {
    return run();
  } catch (error) {
    const fault = faultOf(error, path);
    if (!fault) throw error;
    return fail(fault);
  }
}
