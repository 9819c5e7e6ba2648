import type { Book } from '../../main/books/book.ts';

/** Everything a book holds, table by table: two books are one when these are equal. */
export function contentOf(book: Book): Record<string, unknown[]> {
  const tables = book.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all() as string[];
  return Object.fromEntries(tables.map((table) => [table, book.db.prepare(`SELECT * FROM "${table}"`).raw().all().map((row) => JSON.stringify(row)).toSorted()]));
}
