import { writeSync } from 'node:fs';
import type { Book } from '../../../main/books/book.ts';
import { openBook } from '../../../main/books/open.ts';
import type { Result } from '../../../shared/result.ts';

export const BY = { by: 'child', at: '2026-11-20T09:00:00Z' };

/** Writes entry after entry into the book that the command line names. Each is acknowledged on standard output, synchronously, after the write has answered. */
export function writeUntilKilled(write: (book: Book, sequence: number) => Result<{ sequence: number }>): never {
  const [path = ''] = process.argv.slice(2);
  const opened = openBook(path, { user: BY.by, program: 'Plimsoll child', now: () => BY.at });
  if (!opened.ok) throw new Error(opened.fault.message);
  const book = opened.value;
  for (let sequence = book.head.sequence + 1; ; sequence += 1) {
    const written = write(book, sequence);
    if (!written.ok || written.value.sequence !== sequence) throw new Error(`entry ${sequence}: ${JSON.stringify(written)}`);
    writeSync(1, `${sequence}\n`);
  }
}
