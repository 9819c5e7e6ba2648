import { isDecimalText } from '../../../shared/money.ts';

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

const isMoney = (value: SqlValue) => typeof value === 'string' && isDecimalText(value);
const isText = (value: SqlValue) => typeof value === 'string';
const isInteger = (value: SqlValue) => Number.isSafeInteger(value);

/** Whether a value may be bound to a column of each type. */
const isFit: Readonly<Record<ColumnType, (value: SqlValue) => boolean>> = {
  money: isMoney,
  'money?': (value) => value === null || isMoney(value),
  text: isText,
  'text?': (value) => value === null || isText(value),
  integer: isInteger,
  'integer?': (value) => value === null || isInteger(value),
  bytes: (value) => value instanceof Uint8Array,
};

const typesOf = new WeakMap<Table, readonly ColumnType[]>();

function columnTypes(table: Table): readonly ColumnType[] {
  let types = typesOf.get(table);
  if (!types) typesOf.set(table, (types = Object.values(table.columns)));
  return types;
}

function unfit(table: Table, row: Row, place: number): string {
  const value = row[place];
  return `${table.name}.${Object.keys(table.columns)[place]} takes ${columnTypes(table)[place]}, not ${typeof value} ${JSON.stringify(value)}`;
}

/**
 * Checks a row against its table before it is bound: the only way an amount gets into a statement is as canonical
 * decimal text. A number throws, because SQLite would quietly store 12.5 as '12.5' and 0.1 + 0.2 as whatever it prints.
 */
export function bindRow(table: Table, row: Row): Row {
  const types = columnTypes(table);
  if (row.length !== types.length) throw new Error(`Invariant broken: a row of ${table.name} has ${types.length} values, not ${row.length}`);
  for (let place = 0; place < types.length; place += 1) {
    if (!isFit[types[place] as ColumnType](row[place] as SqlValue)) throw new Error(`Invariant broken: ${unfit(table, row, place)}`);
  }
  return row;
}
