import type { Authorship } from './authorship.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS, partitionName, type PartitionKind } from '../digests/partitions.ts';
import { ensureRows, entryDigest } from '../digests/verify.ts';
import { guarded } from '../faults.ts';
import { entryHash } from '../journal/chain.ts';
import { makeSureOfStructure } from '../opening/checks.ts';
import { writeHead } from '../opening/head-file.ts';
import { statement } from '../sql/connect.ts';
import { JOURNAL_SQL } from '../sql/journal-statements.ts';
import { writesTo, type Writes } from '../sql/writes.ts';
import type { Row } from '../tables/bind.ts';
import { journalTable, partitionDigestTable, partitionTable } from '../tables/record-tables.ts';
import { assert, fail, succeed, type Fault, type Result } from '../../../shared/result.ts';
import { isChanged, newPartition, openAccounts, openPartition, signPartition, type PartitionEdit } from './partition-edit.ts';
import { rowQueue } from './row-queue.ts';

/** A journal entry in the making: the transaction it is written in, and the partitions it changes. */
export interface Entry {
  sequence: number;
  writes: Writes;
  /** The running number for the next row that becomes history. */
  nextEnded: () => number;
  /** The partition, verified and ready to be changed; the same one each time. */
  partition: (kind: PartitionKind, bucket: number) => PartitionEdit;
  /** Makes sure of a partition that is only referred to. */
  ensureIntact: (kind: PartitionKind, bucket: number) => void;
  /** Opens the partitions of accounts that are not open yet, all at once. */
  openAccounts: (accounts: readonly number[]) => void;
  /** The same as `partition` for one that the caller knows nothing was ever written to. */
  unusedPartition: (kind: PartitionKind, bucket: number) => PartitionEdit;
  /** Writes and signs a partition to which nothing more will happen, if it was opened, so that its rows need not stay in memory. */
  finish: (kind: PartitionKind, bucket: number) => void;
}

/** What the journal says of an entry: its kind, one sentence, and the particulars. */
export interface Description {
  action: string;
  reason: string;
  detail: Record<string, unknown>;
}

/** The work's answer and what to write in the journal of it; `entry: null` when nothing was to be changed. */
export interface Work<T> {
  value: T;
  entry: Description | null;
}

/**
 * Does a piece of work as ONE transaction with ONE journal entry, the partitions' digests in it, and the head file
 * after it. When the work finds nothing to change, or throws, nothing is left of it.
 */
export function writeEntry<T>(book: Book, authorship: Authorship, work: (entry: Entry) => Work<T>, begin: (book: Book) => Transaction = transactionHere): Result<{ sequence: number; value: T }> {
  return guarded(book.path, () => {
    if (book.readOnly) return fail({ code: 'read-only', message: 'The book is open for reading only.', at: book.path, fix: readOnlyFix(book) });
    makeSureOfStructure(book);
    const stuck = headFault(book);
    if (stuck) return fail(stuck);
    const transaction = begin(book);
    try {
      const written = writeWithin(book, transaction.writes, authorship, work);
      if (written.head) transaction.commit();
      else transaction.rollBack();
      if (!written.head) return succeed({ sequence: book.head.sequence, value: written.value });
      remember(book, written.head, written.edits);
      return succeed({ sequence: book.head.sequence, value: written.value });
    } catch (error) {
      transaction.rollBack();
      throw error;
    }
  });
}

/** The one transaction of an entry. What it wrote need not be there for reading before it is committed. */
export interface Transaction {
  writes: Writes;
  commit: () => void;
  /** Undoes everything, unless it was committed or undone. */
  rollBack: () => void;
}

/** A transaction on the book's own connection. */
function transactionHere({ db }: Book): Transaction {
  statement(db, 'BEGIN IMMEDIATE').run();
  return {
    writes: writesTo(db),
    commit: () => void statement(db, 'COMMIT').run(),
    rollBack: () => void (db.inTransaction && statement(db, 'ROLLBACK').run()),
  };
}

function readOnlyFix(book: Book): string {
  return book.heldBy ? `It is held by ${book.heldBy}; close it there and open it again.` : 'Open it again for writing.';
}

interface Written<T> {
  value: T;
  head: { sequence: number; hash: string; rowsEnded: number } | null;
  edits: PartitionEdit[];
}

