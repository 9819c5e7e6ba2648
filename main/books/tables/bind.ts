import { assert } from '../../../shared/result.ts';
import { isDecimalText, type DecimalText } from '../../../shared/money.ts';

export type SqlValue = string | number | Uint8Array | null;
/** One row as SQLite takes and gives it: the values in the order of the table's columns. */
export type Row = SqlValue[];

/** What a column holds. `?` marks those that may be null. */
export type ColumnType = 'money' | 'money?' | 'text' | 'text?' | 'integer' | 'integer?' | 'bytes';

/** A table as the statements write it: its columns in order, with what each holds. */
export interface Table {
  name: string;
  columns: Readonly<Record<string, ColumnType>>;
}

/**
 * The only way an amount gets into a statement: canonical decimal text. A number throws, because SQLite would quietly
 * store 12.5 as '12.5' and 0.1 + 0.2 as whatever it prints.
 */
export function money(value: unknown): DecimalText {
  assert(typeof value === 'string' && isDecimalText(value), `an amount is canonical decimal text, not ${typeof value} ${JSON.stringify(value)}`);
  return value;
}

function bindValue(value: SqlValue, type: ColumnType, where: () => string): void {
  if (value === null) {
    assert(type.endsWith('?'), `${where()} has a value`);
    return;
  }
  switch (type) {
    case 'money':
    case 'money?':
      money(value);
      return;
    case 'text':
    case 'text?':
      assert(typeof value === 'string', `${where()} is text, not ${typeof value}`);
      return;
    case 'integer':
    case 'integer?':
      assert(Number.isSafeInteger(value), `${where()} is a whole number, not ${String(value)}`);
      return;
    case 'bytes':
      assert(value instanceof Uint8Array, `${where()} is bytes`);
  }
}

/** Checks a row against its table before it is bound. Throws on the wrong kind of value, a number for money above all. */
export function bindRow(table: Table, row: Row): Row {
  const columns = Object.keys(table.columns);
  assert(row.length === columns.length, `${table.name} has ${columns.length} columns, not ${row.length}`);
  columns.forEach((column, place) => bindValue(row[place] as SqlValue, table.columns[column] as ColumnType, () => `${table.name}.${column}`));
  return row;
}
