import { digestOfText, type Digest } from '../digests/digest.ts';
import type { Row } from '../tables/bind.ts';
import { journalTable } from '../tables/record-tables.ts';

/** What the first entry names as its predecessor. */
export const NO_ENTRY: Digest = '0'.repeat(64);

const COLUMNS = Object.keys(journalTable.columns);
const SEQUENCE = COLUMNS.indexOf('sequence');
const PREVIOUS = COLUMNS.indexOf('previous_hash');
const HASH = COLUMNS.indexOf('hash');

/** An entry's hash: over all its other columns, the hash of the entry before it among them. */
export function entryHash(row: Row): Digest {
  return digestOfText(JSON.stringify(row.slice(0, HASH)));
}

/**
 * Why these rows are not the entries that follow on `after`, in one sentence; null when they are. An entry that was
 * edited, deleted, inserted or moved breaks its own hash, the number, or the link to the entry before it.
 */
export function chainFault(rows: readonly Row[], after: { sequence: number; hash: Digest }): string | null {
  let { sequence, hash } = after;
  for (const row of rows) {
    const number = row[SEQUENCE] as number;
    if (number !== sequence + 1) return `journal entry ${sequence + 1} is missing`;
    if (row[PREVIOUS] !== hash) return `journal entry ${number} does not follow from entry ${sequence}`;
    if (row[HASH] !== entryHash(row)) return `journal entry ${number} is not as it was written`;
    sequence = number;
    hash = row[HASH];
  }
  return null;
}
