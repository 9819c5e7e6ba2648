import { amountAt, SUB_TYPE_ORDER, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';
import { isoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { statement } from '../sql/connect.ts';
import type { Row } from '../tables/bind.ts';
import { position } from '../tables/versioned-tables.ts';
import type { BulkRows } from './partition-edit.ts';

/** Rows per INSERT, largest first: SQLite spends as long on starting a statement as on a row. */
const BATCHES = [64, 16, 4, 1] as const;

/**
 * The positions of one account of which the book holds none, as its rows. They are the rows that taking them in one by
 * one would make, and their amounts canonical by how columns are read; what is the same in all of them stands in the
 * statement, and only what differs is bound.
 */
export function bulkPositions(book: Book, columns: PositionColumns, rows: Int32Array, at: { account: number; sequence: number; instrument: (place: number) => number }): BulkRows {
  const { account, sequence } = at;
  const ids = new Int32Array(rows.length);
  for (const [place, row] of rows.entries()) ids[place] = at.instrument(columns.instrument[row] as number);
  const order = inTableOrder(columns, rows, ids);
  const day = columns.days[0] ?? '';
  assert(isoDate.safeParse(day).success && Number.isSafeInteger(sequence), `positions are of a day and an entry, not of ${day} and ${sequence}`);
  const end = `,"${day}",null,${sequence},null]`;
  let json = '';
  const values: Row = [];
  for (const place of order) {
    const row = rows[place] as number;
    const part = SUB_TYPE_ORDER[columns.subType[row] as number] as string;
    const quantity = amountAt(columns.quantity, row) as string;
    const entryPrice = amountAt(columns.entryPrice, row);
    values.push(part, ids[place] as number, quantity, entryPrice);
    json += `${json === '' ? '[' : ','}[0,${account},"${part}",${ids[place]},"${quantity}",${entryPrice === null ? 'null' : `"${entryPrice}"`}${end}`;
  }
  return { table: position, json: `${json}]`, insert: () => insert(book, values, { account, sequence, day }) };
}

/** Places of the rows as the table keeps them: by part of the account, then by the instrument's number. */
function inTableOrder(columns: PositionColumns, rows: Int32Array, ids: Int32Array): Int32Array {
  const places = Int32Array.from(rows, (_, place) => place);
  const isBefore = (left: number, right: number) => (columns.subType[rows[left] as number] as number) - (columns.subType[rows[right] as number] as number) || (ids[left] as number) - (ids[right] as number);
  for (let at = 1; at < places.length; at += 1) if (isBefore(at - 1, at) > 0) return places.sort(isBefore);
  return places;
}

/** `values` has four of each row, those that differ. */
function insert(book: Book, values: Row, shared: { account: number; sequence: number; day: string }): void {
  let at = 0;
  for (const rows of BATCHES) {
    for (const size = rows * 4; at + size <= values.length; at += size) statement(book.db, insertText(rows)).run(values.slice(at, at + size), shared);
  }
}

const texts = new Map<number, string>();

function insertText(rows: number): string {
  let text = texts.get(rows);
  if (!text) {
    const one = '(0, :account, ?, ?, ?, ?, :day, NULL, :sequence, NULL)';
    texts.set(rows, (text = `INSERT INTO position (${Object.keys(position.columns).join(', ')}) VALUES ${Array<string>(rows).fill(one).join(', ')}`));
  }
  return text;
}
