import { fail, succeed, type Result } from '../../shared/result.ts';
import { BookDamaged, type Book } from './book.ts';
import { PARTITION_KINDS, type PartitionKind } from './digests/partitions.ts';
import { intactHistory, intactRows, verifyEntryDigests } from './digests/verify.ts';
import { damageFault, guarded, lostTailFault } from './faults.ts';
import { verifyJournal } from './journal/verify-journal.ts';
import { makeSureOfStructure } from './opening/checks.ts';
import { readHead } from './opening/head-file.ts';
import { bookSequence } from './reading/read-journal.ts';
import { snapshot } from './reading/snapshot.ts';
import { statement } from './sql/connect.ts';
import { JOURNAL_SQL } from './sql/journal-statements.ts';
import { SOURCE_FILE_SQL, sourceFileBytes } from './writing/source-file.ts';

/** What a full verification has looked at. */
export interface Verified {
  partitions: number;
  /** Entries of the journal, all of them recomputed and linked up to the head file. */
  journal: number;
  files: number;
}

/**
 * Recomputes every digest, the whole chain and every kept file, and compares the chain with the head file. Remembers
 * nothing of what was verified before: this is the check that does not take anyone's word.
 */
export function verifyBook(book: Book): Result<Verified> {
  return guarded(book.path, () => {
    const head = readHead(book.path);
    return snapshot(book, () => {
      const journal = verifyJournal(book.db, head === 'unreadable' ? null : head);
      if (journal.kind === 'damaged') return fail(damageFault(book.path, journal.what));
      if (journal.kind === 'lostTail') return fail(lostTailFault(book.path, journal.what));
      book.intactRows.clear();
      book.intactHistory.clear();
      book.intactEntries.clear();
      verifyStructure(book);
      const kinds: readonly PartitionKind[] = Object.values(PARTITION_KINDS);
      for (const kind of kinds) {
        intactRows(book, kind, null);
        intactHistory(book, kind, null);
      }
      verifyEveryEntry(book);
      const files = verifyFiles(book);
      const [partitions] = statement(book.db, JOURNAL_SQL.partitionTotal).get() as [number];
      return succeed({ partitions, journal: bookSequence(book), files });
    });
  });
}

/** Lets SQLite check the structure of a book that was opened without it; once is enough. A fault says what is broken. */
export function ensureStructure(book: Book): Result<Record<string, never>> {
  return guarded(book.path, () => {
    makeSureOfStructure(book);
    return succeed({});
  });
}

function verifyStructure(book: Book): void {
  const structure = book.db.pragma('integrity_check(1)', { simple: true });
  if (structure !== 'ok') throw new BookDamaged(`its structure is broken (${String(structure)})`);
  const orphans = book.db.pragma('foreign_key_check') as { table: string }[];
  if (orphans[0]) throw new BookDamaged(`a row of ${orphans[0].table} refers to something that is not there`);
}

/** Each entry's own list of digests, also where later entries have superseded them all. */
function verifyEveryEntry(book: Book): void {
  const last = bookSequence(book);
  for (let sequence = 1; sequence <= last; sequence += 1) verifyEntryDigests(book, sequence);
}

function verifyFiles(book: Book): number {
  const hashes = statement(book.db, SOURCE_FILE_SQL.hashes).all() as [string][];
  for (const [sha256] of hashes) {
    if (sourceFileBytes(book, sha256) === null) throw new BookDamaged(`the kept bytes of an imported file (${sha256.slice(0, 12)}…) are not what was imported`);
  }
  return hashes.length;
}
