import type { ColumnType, Row, SqlValue, Table } from './bind.ts';

/**
 * How a table's rows follow each other in time. `state`: a row holds until the next one of its key begins, so a new
 * day's row ends the old one's days. `event`: something that happened; it can be corrected, but not outlived.
 */
export type Succession = 'state' | 'event';

/**
 * A table whose rows carry both time axes. Rows are arrays of `ended`, the key, the values, and then `valid_from`,
 * `valid_to`, `sequence_from`, `sequence_to`; see `twoTimeAxes` in migrations/checks.ts for what these mean.
 */
export interface VersionedTable extends Table {
  keyColumns: readonly string[];
  succession: Succession;
  /** How many of the values tell two versions apart; those after them only say where the first came from. */
  telling: number;
  /** Number of key columns, and the places of the time columns in a row. */
  keyLength: number;
  validFrom: number;
  validTo: number;
  sequenceFrom: number;
  sequenceTo: number;
}

export function versioned(
  name: string,
  succession: Succession,
  key: Readonly<Record<string, ColumnType>>,
  values: Readonly<Record<string, ColumnType>>,
  provenance: Readonly<Record<string, ColumnType>> = {},
): VersionedTable {
  const keyColumns = Object.keys(key);
  const telling = Object.keys(values).length;
  const validFrom = 1 + keyColumns.length + telling + Object.keys(provenance).length;
  return {
    name,
    succession,
    columns: { ended: 'integer', ...key, ...values, ...provenance, valid_from: 'text', valid_to: 'text?', sequence_from: 'integer', sequence_to: 'integer?' },
    keyColumns,
    telling,
    keyLength: keyColumns.length,
    validFrom,
    validTo: validFrom + 1,
    sequenceFrom: validFrom + 2,
    sequenceTo: validFrom + 3,
  };
}

/** A row as it is before the book has placed it in time: the key, the values, and since when it is true. */
export interface Draft {
  key: Row;
  values: Row;
  validFrom: string;
}

export function currentRow(draft: Draft, sequence: number): Row {
  return [0, ...draft.key, ...draft.values, draft.validFrom, null, sequence, null];
}

export function keyOf(table: VersionedTable, row: Row): Row {
  return row.slice(1, 1 + table.keyLength);
}

/** A key as one value, for looking rows of a table up in memory. */
export type KeyText = string | number;

export function keyText(key: Row): KeyText {
  return key.length === 1 ? (key[0] as KeyText) : JSON.stringify(key);
}

/** Whether a row already says what the draft says. Who says so does not make it another price. */
export function sameValues(table: VersionedTable, row: Row, draft: Draft): boolean {
  const first = 1 + table.keyLength;
  return draft.values.every((value, place) => place >= table.telling || row[first + place] === value);
}

function compareValues(left: SqlValue, right: SqlValue): number {
  if (left === right) return 0;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  // SQLite orders text by its UTF-8 bytes; JavaScript's < would order by UTF-16 units.
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
}

/** Sorts rows as SQLite keeps them: by key. Rows that are in order already cost one pass. */
export function sortByKey(table: VersionedTable, rows: Row[]): Row[] {
  function compare(left: Row, right: Row): number {
    for (let place = 1; place <= table.keyLength; place += 1) {
      const order = compareValues(left[place] as SqlValue, right[place] as SqlValue);
      if (order !== 0) return order;
    }
    return 0;
  }
  const inOrder = rows.every((row, place) => place === 0 || compare(rows[place - 1] as Row, row) < 0);
  return inOrder ? rows : rows.sort(compare);
}
