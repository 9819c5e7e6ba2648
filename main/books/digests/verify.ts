import { BookDamaged, type Book } from '../book.ts';
import { statement } from '../sql/connect.ts';
import { NAME_SQL } from '../facts/ids.ts';
import { JOURNAL_SQL } from '../sql/journal-statements.ts';
import type { Row } from '../tables/bind.ts';
import { digestOfText, historyDigest, rowsDigest, type Digest } from './digest.ts';
import {
  bucketsOf,
  digestLists,
  partitionName,
  readPartitionHistory,
  readPartitionRows,
  sumOfHistory,
  type HistoryRow,
  type PartitionKind,
  type PartitionRows,
  type Run,
} from './partitions.ts';

/** What the journal last said about a partition. */
export interface KnownDigest {
  /** The partition's number. */
  id: number;
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
  const latest = statement(book.db, JOURNAL_SQL.latestDigest).get(name) as DigestRow | undefined;
  return latest ? believed(book, name, latest) : null;
}

type DigestRow = [id: number, sequence: number | null, rows: Digest | null, history: Digest | null];

function believed(book: Book, name: string, [id, sequence, rows, history]: DigestRow): KnownDigest {
  if (sequence === null || rows === null || history === null) throw new BookDamaged(`the journal has lost its digest of ${name}`);
  verifyEntryDigests(book, sequence);
  return { id, sequence, rows, history };
}

/** The same of every partition of a kind that the journal knows, by bucket: rows that went missing altogether must be missed. */
export function knownDigests(book: Book, kind: PartitionKind): Map<number, KnownDigest> {
  return byBucket(book, kind, statement(book.db, JOURNAL_SQL.latestDigestsOfKind).all(kind.name) as NamedDigestRow[]);
}

/** The same of these partitions, but for those that the journal does not know. */
export function knownDigestsOf(book: Book, kind: PartitionKind, buckets: readonly number[]): Map<number, KnownDigest> {
  const names = JSON.stringify(buckets.map((bucket) => partitionName(kind, bucket)));
  return byBucket(book, kind, statement(book.db, JOURNAL_SQL.latestDigestsOf).all(names) as NamedDigestRow[]);
}

type NamedDigestRow = [name: string, ...DigestRow];

function byBucket(book: Book, kind: PartitionKind, latest: readonly NamedDigestRow[]): Map<number, KnownDigest> {
  return new Map(latest.map(([name, ...digest]) => [Number(name.slice(kind.name.length + 1)), believed(book, name, digest)]));
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

function verifyRows(book: Book, kind: PartitionKind, bucket: number, rows: PartitionRows, known: KnownDigest | null): void {
  const name = partitionName(kind, bucket);
  if (known && book.intactRows.get(name) === known.sequence) return;
  const isEmpty = digestLists(rows).every((list) => list.length === 0);
  vouchForRows(book, kind, bucket, known, known || !isEmpty ? rowsDigest(digestLists(rows)) : null);
}

/** Compares a partition's digest, null for one without a row, with what the journal says; remembers it as intact. Throws BookDamaged. */
export function vouchForRows(book: Book, kind: PartitionKind, bucket: number, known: KnownDigest | null, digest: Digest | null): void {
  if (digest !== (known?.rows ?? null)) throw damaged(book, kind, bucket, 'data');
  if (known) book.intactRows.set(partitionName(kind, bucket), known.sequence);
}

function verifyHistory(book: Book, kind: PartitionKind, bucket: number, history: readonly HistoryRow[], known: KnownDigest | null): void {
  const name = partitionName(kind, bucket);
  if (known && book.intactHistory.get(name) === known.sequence) return;
  if (historyDigest(sumOfHistory(history)) !== (known?.history ?? EMPTY_HISTORY)) throw damaged(book, kind, bucket, 'history');
  if (known) book.intactHistory.set(name, known.sequence);
}

/** Which partitions of a kind: one, some neighbours, or all. */
export type Buckets = number | Run | null;

function runOf(buckets: Buckets): Run | null {
  return typeof buckets === 'number' ? [buckets, buckets] : buckets;
}

/** What the journal knows of some partitions, or of all of a kind. */
function knownOf(book: Book, kind: PartitionKind, run: Run | null): Map<number, KnownDigest> {
  return run ? knownDigestsOf(book, kind, bucketsOf(run)) : knownDigests(book, kind);
}

/** The current rows of some partitions, or of all of a kind; verified the first time they are read. Throws BookDamaged. */
export function intactRows(book: Book, kind: PartitionKind, buckets: Buckets): Map<number, PartitionRows> {
  const run = runOf(buckets);
  const found = readPartitionRows(book.db, kind, run);
  const known = knownOf(book, kind, run);
  for (const at of known.keys()) if (!found.has(at)) found.set(at, { names: [], current: kind.current.map(() => []) });
  for (const [at, rows] of found) verifyRows(book, kind, at, rows, known.get(at) ?? null);
  return found;
}

/** The history of some partitions, or of all of a kind; verified the first time it is read. Throws BookDamaged. */
export function intactHistory(book: Book, kind: PartitionKind, buckets: Buckets): Map<number, HistoryRow[]> {
  const run = runOf(buckets);
  const found = readPartitionHistory(book.db, kind, run);
  const known = knownOf(book, kind, run);
  for (const at of known.keys()) if (!found.has(at)) found.set(at, []);
  for (const [at, history] of found) verifyHistory(book, kind, at, history, known.get(at) ?? null);
  return found;
}

/** Makes sure of the current rows of one partition, without reading what was verified before. */
export function ensureRows(book: Book, kind: PartitionKind, bucket: number): void {
  const name = partitionName(kind, bucket);
  const known = knownDigest(book, name);
  if (!known || book.intactRows.get(name) !== known.sequence) intactRows(book, kind, bucket);
}

/** Makes sure of the history of one partition, or of all of its kind, without reading what was verified before. */
export function ensureHistory(book: Book, kind: PartitionKind, bucket: number | null): void {
  const known = knownOf(book, kind, runOf(bucket));
  for (const at of bucket === null ? known.keys() : [bucket]) {
    const digest = known.get(at);
    if (!digest || book.intactHistory.get(partitionName(kind, at)) !== digest.sequence) intactHistory(book, kind, at);
  }
}
