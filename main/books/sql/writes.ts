import type { Row, Table } from '../tables/bind.ts';
import { keyOf, type VersionedTable } from '../tables/versioned.ts';
import { bulkInserts, type PastRecords, type PositionRecords, type RecordWidths } from './bulk-statements.ts';
import { statement, type Database } from './connect.ts';
import { deleteCurrent, insertRows, withdrawText, type Verb } from './table-statements.ts';

/** Everything that an entry does to the tables, in this order; whether on this thread or another is not the entry's business. */
export interface Writes {
  rows: (table: Table, rows: readonly Row[], verb?: Verb) => void;
  /** Takes current rows out, each of which must be there. */
  removeCurrent: (table: VersionedTable, keys: readonly Row[]) => void;
  /** Says of a past row, as it stands in the book, that since this entry it is no longer held to have been true. */
  withdraw: (table: VersionedTable, row: Row, sequence: number) => void;
  /** Current positions; the memory of their records may be used again afterwards. */
  positions: (widths: RecordWidths, positions: PositionRecords) => void;
  past: (positions: PastRecords) => void;
}

/** Writes at once, on this connection. */
export function writesTo(db: Database): Writes {
  const bulk = bulkInserts(db);
  return {
    rows: (table, rows, verb) => insertRows(db, table, rows, verb),
    removeCurrent: (table, keys) => deleteCurrent(db, table, keys),
    withdraw: (table, row, sequence) => void statement(db, withdrawText(table)).run(sequence, row[0], ...keyOf(table, row)),
    positions: bulk.positions,
    past: bulk.past,
  };
}
