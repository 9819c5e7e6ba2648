import type { Book } from '../book.ts';
import { statement } from '../sql/connect.ts';

/** Reads within one transaction, so that a reader beside a writer sees one state of the book and not two. */
export function snapshot<T>(book: Book, read: () => T): T {
  if (book.db.inTransaction) return read();
  statement(book.db, 'BEGIN').run();
  try {
    return read();
  } finally {
    if (book.db.inTransaction) statement(book.db, 'COMMIT').run();
  }
}
