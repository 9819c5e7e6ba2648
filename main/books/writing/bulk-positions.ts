import { amountAt, SUB_TYPE_ORDER, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';
import { isoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { statement } from '../sql/connect.ts';
import type { Row } from '../tables/bind.ts';
import { position } from '../tables/versioned-tables.ts';
import type { BulkRows } from './partition-edit.ts';
import { textRoom, type TextRoom } from './text-room.ts';

/** Rows per INSERT, largest first: SQLite spends as long on starting a statement as on a row. */
const BATCHES = [64, 16, 4, 1] as const;

/** What is the same in all rows of one part of an account, and what differs, row by row: instrument, quantity, price paid if there is any. */
interface PartRows {
  part: string;
  priced: boolean;
  values: Row;
}

/** The positions of one account, of which the book holds none, as its rows; to be written before the next account's. */
export type BulkPositions = (rows: Int32Array, account: number) => BulkRows;

/**
 * Makes rows of a file's positions, account by account. They are the rows that taking them in one by one would make, and
 * their amounts canonical by how columns are read. What is the same in many stands in the statement, and only what
 * differs is bound, since binding a value costs as much as storing it.
 */
export function bulkPositions(book: Book, columns: PositionColumns, at: { sequence: number; instrument: (place: number) => number }): BulkPositions {
  const { sequence } = at;
  const day = columns.days[0] ?? '';
  assert(isoDate.safeParse(day).success && Number.isSafeInteger(sequence), `positions are of a day and an entry, not of ${day} and ${sequence}`);
  const text = textRoom();
  const end = `,"${day}",null,${sequence},null],`;
  return (rows, account) => {
    const ids = new Int32Array(rows.length);
    for (let place = 0; place < rows.length; place += 1) ids[place] = at.instrument(columns.instrument[rows[place] as number] as number);
    const parts: PartRows[] = [];
    const starts = SUB_TYPE_ORDER.map((part) => `[0,${account},"${part}",`);
    text.clear();
    text.add('[');
    for (const place of inTableOrder(columns, rows, ids)) {
      const row = rows[place] as number;
      const part = columns.subType[row] as number;
      const quantity = amountAt(columns.quantity, row) as string;
      const entryPrice = amountAt(columns.entryPrice, row);
      const { values } = partOf(parts, SUB_TYPE_ORDER[part] as string, entryPrice !== null);
      values.push(ids[place] as number, quantity);
      if (entryPrice !== null) values.push(entryPrice);
      text.add(starts[part] as string);
      text.addWhole(ids[place] as number);
      addAmounts(text, quantity, entryPrice);
      text.add(end);
    }
    // Over the comma after the last row.
    text.back(1);
    text.add(']');
    return { table: position, text: text.bytes(), insert: () => insert(book, parts, { account, sequence, day }) };
  };
}

function addAmounts(text: TextRoom, quantity: string, entryPrice: string | null): void {
  text.add(',"');
  text.add(quantity);
  if (entryPrice === null) {
    text.add('",null');
    return;
  }
  text.add('","');
  text.add(entryPrice);
  text.add('"');
}

/** The rows that this one continues, or new ones. */
function partOf(parts: PartRows[], part: string, priced: boolean): PartRows {
  const last = parts.at(-1);
  if (last && last.part === part && last.priced === priced) return last;
  const begun = { part, priced, values: [] };
  parts.push(begun);
  return begun;
}

/** Places of the rows as the table keeps them: by part of the account, then by the instrument's number. */
function inTableOrder(columns: PositionColumns, rows: Int32Array, ids: Int32Array): Int32Array {
  const places = new Int32Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) places[place] = place;
  const isBefore = (left: number, right: number) => (columns.subType[rows[left] as number] as number) - (columns.subType[rows[right] as number] as number) || (ids[left] as number) - (ids[right] as number);
  for (let at = 1; at < places.length; at += 1) if (isBefore(at - 1, at) > 0) return places.sort(isBefore);
  return places;
}

function insert(book: Book, parts: readonly PartRows[], shared: { account: number; sequence: number; day: string }): void {
  for (const { part, priced, values } of parts) {
    const width = priced ? 3 : 2;
    let at = 0;
    for (const rows of BATCHES) {
      for (const size = rows * width; at + size <= values.length; at += size) {
        statement(book.db, insertText(part, priced, rows)).run(size === values.length ? values : values.slice(at, at + size), shared);
      }
    }
  }
}

const texts = new Map<string, string>();

/** The part's name is one of ours and not a file's, so it may stand in the statement. */
function insertText(part: string, priced: boolean, rows: number): string {
  const key = `${part} ${priced} ${rows}`;
  let text = texts.get(key);
  if (!text) {
    const one = `(0, :account, '${part}', ?, ?, ${priced ? '?' : 'NULL'}, :day, NULL, :sequence, NULL)`;
    texts.set(key, (text = `INSERT INTO position (${Object.keys(position.columns).join(', ')}) VALUES ${Array<string>(rows).fill(one).join(', ')}`));
  }
  return text;
}
