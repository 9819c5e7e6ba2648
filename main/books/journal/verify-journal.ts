import type { Head } from '../book.ts';
import type { Database } from '../sql/connect.ts';
import { statement } from '../sql/connect.ts';
import { JOURNAL_SQL } from '../sql/journal-statements.ts';
import type { Row } from '../tables/bind.ts';
import { chainFault, NO_ENTRY } from './chain.ts';

/** How a journal stands against itself and against the head kept outside. */
export type JournalState =
  | { kind: 'intact'; head: Head; rowsEnded: number }
  | { kind: 'damaged'; what: string }
  | { kind: 'lostTail'; what: string };

const ENTRIES_PER_READ = 1000;

/**
 * Recomputes the chain from the first entry on, and compares it with the head file: commits come before the head, so
 * the book may be one entry ahead of it, and never behind.
 */
export function verifyJournal(db: Database, onDisk: Head | null): JournalState {
  let head: Head = { sequence: 0, hash: NO_ENTRY };
  let rowsEnded = 0;
  let partitions = 0;
  let atHead: string | null = onDisk?.sequence === 0 ? NO_ENTRY : null;
  for (;;) {
    const rows = statement(db, JOURNAL_SQL.entriesFrom).all(head.sequence + 1, ENTRIES_PER_READ) as Row[];
    if (rows.length === 0) break;
    const fault = chainFault(rows, head);
    if (fault) return { kind: 'damaged', what: fault };
    for (const row of rows) if (row[0] === onDisk?.sequence) atHead = row[10] as string;
    const last = rows.at(-1) as Row;
    head = { sequence: last[0] as number, hash: last[10] as string };
    rowsEnded = last[6] as number;
    partitions = last[7] as number;
  }
  const lost = onDisk ? lostTail(head, onDisk, atHead) : null;
  if (lost) return { kind: 'lostTail', what: lost };
  const [total] = statement(db, JOURNAL_SQL.partitionTotal).get() as [number];
  if (total !== partitions) return { kind: 'damaged', what: `it has ${total} partitions and its journal knows ${partitions}` };
  return { kind: 'intact', head, rowsEnded };
}

function lostTail(head: Head, onDisk: Head, atHead: string | null): string | null {
  if (onDisk.sequence > head.sequence) {
    return `it ends at entry ${head.sequence}, and entry ${onDisk.sequence} had been written`;
  }
  if (atHead !== onDisk.hash) return `its entry ${onDisk.sequence} is not the one that had been written`;
  if (head.sequence - onDisk.sequence > 1) {
    return `it has ${head.sequence - onDisk.sequence} entries after the last one that was confirmed, and can have one at most`;
  }
  return null;
}
