import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Book } from '../../main/books/book.ts';
import { closeBook, openBook } from '../../main/books/open.ts';
import type { OpenOptions } from '../../main/books/opening/options.ts';
import { faultLine, type Result } from '../../shared/result.ts';

/**
 * Where tests keep their books: in memory where the system has such a folder, since thousands of flushes to a disk
 * would only measure the disk. Tests that are about the disk ask for `tmpdir()` themselves.
 */
export const BOOKS_FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder of the test's own, gone after it. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(BOOKS_FOLDER, 'plimsoll-books-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const NOW = '2026-11-20T10:00:00Z';
export const MARY = { by: 'mary', at: NOW };
export const OPEN: OpenOptions = { user: 'mary', program: 'Plimsoll test', now: () => NOW };

/** A fault where a test needed a value. */
export class MissingResult extends Error {}

/** The value of a result that must be there. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new MissingResult(`${result.fault.code}: ${faultLine(result.fault)}`);
  return result.value;
}

/** The code of a fault that must be there. */
export function faultCode(result: Result<unknown>): string {
  if (result.ok) throw new Error('expected a fault');
  return result.fault.code;
}

/** The one line a person reads of a fault that must be there. */
export function faultText(result: Result<unknown>): string {
  if (result.ok) throw new Error('expected a fault');
  return faultLine(result.fault);
}

/** A new book in a folder of the test's own; closed after the test if it still is open. */
export function newBook(folder = tempFolder()): { book: Book; path: string } {
  const path = join(folder, 'desk.plimsoll');
  const book = must(openBook(path, { ...OPEN, create: true }));
  onTestFinished(() => closeBook(book));
  return { book, path };
}

export function reopen(path: string, more: Partial<OpenOptions> = {}): Book {
  const book = must(openBook(path, { ...OPEN, ...more }));
  onTestFinished(() => closeBook(book));
  return book;
}
