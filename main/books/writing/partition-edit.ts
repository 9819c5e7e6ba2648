import type { Book } from '../book.ts';
import { addToHistory, historyDigest, historySum, rowHash, rowsDigest, rowTextsDigest, takeFromHistory, type Digest, type HistorySum } from '../digests/digest.ts';
import { PARTITION_KINDS, partitionName, type PartitionKind, type PartitionRows } from '../digests/partitions.ts';
import { eachIntactAccount } from '../digests/verify-accounts.ts';
import { intactRows, knownDigest, type KnownDigest } from '../digests/verify.ts';
import { currentRowsText, rowsOf } from '../sql/table-statements.ts';
import type { Writes } from '../sql/writes.ts';
import { assert } from '../../../shared/result.ts';
import type { Row, SqlValue, Table } from '../tables/bind.ts';
import { keyOf, keyText, sortByKey, type KeyText, type VersionedTable } from '../tables/versioned.ts';
import type { RowQueue } from './row-queue.ts';

/** The current rows of one table in a partition, as they stood and as they will stand. */
interface TableEdit {
  before: Map<KeyText, Row>;
  after: Map<KeyText, Row>;
  /** Keys whose current row was replaced, added or taken out. */
  touched: Set<KeyText>;
  /** Rows of the past that this entry adds. */
  past: Row[];
  /** Running numbers of rows of the past that it withdraws. */
  withdrawn: Set<SqlValue>;
}

/**
 * A partition being changed within one journal entry. Its rows were verified when it was opened for the change, so that
 * damage is never signed as if it were data. The new digest is taken over the rows as they were meant, not as read back.
 */
export interface PartitionEdit {
  kind: PartitionKind;
  bucket: number;
  name: string;
  /** What the journal knew of it before this entry. */
  known: KnownDigest | null;
  names: Row[];
  tables: Map<VersionedTable, TableEdit>;
  /** Tables of which nobody has asked for a row: their current rows as the digest takes them. See `editOf` and `textOf`. */
  texts: Map<VersionedTable, string | Uint8Array>;
  history: HistorySum;
  /** Whether the history was verified as it stood before this entry: then it is known to be intact after it, too. */
  isHistoryIntact: boolean;
  records: { table: Table; rows: Row[] }[];
  /** Changes of one table's rows as a whole. */
  bulk: BulkRows | null;
  /** Set once the changes are written: the partition's new digests. Its rows are let go of then. */
  signed: { rows: Digest; history: Digest } | null;
}

/** Many changes of one table and partition, whose rows never become arrays of values. */
export interface BulkRows {
  table: VersionedTable;
  /** The current rows after them as the digest takes them: JSON in UTF-8, in the order of their keys. */
  text: Uint8Array;
  /** The sum of the hashes of the past rows that they add. */
  past: HistorySum;
  write: () => void;
}

function tableEdit(table: VersionedTable, rows: readonly Row[]): TableEdit {
  const before = new Map(rows.map((row) => [keyText(keyOf(table, row)), row]));
  return { before, after: new Map(before), touched: new Set(), past: [], withdrawn: new Set() };
}

export function openPartition(book: Book, kind: PartitionKind, bucket: number): PartitionEdit {
  if (kind === PARTITION_KINDS.account) return openAccounts(book, [bucket])[0] as PartitionEdit;
  const rows = intactRows(book, kind, bucket).get(bucket) as PartitionRows;
  const edit = knownPartition(book, kind, bucket, knownDigest(book, partitionName(kind, bucket)));
  edit.names = rows.names;
  kind.current.forEach((table, place) => edit.tables.set(table, tableEdit(table, rows.current[place] ?? [])));
  for (const table of kind.growing) edit.tables.set(table, tableEdit(table, rowsOf(book.db, currentRowsText(table, true), bucket, bucket)));
  return edit;
}

/** Opens the partitions of several accounts at once, which is much faster for neighbours; their rows stay text until somebody asks for them. */
export function openAccounts(book: Book, accounts: readonly number[]): PartitionEdit[] {
  const kind = PARTITION_KINDS.account;
  const found = new Map<number, PartitionEdit>();
  eachIntactAccount(book, accounts, ({ account, known, names, texts }) => {
    found.set(account, Object.assign(knownPartition(book, kind, account, known), { names, texts }));
  });
  return accounts.map((account) => found.get(account) ?? newPartition(kind, account));
}

function knownPartition(book: Book, kind: PartitionKind, bucket: number, known: KnownDigest | null): PartitionEdit {
  const edit = newPartition(kind, bucket);
  if (known) Object.assign(edit, { known, history: historySum(known.history), isHistoryIntact: book.intactHistory.get(edit.name) === known.sequence });
  return edit;
}

/** A partition nothing was ever written to; the caller knows that. Its tables come with their first row. */
export function newPartition(kind: PartitionKind, bucket: number): PartitionEdit {
  const nothing = { known: null, names: [], tables: new Map(), texts: new Map(), history: 0n, isHistoryIntact: true, records: [], bulk: null, signed: null };
  return { kind, bucket, name: partitionName(kind, bucket), ...nothing };
}

