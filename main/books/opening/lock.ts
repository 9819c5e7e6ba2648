import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isoInstant } from '../../../shared/time.ts';
import { connect, sqliteCode, type Database } from '../sql/connect.ts';

/**
 * One writer per book. The lock is a SQLite file of its own under BEGIN EXCLUSIVE: the system frees it when its process
 * dies, however it dies, and the book itself stays open to readers. A text file beside it says who holds it. Nothing
 * else may open the lock file: on POSIX, closing any handle on it would free the lock.
 */

export const holder = z.strictObject({ user: z.string(), program: z.string(), pid: z.int(), since: isoInstant });
export type Holder = z.infer<typeof holder>;

const lockPath = (book: string) => `${book}.lock`;
const holderPath = (book: string) => `${book}.holder`;

/** Long enough to outlast another opener's glance, short enough to be "at once" for a person. */
const GLANCE_MS = 150;

/** Takes the lock; null when another process, or another book in this one, has it. Throws what SQLite throws. */
export function takeLock(book: string, who: Holder): Database | null {
  const lock = connect(lockPath(book), { create: true, busyWaitMs: GLANCE_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  try {
    const path = holderPath(book);
    writeFileSync(`${path}.new`, `${JSON.stringify(who)}\n`);
    renameSync(`${path}.new`, path);
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** The holder's line goes first, so that nobody is named who no longer holds the book. */
export function freeLock(book: string, lock: Database): void {
  rmSync(holderPath(book), { force: true });
  lock.close();
}

/** Who holds the book for writing, as a person reads it; null when nobody does. */
export function whoHolds(book: string): string | null {
  let lock: Database;
  try {
    lock = connect(lockPath(book), { readOnly: true, busyWaitMs: 0 });
  } catch {
    return null; // no lock file: nobody has written here, or the folder was copied without it
  }
  try {
    lock.prepare('SELECT count(*) FROM sqlite_schema').get();
    return null;
  } catch {
    return describeHolder(book);
  } finally {
    lock.close();
  }
}

export function describeHolder(book: string): string {
  try {
    const { user, program, pid, since } = holder.parse(JSON.parse(readFileSync(holderPath(book), 'utf8')));
    return `${user} (${program}, process ${pid}) since ${since}`;
  } catch {
    return 'another program'; // it has the lock and has not written its line yet
  }
}
