import type { IsoInstant } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import type { Digest } from '../digests/digest.ts';
import { statement } from '../sql/connect.ts';
import { JOURNAL_SQL } from '../sql/journal-statements.ts';

/** One change of the book: who made it, when, what it was and why. */
export interface JournalEntry {
  sequence: number;
  at: IsoInstant;
  by: string;
  /** `created`, `import`, `mark`, `profile`, `run`. */
  action: string;
  /** One sentence for a person. */
  reason: string;
  detail: Readonly<Record<string, unknown>>;
  hash: Digest;
  previousHash: Digest;
}

const ENTRIES_MAX = 10_000;

type JournalRow = [number, IsoInstant, string, string, string, string, number, number, Digest, Digest, Digest];

/** Entries from a sequence number on (1 when left out), oldest first, at most `limit` of them. */
export function readJournal(book: Book, from = 1, limit = ENTRIES_MAX): JournalEntry[] {
  const rows = statement(book.db, JOURNAL_SQL.entriesFrom).all(from, limit) as JournalRow[];
  return rows.map(([sequence, at, by, action, reason, detail, , , , previousHash, hash]) => ({
    sequence,
    at,
    by,
    action,
    reason,
    detail: JSON.parse(detail) as Record<string, unknown>,
    hash,
    previousHash,
  }));
}

/** The number of the last journal entry: grows by one with every change, and by nothing else. */
export function bookSequence(book: Book): number {
  const [sequence] = statement(book.db, JOURNAL_SQL.lastSequence).get() as [number];
  return sequence;
}