export function editOf(edit: PartitionEdit, table: VersionedTable): TableEdit {
  let found = edit.tables.get(table);
  if (!found) {
    const { name, current, growing } = edit.kind;
    assert(edit.bulk?.table !== table, `rows of ${table.name} are changed as a whole or one by one`);
    assert(current.includes(table) || growing.includes(table), `${table.name} is in a partition of ${name}`);
    const text = edit.texts.get(table) ?? NO_ROWS;
    const rows = JSON.parse(typeof text === 'string' ? text : new TextDecoder().decode(text)) as Row[];
    edit.tables.set(table, (found = tableEdit(table, rows)));
    edit.texts.delete(table);
  }
  return found;
}

const NO_ROWS = '[]';

/** The current rows of a table of which nobody has asked for any, as the digest takes them. */
export function textOf({ name, tables, texts }: PartitionEdit, table: VersionedTable): Uint8Array {
  assert(!tables.has(table), `rows of ${table.name} in ${name} have been asked for`);
  const text = texts.get(table) ?? NO_ROWS;
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

/** A past row of the database changed in place: the history takes the new one for the old. */
export function replaceInHistory(edit: PartitionEdit, table: Table, before: Row, after: Row): void {
  edit.history = addToHistory(takeFromHistory(edit.history, rowHash(table.name, before)), rowHash(table.name, after));
}

export function appendRecord(edit: PartitionEdit, table: Table, row: Row): void {
  const known = edit.records.find((group) => group.table === table);
  if (known) known.rows.push(row);
  else edit.records.push({ table, rows: [row] });
}

function addAll(edit: PartitionEdit, table: Table, rows: readonly Row[]): void {
  for (const row of rows) edit.history = addToHistory(edit.history, rowHash(table.name, row));
}

/** Whether a signed partition is another than before this entry. What was only looked at is not in the journal. */
export function isChanged({ kind, known, signed }: PartitionEdit): boolean {
  assert(signed !== null, 'a partition is signed before it is asked whether it changed');
  const before = known ?? { rows: digestOfNone(kind), history: NO_HISTORY };
  return signed.rows !== before.rows || signed.history !== before.history;
}

const NO_HISTORY = historyDigest(0n);
const digestsOfNone = new Map<PartitionKind, Digest>();

/** The digest of a partition without a row. */
function digestOfNone(kind: PartitionKind): Digest {
  let digest = digestsOfNone.get(kind);
  if (digest === undefined) digestsOfNone.set(kind, (digest = rowsDigest([[], ...kind.current.map(() => [])])));
  return digest;
}

/** Hands the partition's changes to the database, and signs its rows and its history as they then are. */
export function signPartition(writes: Writes, queue: RowQueue, edit: PartitionEdit): void {
  flushPartition(writes, queue, edit);
  edit.signed = { rows: rowTextsDigest(rowTextsAfter(edit)), history: historyDigest(edit.history) };
  edit.names = [];
  edit.tables.clear();
  edit.texts.clear();
  edit.records = [];
  edit.bulk = null;
}

function flushPartition(writes: Writes, queue: RowQueue, edit: PartitionEdit): void {
  for (const [table, { before, after, touched, past }] of edit.tables) {
    if (touched.size + past.length === 0) continue;
    const ofKeys = (rows: ReadonlyMap<KeyText, Row>, wanted: (key: KeyText) => boolean) =>
      [...touched].filter(wanted).map((key) => rows.get(key)).filter((row) => row !== undefined);
    writes.removeCurrent(table, ofKeys(before, (key) => !after.has(key)).map((row) => keyOf(table, row)));
    queue.add(table, sortByKey(table, ofKeys(after, (key) => !before.has(key))));
    queue.replace(table, sortByKey(table, ofKeys(after, (key) => before.has(key))));
    queue.add(table, past);
    addAll(edit, table, past);
    if (!edit.kind.growing.includes(table)) continue;
    for (const row of ofKeys(before, () => true)) edit.history = takeFromHistory(edit.history, rowHash(table.name, row));
    addAll(edit, table, ofKeys(after, () => true));
  }
  if (edit.bulk) {
    edit.bulk.write();
    edit.history = addToHistory(edit.history, edit.bulk.past);
  }
  for (const { table, rows } of edit.records) {
    queue.add(table, rows);
    addAll(edit, table, rows);
  }
}

/** The lists that the partition's digest is taken over, as they stand after the change, each as JSON. */
function rowTextsAfter({ kind, names, tables, texts, bulk }: PartitionEdit): (string | Uint8Array)[] {
  const current = kind.current.map((table) => {
    const text = bulk?.table === table ? bulk.text : texts.get(table);
    if (text) return text;
    const edit = tables.get(table);
    return edit ? JSON.stringify(sortByKey(table, [...edit.after.values()])) : NO_ROWS;
  });
  return [JSON.stringify(names), ...current];
}