function writeWithin<T>(book: Book, writes: Writes, authorship: Authorship, work: (entry: Entry) => Work<T>): Written<T> {
  const sequence = book.head.sequence + 1;
  const last = statement(book.db, JOURNAL_SQL.lastSequence).get() as [number];
  assert(last[0] === book.head.sequence, `nobody else writes to the book while we hold it (entry ${last[0]}, expected ${book.head.sequence})`);
  let rowsEnded = book.rowsEnded;
  const edits = new Map<string, PartitionEdit>();
  const queue = rowQueue(writes);
  const { value, entry } = work({
    sequence,
    writes,
    nextEnded: () => (rowsEnded += 1),
    partition(kind, bucket) {
      const name = partitionName(kind, bucket);
      let edit = edits.get(name);
      if (!edit) edits.set(name, (edit = openPartition(book, kind, bucket)));
      assert(edit.signed === null, `nothing more happens to ${name} after it was signed`);
      return edit;
    },
    ensureIntact(kind, bucket) {
      // One that is open was verified when it was opened, and may hold more than the journal knows by now.
      if (!edits.has(partitionName(kind, bucket))) ensureRows(book, kind, bucket);
    },
    openAccounts(accounts) {
      const closed = accounts.filter((account) => !edits.has(partitionName(PARTITION_KINDS.account, account)));
      for (const edit of openAccounts(book, closed)) edits.set(edit.name, edit);
    },
    unusedPartition(kind, bucket) {
      const edit = newPartition(kind, bucket);
      edits.set(edit.name, edit);
      return edit;
    },
    finish(kind, bucket) {
      const edit = edits.get(partitionName(kind, bucket));
      if (edit) signPartition(writes, queue, edit);
    },
  });
  if (!entry) return { value, head: null, edits: [] };

  for (const edit of edits.values()) if (edit.signed === null) signPartition(writes, queue, edit);
  queue.settle();
  const changed = [...edits.values()].filter(isChanged);
  const [partitionsBefore] = statement(book.db, JOURNAL_SQL.partitionTotal).get() as [number];
  const partitionsTotal = partitionsBefore + changed.filter(({ known }) => known === null).length;
  const digests = writeDigests(book, writes, sequence, changed);
  const { action, reason, detail } = entry;
  const row: Row = [
    sequence,
    authorship.at,
    authorship.by,
    action,
    reason,
    JSON.stringify(detail),
    rowsEnded,
    partitionsTotal,
    entryDigest(digests),
    book.head.hash,
  ];
  const hash = entryHash(row);
  writes.rows(journalTable, [[...row, hash]]);
  return { value, head: { sequence, hash, rowsEnded }, edits: changed };
}

/** Adds the partitions' new digests; answers them as the entry's digest is taken over them, by name. */
function writeDigests(book: Book, writes: Writes, sequence: number, edits: readonly PartitionEdit[]): Row[] {
  const ids = partitionIds(book, writes, edits);
  const rows = edits.map(({ name, signed }, place): Row => {
    assert(signed !== null, `${name} is signed before the entry is`);
    return [ids[place] as number, sequence, signed.rows, signed.history];
  });
  writes.rows(partitionDigestTable, rows);
  return edits.map(({ name, signed }): Row => [name, signed?.rows ?? null, signed?.history ?? null]).sort(([left], [right]) => ((left as string) < (right as string) ? -1 : 1));
}

/** The numbers of partitions; those the journal has not known so far get the next ones. */
function partitionIds(book: Book, writes: Writes, edits: readonly PartitionEdit[]): number[] {
  let [last] = statement(book.db, JOURNAL_SQL.lastPartition).get() as [number];
  const added: Row[] = [];
  const ids = edits.map(({ name, known }): number => {
    if (known) return known.id;
    added.push([(last += 1), name]);
    return last;
  });
  writes.rows(partitionTable, added);
  return ids;
}

/** After the commit: the head file, and what this process knows to be intact because it has just written it. */
function remember(book: Book, head: { sequence: number; hash: string; rowsEnded: number }, edits: readonly PartitionEdit[]): void {
  book.head = { sequence: head.sequence, hash: head.hash };
  book.rowsEnded = head.rowsEnded;
  book.intactEntries.add(head.sequence);
  for (const { name, isHistoryIntact } of edits) {
    book.intactRows.set(name, head.sequence);
    if (isHistoryIntact) book.intactHistory.set(name, head.sequence);
  }
  try {
    catchUpHead(book);
  } catch (error) {
    // The entry is committed and stays so. The next one tries again before it begins, so the file is never two behind.
    console.error(`Plimsoll: the head file of ${book.path} could not be written: ${String(error)}`);
  }
}

/** The head file must be up to the book before the book moves on; tried again here should it have failed before. */
function headFault(book: Book): Fault | null {
  try {
    catchUpHead(book);
    return null;
  } catch (error) {
    const fix = 'Nothing was changed. Check that you may write this folder and that the disk has room.';
    return { code: 'head-not-written', message: `The head file cannot be written (${String(error)}).`, at: `${book.path}.head`, fix };
  }
}

function catchUpHead(book: Book): void {
  if (book.headOnDisk === book.head.sequence) return;
  writeHead(book.path, book.head);
  book.headOnDisk = book.head.sequence;
}
