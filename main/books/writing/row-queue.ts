import type { Database } from '../sql/connect.ts';
import { insertRows } from '../sql/table-statements.ts';
import type { Row, Table } from '../tables/bind.ts';

/**
 * Rows on their way into the database, so that those of many small partitions are written together. Nothing reads them
 * before: a partition that was signed is not looked at again within its entry.
 */
export interface RowQueue {
  add: (table: Table, rows: readonly Row[]) => void;
  /** Writes all that still waits. */
  settle: () => void;
}

const ROWS_AT_ONCE = 256;

export function rowQueue(db: Database): RowQueue {
  const waiting = new Map<Table, Row[]>();

  function write(table: Table, rows: Row[]): void {
    insertRows(db, table, rows);
    rows.length = 0;
  }

  return {
    add(table, rows) {
      let known = waiting.get(table);
      if (!known) waiting.set(table, (known = []));
      for (const row of rows) known.push(row);
      if (known.length >= ROWS_AT_ONCE) write(table, known);
    },
    settle() {
      for (const [table, rows] of waiting) write(table, rows);
    },
  };
}
