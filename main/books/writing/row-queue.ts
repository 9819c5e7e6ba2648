import type { Verb } from '../sql/table-statements.ts';
import type { Writes } from '../sql/writes.ts';
import type { Row, Table } from '../tables/bind.ts';

/**
 * Rows on their way into the database, so that those of many small partitions are written together. Nothing reads them
 * before: a partition that was signed is not looked at again within its entry.
 */
export interface RowQueue {
  add: (table: Table, rows: readonly Row[]) => void;
  /** Rows that take the place of those with their keys. */
  replace: (table: Table, rows: readonly Row[]) => void;
  /** Writes all that still waits. */
  settle: () => void;
}

const ROWS_AT_ONCE = 256;

export function rowQueue(writes: Writes): RowQueue {
  const waiting: Record<Verb, Map<Table, Row[]>> = { INSERT: new Map(), REPLACE: new Map() };

  function put(verb: Verb, table: Table, rows: readonly Row[]): void {
    let known = waiting[verb].get(table);
    if (!known) waiting[verb].set(table, (known = []));
    for (const row of rows) known.push(row);
    if (known.length >= ROWS_AT_ONCE) write(verb, table, known);
  }

  function write(verb: Verb, table: Table, rows: Row[]): void {
    writes.rows(table, rows, verb);
    rows.length = 0;
  }

  return {
    add: (table, rows) => put('INSERT', table, rows),
    replace: (table, rows) => put('REPLACE', table, rows),
    settle() {
      for (const verb of ['INSERT', 'REPLACE'] as const) for (const [table, rows] of waiting[verb]) write(verb, table, rows);
    },
  };
}
