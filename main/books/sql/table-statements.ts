import { assert } from '../../../shared/result.ts';
import { bindRow, type Row, type SqlValue, type Table } from '../tables/bind.ts';
import type { VersionedTable } from '../tables/versioned.ts';
import { statement, type Database } from './connect.ts';

/** Rows per INSERT: SQLite spends as long on starting a statement as on a row, so several share one. */
const ROWS_PER_INSERT = 32;

function columnList(table: Table): string {
  return Object.keys(table.columns).join(', ');
}

/** How rows are written: added, or in the place of those that have their keys. */
export type Verb = 'INSERT' | 'REPLACE';

/** `common` are the places of columns that are the same in all rows of the statement: each is one parameter, by its name. */
function insertText(verb: Verb, table: Table, rows: number, common: readonly number[]): string {
  const one = `(${Object.keys(table.columns)
    .map((column, place) => (common.includes(place) ? `:${column}` : '?'))
    .join(', ')})`;
  return `${verb} INTO ${table.name} (${columnList(table)}) VALUES ${Array<string>(rows).fill(one).join(', ')}`;
}

const insertTexts = new WeakMap<Table, Map<string, string>>();

function insertTextOf(verb: Verb, table: Table, rows: number, common: readonly number[]): string {
  let texts = insertTexts.get(table);
  if (!texts) insertTexts.set(table, (texts = new Map()));
  const key = `${verb} ${rows} ${common.join()}`;
  let text = texts.get(key);
  if (text === undefined) texts.set(key, (text = insertText(verb, table, rows, common)));
  return text;
}

/** Writes rows; every one is checked against the table first, so that no number gets into a money column. */
export function insertRows(db: Database, table: Table, rows: readonly Row[], verb: Verb = 'INSERT'): void {
  const together = rows.length - (rows.length % ROWS_PER_INSERT);
  if (together > 0) insertTogether(db, verb, table, rows.slice(0, together));
  for (let at = together; at < rows.length; at += 1) statement(db, insertTextOf(verb, table, 1, [])).run(bindRow(table, rows[at] as Row));
}

/** Handing a value over costs as much as storing it, and of a day's facts most columns say the same in every row. */
function insertTogether(db: Database, verb: Verb, table: Table, rows: readonly Row[]): void {
  const columns = Object.keys(table.columns);
  const first = rows[0] as Row;
  const isCommon = columns.map((_, place) => rows.every((row) => row[place] === first[place]));
  const common = [...isCommon.keys()].filter((place) => isCommon[place]);
  const same = Object.fromEntries(common.map((place) => [columns[place], first[place]]));
  const insert = statement(db, insertTextOf(verb, table, ROWS_PER_INSERT, common));
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    const values: Row = [];
    for (let next = at; next < at + ROWS_PER_INSERT; next += 1) {
      const row = bindRow(table, rows[next] as Row);
      for (let place = 0; place < row.length; place += 1) if (!isCommon[place]) values.push(row[place] as SqlValue);
    }
    insert.run(values, same);
  }
}

export function deleteCurrentText(table: VersionedTable): string {
  return `DELETE FROM ${table.name} WHERE ended = 0 AND ${table.keyColumns.map((column) => `${column} = ?`).join(' AND ')}`;
}

/** Takes current rows out; the caller puts their past in. Each must be there: anything else is a broken invariant. */
export function deleteCurrent(db: Database, table: VersionedTable, keys: readonly Row[]): void {
  if (keys.length === 0) return;
  const remove = statement(db, deleteCurrentText(table));
  for (const key of keys) {
    const { changes } = remove.run(...key);
    assert(changes === 1, `${table.name} holds one current row of ${JSON.stringify(key)}`);
  }
}

/** Says of a past row that since this entry we no longer hold it to have been true. */
export function withdrawText(table: VersionedTable): string {
  const key = table.keyColumns.map((column) => `${column} = ?`).join(' AND ');
  return `UPDATE ${table.name} SET sequence_to = ? WHERE ended = ? AND ${key} AND sequence_to IS NULL`;
}

/** All current rows, or those whose first key column (account, instrument) lies in a range, in key order. */
export function currentRowsText(table: VersionedTable, ranged: boolean): string {
  const range = ranged ? ` AND ${table.keyColumns[0]} BETWEEN ? AND ?` : '';
  return `SELECT ${columnList(table)} FROM ${table.name} WHERE ended = 0${range} ORDER BY ended, ${table.keyColumns.join(', ')}`;
}

/**
 * The current rows of each account in a range as one text: JSON of the rows in key order, which `JSON.stringify` makes of
 * them, too; as bytes in UTF-8 where they may be many. They come in key order since they are read along the primary key.
 */
export function currentTextsText(table: VersionedTable, inBytes: boolean): string {
  const [first] = table.keyColumns;
  const text = `json_group_array(json_array(${columnList(table)}))`;
  return `SELECT ${first}, ${inBytes ? `CAST(${text} AS BLOB)` : text} FROM ${table.name} WHERE ended = 0 AND ${first} BETWEEN ? AND ? GROUP BY ${first}`;
}

/** How many current rows of a range of keys there are, and all of them as one such text. */
export function currentRunText(table: VersionedTable): string {
  return `SELECT count(*), CAST(json_group_array(json_array(${columnList(table)})) AS BLOB) FROM ${table.name} WHERE ended = 0 AND ${table.keyColumns[0]} BETWEEN ? AND ?`;
}

/** The same of the names that stand for a range of numbers. */
export function namesRunText(names: string): string {
  return `SELECT count(*), CAST(json_group_array(json_array(id, code)) AS BLOB) FROM ${names} WHERE id BETWEEN ? AND ?`;
}

/** How many current rows there are in all, or names. */
export function countText(table: VersionedTable | string): string {
  return typeof table === 'string' ? `SELECT count(*) FROM ${table}` : `SELECT count(*) FROM ${table.name} WHERE ended = 0`;
}

/** All past rows, or those whose first key column lies in a range, in the order in which they became history. */
export function pastRowsText(table: VersionedTable, ranged: boolean): string {
  const range = ranged ? ` AND ${table.keyColumns[0]} BETWEEN ? AND ?` : '';
  return `SELECT ${columnList(table)} FROM ${table.name} WHERE ended > 0${range}`;
}

/** What we still hold to have been true earlier of one key. */
export function pastOfKeyText(table: VersionedTable): string {
  const key = table.keyColumns.map((column) => `${column} = ?`).join(' AND ');
  return `SELECT ${columnList(table)} FROM ${table.name} WHERE ended > 0 AND ${key} AND sequence_to IS NULL`;
}

/** Rows of an append-only table, or those whose first column (account) lies in a range. */
export function recordRowsText(table: Table, ranged: boolean): string {
  const range = ranged ? ` WHERE ${Object.keys(table.columns)[0]} BETWEEN ? AND ?` : '';
  return `SELECT ${columnList(table)} FROM ${table.name}${range}`;
}

export function rowsOf(db: Database, text: string, ...parameters: (string | number)[]): Row[] {
  return statement(db, text).all(...parameters) as Row[];
}
