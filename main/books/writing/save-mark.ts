import type { MarkFact } from '../../../shared/domain/facts.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { Book } from '../book.ts';
import { bucketOf } from '../digests/partitions.ts';
import { FACT_TABLES } from '../facts/fact-tables.ts';
import { findId } from '../facts/ids.ts';
import { toDraft } from '../facts/to-rows.ts';
import type { Authorship } from './authorship.ts';
import { changeRow } from './change-row.ts';
import { writeEntry } from './entry.ts';
import { numbering } from './numbering.ts';

/**
 * Records one price. One that is older than the book's is history and not the current mark; the same price again
 * changes nothing. Fault `no-such-instrument` when the book does not know it.
 */
export function saveMark(book: Book, mark: MarkFact, authorship: Authorship): Result<{ sequence: number }> {
  if (findId(book.db, 'instrument', mark.instrument) === null) {
    return fail({ code: 'no-such-instrument', message: `The book has no instrument ${JSON.stringify(mark.instrument)}.`, at: book.path, fix: 'Import a file that holds it first.' });
  }
  const { table, kind } = FACT_TABLES.mark;
  const written = writeEntry(book, authorship, (entry) => {
    const draft = toDraft.mark(mark, numbering(book, entry));
    const edit = entry.partition(kind, bucketOf(kind, draft.key[0] ?? null));
    const isNews = changeRow(book, entry, edit, table, { key: draft.key, draft }, null);
    const { instrument, value, asOf, source } = mark;
    const described = { action: 'mark', reason: `Priced ${instrument} at ${value} as of ${asOf}`, detail: { instrument, value, asOf, source } };
    return { value: null, entry: isNews ? described : null };
  });
  return written.ok ? succeed({ sequence: written.value.sequence }) : written;
}
