import { AMOUNT_LENGTH_MAX, writeAmount } from '../../../shared/domain/plain-amount.ts';
import { DIGITS_MAX, NONE, SUB_TYPE_ORDER, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';
import { isoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { positionInsert } from '../sql/bulk-statements.ts';
import { position } from '../tables/versioned-tables.ts';
import type { BulkRows } from './partition-edit.ts';

/** The positions of one account, of which the book holds none, as its rows; to be written and signed before the next account's. */
export type BulkPositions = (rows: Int32Array, account: number) => BulkRows;

const WORD = 8;
const ZERO = 0x30;
const FIRST_ROWS = 1024;
const SUB_TYPE_WIDTH = 8;
const NUMBER_WIDTH = 10;
/** Whatever stands in a row besides its amounts, its day and the numbers of its account and entry, and the words over its end. */
const REST_MAX = 128;
const BLANK_WORD = inWords(' '.repeat(WORD));
const SUB_TYPES = SUB_TYPE_ORDER.map((name) => inWords(name.padEnd(SUB_TYPE_WIDTH)));
const LIST_START = inWords('[');
const LIST_END = inWords(']');
const ROW_START = inWords('[0,');
const QUOTED_SUB_TYPES = SUB_TYPE_ORDER.map((name) => inWords(`,"${name}",`));
const QUOTED = inWords(',"');
const BETWEEN_QUOTED = inWords('","');

/**
 * Makes rows of a file's positions, account by account. They are the rows that taking them in one by one would make, and
 * their amounts canonical by how columns are read. Of each account two texts are made as bytes, and no value of
 * JavaScript for any row: the JSON that is digested, and a table of records of one width that SQLite cuts up by itself,
 * since binding values one by one costs more than storing them.
 */
export function bulkPositions(book: Book, columns: PositionColumns, at: { sequence: number; instrument: (place: number) => number }): BulkPositions {
  const { sequence } = at;
  const day = columns.days[0] ?? '';
  assert(isoDate.safeParse(day).success && Number.isSafeInteger(sequence), `positions are of a day and an entry, not of ${day} and ${sequence}`);
  const isWide = columns.quantity.wide.length + columns.entryPrice.wide.length > 0;
  // Besides its digits an amount has a sign and a point.
  const amountWidth = isWide ? AMOUNT_LENGTH_MAX : DIGITS_MAX + 2;
  const insert = positionInsert(book.db, { subType: SUB_TYPE_WIDTH, instrument: NUMBER_WIDTH, amount: amountWidth });
  const recordLength = SUB_TYPE_WIDTH + NUMBER_WIDTH + 2 * amountWidth;
  const unpriced = inWords(`",null,"${day}",null,${sequence},null],`);
  const priced = inWords(`","${day}",null,${sequence},null],`);
  let text = bytesFor(FIRST_ROWS, REST_MAX + 2 * amountWidth);
  let records = bytesFor(FIRST_ROWS, recordLength);

  return (rows, account) => {
    const ids = new Int32Array(rows.length);
    for (let place = 0; place < rows.length; place += 1) ids[place] = at.instrument(columns.instrument[rows[place] as number] as number);
    text = roomFor(text, rows.length, REST_MAX + 2 * amountWidth);
    records = roomFor(records, rows.length, recordLength);
    let isPriced = false;
    let to = put(LIST_START, text, 0);
    let record = 0;
    for (const place of inTableOrder(columns, rows, ids)) {
      const row = rows[place] as number;
      const subType = columns.subType[row] as number;
      for (let blank = 0; blank < recordLength; blank += WORD) put(BLANK_WORD, records, record + blank);
      put(SUB_TYPES[subType] as Words, records, record);
      to = writeWhole(account, text.bytes, put(ROW_START, text, to));
      let from = put(QUOTED_SUB_TYPES[subType] as Words, text, to);
      to = writeWhole(ids[place] as number, text.bytes, from);
      copy(text.bytes, from, to, records.bytes, record + SUB_TYPE_WIDTH);
      from = put(QUOTED, text, to);
      to = writeAmount(columns.quantity, row, text.bytes, from);
      copy(text.bytes, from, to, records.bytes, record + SUB_TYPE_WIDTH + NUMBER_WIDTH);
      if (columns.entryPrice.places[row] === NONE) to = put(unpriced, text, to);
      else {
        isPriced = true;
        from = put(BETWEEN_QUOTED, text, to);
        to = writeAmount(columns.entryPrice, row, text.bytes, from);
        copy(text.bytes, from, to, records.bytes, record + SUB_TYPE_WIDTH + NUMBER_WIDTH + amountWidth);
        to = put(priced, text, to);
      }
      record += recordLength;
    }
    // Over the comma after the last row.
    to = put(LIST_END, text, to - 1);
    const written = records.bytes.subarray(0, record);
    return { table: position, text: text.bytes.subarray(0, to), insert: () => insert({ account, day, sequence, records: written, count: rows.length, isPriced }) };
  };
}

/** Bytes, and a way to write eight of them at once. */
interface Room {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
}

function bytesFor(rows: number, length: number): Room {
  const bytes = new Uint8Array(rows * length + REST_MAX);
  return { bytes, view: new DataView(bytes.buffer) };
}

function roomFor(room: Room, rows: number, length: number): Room {
  return room.bytes.length < rows * length + REST_MAX ? bytesFor(2 * rows, length) : room;
}

/** Plain text that is written often: its length, and its bytes eight by eight as doubles, none of which is NaN. */
interface Words {
  length: number;
  words: Float64Array;
}

function inWords(text: string): Words {
  const bytes = new Uint8Array(Math.ceil(text.length / WORD) * WORD);
  new TextEncoder().encodeInto(text, bytes);
  return { length: text.length, words: new Float64Array(bytes.buffer) };
}

/** Writes a text, and up to seven bytes over its end, which what follows writes over; answers where it ends. */
function put({ length, words }: Words, { view }: Room, at: number): number {
  for (let word = 0; word < words.length; word += 1) view.setFloat64(at + word * WORD, words[word] as number, true);
  return at + length;
}

function writeWhole(value: number, into: Uint8Array, at: number): number {
  let end = at + 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end += 1;
  let rest = value;
  for (let to = end - 1; to >= at; to -= 1) {
    const next = Math.floor(rest / 10);
    into[to] = ZERO + (rest - next * 10);
    rest = next;
  }
  return end;
}

function copy(from: Uint8Array, start: number, end: number, into: Uint8Array, at: number): void {
  for (let index = start; index < end; index += 1) into[at + index - start] = from[index] as number;
}

/** Above every number of an instrument, so that a part of the account and an instrument make one number to sort by. */
const NUMBERS_MAX = 2 ** 40;

/** Places of the rows as the table keeps them: by part of the account, then by the instrument's number. Mostly they are so already. */
function inTableOrder({ subType }: PositionColumns, rows: Int32Array, ids: Int32Array): Int32Array {
  const places = new Int32Array(rows.length);
  const keys = new Float64Array(rows.length);
  let isInOrder = true;
  for (let place = 0; place < rows.length; place += 1) {
    const key = (subType[rows[place] as number] as number) * NUMBERS_MAX + (ids[place] as number);
    if (place > 0 && key < (keys[place - 1] as number)) isInOrder = false;
    places[place] = place;
    keys[place] = key;
  }
  return isInOrder ? places : places.sort((left, right) => (keys[left] as number) - (keys[right] as number));
}
