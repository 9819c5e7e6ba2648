import { BookDamaged, type Book } from '../book.ts';
import { statement } from '../sql/connect.ts';
import { NAME_SQL } from '../facts/ids.ts';
import { JOURNAL_SQL } from '../sql/journal-statements.ts';
import type { Row } from '../tables/bind.ts';
import { digestOfText, historyDigest, rowsDigest, type Digest } from './digest.ts';
import {
  digestLists,
  partitionName,
  readPartitionHistory,
  readPartitionRows,
  sumOfHistory,
  type HistoryRow,
  type PartitionKind,
  type PartitionRows,
} from './partitions.ts';

/** What the journal last said about a partition. */
export interface KnownDigest {
  sequence: number;
  rows: Digest;
  history: Digest;
}

/** The digest over the digests an entry changed, by partition name: what the entry's own hash covers. */
export function entryDigest(digests: readonly Row[]): Digest {
  return digestOfText(JSON.stringify(digests));
}

/** What the journal last recorded of a partition; null when it never touched it. Throws when that record is damaged. */
export function knownDigest(book: Book, name: string): KnownDigest | null {
  const id = statement(book.db, JOURNAL_SQL.partitionId).get(name) as [number] | undefined;
  if (!id) return null;
  const latest = statement(book.db, JOURNAL_SQL.latestDigest).get(...id) as [number, Digest, Digest] | undefined;
  if (!latest) throw new BookDamaged(`the journal has lost its digest of ${name}`);
  const [sequence, rows, history] = latest;
  verifyEntryDigests(book, sequence);
  return { sequence, rows, history };
}

/** Compares the digests an entry recorded with the digest of them in the entry itself. Throws BookDamaged. */
export function verifyEntryDigests(book: Book, sequence: number): void {
  if (book.intactEntries.has(sequence)) return;
  const entry = statement(book.db, JOURNAL_SQL.entryDigest).get(sequence) as [Digest] | undefined;
  const digests = statement(book.db, JOURNAL_SQL.digestsOfEntry).all(sequence) as Row[];
  if (entry?.[0] !== entryDigest(digests)) throw new BookDamaged(`the digests of journal entry ${sequence} are not what the entry says`);
  book.intactEntries.add(sequence);
}

/** "account U1234" rather than "account/17", as far as the book can still say. */
function describePartition(book: Book, kind: PartitionKind, bucket: number): string {
  if (kind.split !== 'byAccount') return kind.split === 'single' ? kind.name : `${kind.name} (part ${bucket})`;
  const code = statement(book.db, NAME_SQL.account.code).get(bucket) as [string] | undefined;
  const subject = `account ${code?.[0] ?? `number ${bucket}`}`;
  return kind.name === 'account' ? subject : `${kind.name} of ${subject}`;
}

function damaged(book: Book, kind: PartitionKind, bucket: number, what: string): BookDamaged {
  return new BookDamaged(`the ${what} of ${describePartition(book, kind, bucket)} is not what the journal recorded`);
}

const EMPTY_HISTORY = historyDigest(0n);

function verifyRows(book: Book, kind: PartitionKind, bucket: number, rows: PartitionRows): void {
  const name = partitionName(kind, bucket);
  const known = knownDigest(book, name);
  if (!known) {
    if (digestLists(rows).some((list) => list.length > 0)) throw damaged(book, kind, bucket, 'data');
    return;
  }
  if (book.intactRows.get(name) === known.sequence) return;
  if (rowsDigest(digestLists(rows)) !== known.rows) throw damaged(book, kind, bucket, 'data');
  book.intactRows.set(name, known.sequence);
}

function verifyHistory(book: Book, kind: PartitionKind, bucket: number, history: readonly HistoryRow[]): void {
  const name = partitionName(kind, bucket);
  const known = knownDigest(book, name);
  if (known && book.intactHistory.get(name) === known.sequence) return;
  if (historyDigest(sumOfHistory(history)) !== (known?.history ?? EMPTY_HISTORY)) throw damaged(book, kind, bucket, 'history');
  if (known) book.intactHistory.set(name, known.sequence);
}

/** Buckets of this kind that the journal knows: rows that went missing altogether must be missed. */
function knownBuckets(book: Book, kind: PartitionKind): number[] {
  const partitions = statement(book.db, JOURNAL_SQL.partitionsOfKind).all(kind.name) as [number, string][];
  return partitions.map(([, name]) => Number(name.slice(kind.name.length + 1)));
}

/** The current rows of one partition, or of all of its kind; verified the first time they are read. Throws BookDamaged. */
export function intactRows(book: Book, kind: PartitionKind, bucket: number | null): Map<number, PartitionRows> {
  const found = readPartitionRows(book.db, kind, bucket);
  for (const known of bucket === null ? knownBuckets(book, kind) : []) {
    if (!found.has(known)) found.set(known, { names: [], current: kind.current.map(() => []) });
  }
  for (const [at, rows] of found) verifyRows(book, kind, at, rows);
  return found;
}

/** The history of one partition, or of all of its kind; verified the first time it is read. Throws BookDamaged. */
export function intactHistory(book: Book, kind: PartitionKind, bucket: number | null): Map<number, HistoryRow[]> {
  const found = readPartitionHistory(book.db, kind, bucket);
  for (const known of bucket === null ? knownBuckets(book, kind) : []) if (!found.has(known)) found.set(known, []);
  for (const [at, history] of found) verifyHistory(book, kind, at, history);
  return found;
}

/** Makes sure of the history of one partition, or of all of its kind, without reading what was verified before. */
export function ensureHistory(book: Book, kind: PartitionKind, bucket: number | null): void {
  for (const at of bucket === null ? knownBuckets(book, kind) : [bucket]) {
    const name = partitionName(kind, at);
    const known = knownDigest(book, name);
    if (!known || book.intactHistory.get(name) !== known.sequence) intactHistory(book, kind, at);
  }
}
