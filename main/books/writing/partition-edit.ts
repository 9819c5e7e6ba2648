import type { Book } from '../book.ts';
import { addToHistory, historyDigest, historySum, rowHash, rowTextsDigest, takeFromHistory, type Digest, type HistorySum } from '../digests/digest.ts';
import { partitionName, type PartitionKind, type PartitionRows } from '../digests/partitions.ts';
import { intactRows, knownDigest } from '../digests/verify.ts';
import { currentRowsText, deleteCurrent, rowsOf } from '../sql/table-statements.ts';
import { assert } from '../../../shared/result.ts';
import type { Row, Table } from '../tables/bind.ts';
import { keyOf, keyText, sortByKey, type VersionedTable } from '../tables/versioned.ts';
import type { RowQueue } from './row-queue.ts';

/** The current rows of one table in a partition, as they stood and as they will stand. */
interface TableEdit {
  before: Map<string, Row>;
  after: Map<string, Row>;
  /** Keys whose current row was replaced, added or taken out. */
  touched: Set<string>;
  /** Rows of the past that this entry adds. */
  past: Row[];
}

/**
 * A partition being changed within one journal entry. Its rows were verified when it was opened for the change, so that
 * damage is never signed as if it were data. The new digest is taken over the rows as they were meant, not as read back.
 */
export interface PartitionEdit {
  kind: PartitionKind;
  bucket: number;
  name: string;
  /** Whether the journal knew of it before this entry. */
  isKnown: boolean;
  names: Row[];
  tables: Map<VersionedTable, TableEdit>;
  history: HistorySum;
  /** Whether the history was verified as it stood before this entry: then it is known to be intact after it, too. */
  isHistoryIntact: boolean;
  records: { table: Table; rows: Row[] }[];
  /** Current rows of one table that are added as a whole, where the partition had none of that table before. */
  bulk: BulkRows | null;
  /** Set once the changes are written: the partition's new digests. Its rows are let go of then. */
  signed: { rows: Digest; history: Digest } | null;
}

/** Many current rows of one table and partition, which never become arrays of values. */
export interface BulkRows {
  table: VersionedTable;
  /** The rows as the digest takes them: JSON in UTF-8, in the order of their keys. */
  text: Uint8Array;
  insert: () => void;
}

function tableEdit(table: VersionedTable, rows: readonly Row[]): TableEdit {
  const before = new Map(rows.map((row) => [keyText(keyOf(table, row)), row]));
  return { before, after: new Map(before), touched: new Set(), past: [] };
}

export function openPartition(book: Book, kind: PartitionKind, bucket: number): PartitionEdit {
  const rows = intactRows(book, kind, bucket).get(bucket) as PartitionRows;
  const name = partitionName(kind, bucket);
  const known = knownDigest(book, name);
  const edit: PartitionEdit = {
    kind,
    bucket,
    name,
    isKnown: known !== null,
    names: rows.names,
    tables: new Map(kind.current.map((table, place) => [table, tableEdit(table, rows.current[place] ?? [])])),
    history: known ? historySum(known.history) : 0n,
    isHistoryIntact: !known || book.intactHistory.get(name) === known.sequence,
    records: [],
    bulk: null,
    signed: null,
  };
  for (const table of kind.growing) edit.tables.set(table, tableEdit(table, rowsOf(book.db, currentRowsText(table, true), bucket, bucket)));
  return edit;
}

/** A partition nothing was ever written to; the caller knows that. Its tables come with their first row. */
export function newPartition(kind: PartitionKind, bucket: number): PartitionEdit {
  return { kind, bucket, name: partitionName(kind, bucket), isKnown: false, names: [], tables: new Map(), history: 0n, isHistoryIntact: true, records: [], bulk: null, signed: null };
}

export function editOf(edit: PartitionEdit, table: VersionedTable): TableEdit {
  let found = edit.tables.get(table);
  if (!found) {
    const { name, current, growing } = edit.kind;
    assert(current.includes(table) || growing.includes(table), `${table.name} is in a partition of ${name}`);
    edit.tables.set(table, (found = tableEdit(table, [])));
  }
  return found;
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

/** Hands the partition's changes to the database, and signs its rows and its history as they then are. */
export function signPartition(book: Book, queue: RowQueue, edit: PartitionEdit): void {
  flushPartition(book, queue, edit);
  edit.signed = { rows: rowTextsDigest(rowTextsAfter(edit)), history: historyDigest(edit.history) };
  edit.names = [];
  edit.tables.clear();
  edit.records = [];
  edit.bulk = null;
}

function flushPartition(book: Book, queue: RowQueue, edit: PartitionEdit): void {
  for (const [table, { before, after, touched, past }] of edit.tables) {
    if (touched.size + past.length === 0) continue;
    const gone = [...touched].map((key) => before.get(key)).filter((row) => row !== undefined);
    const come = [...touched].map((key) => after.get(key)).filter((row) => row !== undefined);
    deleteCurrent(book.db, table, gone.map((row) => keyOf(table, row)));
    queue.add(table, sortByKey(table, come));
    queue.add(table, past);
    addAll(edit, table, past);
    if (!edit.kind.growing.includes(table)) continue;
    for (const row of gone) edit.history = takeFromHistory(edit.history, rowHash(table.name, row));
    addAll(edit, table, come);
  }
  edit.bulk?.insert();
  for (const { table, rows } of edit.records) {
    queue.add(table, rows);
    addAll(edit, table, rows);
  }
}

/** The lists that the partition's digest is taken over, as they stand after the change, each as JSON. */
function rowTextsAfter({ kind, names, tables, bulk }: PartitionEdit): (string | Uint8Array)[] {
  const current = kind.current.map((table) => {
    if (bulk?.table === table) return bulk.text;
    return JSON.stringify(sortByKey(table, [...(tables.get(table)?.after.values() ?? [])]));
  });
  return [JSON.stringify(names), ...current];
}
