import { AMOUNT_LENGTH_MAX, writeAmount } from '../../../shared/domain/plain-amount.ts';
import { NONE, SUB_TYPE_ORDER, type AmountColumn, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';
import { isoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { positionInsert } from '../sql/bulk-statements.ts';
import { position } from '../tables/versioned-tables.ts';
import { copyWords, inWords, put, putBlanks, roomFor, roomOf, WORD, type Room } from './byte-room.ts';
import type { BulkRows } from './partition-edit.ts';

/** The positions of one account, of which the book holds none, as its rows; to be written and signed before the next account's. */
export type BulkPositions = (rows: Int32Array, account: number) => BulkRows;

const FIRST_BYTES = 64 * 1024;
const BLANK = 0x20;
/** Room for an instrument's number, the comma after it and the quotation mark of the quantity. */
const INSTRUMENT_WIDTH = 2 * WORD;
/** Whatever stands in a row's text besides its amounts. */
const REST_MAX = 128;
const LIST_START = inWords('[');
const LIST_END = inWords(']');
const BETWEEN_QUOTED = inWords('","');

/**
 * Makes rows of a file's positions, account by account. They are the rows that taking them in one by one would make, and
 * their amounts canonical by how columns are read. Of each account two texts are made as bytes, and no value of
 * JavaScript for any row: the JSON that is digested, and a table of records of one width that SQLite cuts up by itself,
 * since binding values one by one costs more than storing them.
 */
export function bulkPositions(book: Book, columns: PositionColumns, at: { sequence: number; instrument: (place: number) => number }): BulkPositions {
  const { sequence } = at;
  const { quantity, entryPrice } = columns;
  const day = columns.days[0] ?? '';
  assert(isoDate.safeParse(day).success && Number.isSafeInteger(sequence), `positions are of a day and an entry, not of ${day} and ${sequence}`);
  const widths = { instrument: INSTRUMENT_WIDTH, quantity: widthOf(quantity, columns.count), entryPrice: widthOf(entryPrice, columns.count) };
  const insert = positionInsert(book.db, widths);
  const [quantityAt, priceAt, recordLength] = [widths.instrument, widths.instrument + widths.quantity, widths.instrument + widths.quantity + widths.entryPrice];
  const textLength = REST_MAX + widths.quantity + widths.entryPrice;
  const instruments = instrumentTexts(columns.instruments.length, at.instrument);
  const unpriced = inWords(`",null,"${day}",null,${sequence},null],`);
  const priced = inWords(`","${day}",null,${sequence},null],`);
  let text = roomOf(FIRST_BYTES);
  let records = roomOf(FIRST_BYTES);

  return (rows, account) => {
    text = roomFor(text, rows.length * textLength);
    records = roomFor(records, rows.length * recordLength);
    const ends = SUB_TYPE_ORDER.map(() => 0);
    let isPriced = false;
    let part = -1;
    let start = LIST_START;
    let to = put(LIST_START, text, 0);
    let record = 0;
    for (const row of inTableOrder(columns, rows, instruments.id)) {
      if (columns.subType[row] !== part) {
        part = columns.subType[row] as number;
        start = inWords(`[0,${account},"${SUB_TYPE_ORDER[part]}",`);
      }
      ends[part] = record / recordLength + 1;
      const instrument = columns.instrument[row] as number;
      to = put(start, text, to);
      instruments.put(instrument, records, record);
      to = putField(quantity, row, text, instruments.put(instrument, text, to), records, record + quantityAt, widths.quantity);
      if (entryPrice.places[row] === NONE) {
        putBlanks(records, record + priceAt, widths.entryPrice);
        to = put(unpriced, text, to);
      } else {
        isPriced = true;
        to = putField(entryPrice, row, text, put(BETWEEN_QUOTED, text, to), records, record + priceAt, widths.entryPrice);
        to = put(priced, text, to);
      }
      record += recordLength;
    }
    // Over the comma after the last row.
    to = put(LIST_END, text, to - 1);
    const written = records.bytes.subarray(0, record);
    return { table: position, text: text.bytes.subarray(0, to), insert: () => insert({ account, day, sequence, records: written, count: rows.length, ends, isPriced }) };
  };
}

/** Writes an amount into the text, and filled up with blanks into a record; answers where it ends in the text. */
function putField(amounts: AmountColumn, row: number, text: Room, from: number, records: Room, at: number, width: number): number {
  const end = writeAmount(amounts, row, text.bytes, from);
  putBlanks(text, end, width);
  copyWords(text, from, records, at, width);
  return end;
}

/** Whole words that the longest amount of a column fits into. */
function widthOf({ units, places, wide }: AmountColumn, count: number): number {
  let largest = 0;
  let deepest = -1;
  for (let row = 0; row < count; row += 1) {
    const scale = places[row] as number;
    if (scale === NONE) continue;
    deepest = Math.max(deepest, scale);
    largest = Math.max(largest, Math.abs(units[row] as number));
  }
  if (deepest < 0) return 0;
  // Besides its digits, one of them before the point, an amount has a sign and a point.
  const length = wide.length > 0 ? AMOUNT_LENGTH_MAX : 2 + Math.max(String(largest).length, deepest + 1);
  return Math.ceil(length / WORD) * WORD;
}

/** The number of each instrument, looked up once, and its text with what follows it in a row. */
function instrumentTexts(count: number, numberOf: (place: number) => number): { id: (place: number) => number; put: (place: number, into: Room, at: number) => number } {
  const ids = new Int32Array(count);
  const lengths = new Uint8Array(count);
  const words = new Float64Array((count * INSTRUMENT_WIDTH) / WORD);
  const bytes = new Uint8Array(words.buffer);
  function id(place: number): number {
    if (ids[place] === 0) {
      const number = numberOf(place);
      assert(number < INSTRUMENTS_MAX, `numbers of instruments are below ${INSTRUMENTS_MAX}`);
      const text = `${number},"`;
      for (let at = 0; at < INSTRUMENT_WIDTH; at += 1) bytes[place * INSTRUMENT_WIDTH + at] = at < text.length ? text.charCodeAt(at) : BLANK;
      lengths[place] = text.length;
      ids[place] = number;
    }
    return ids[place] as number;
  }
  return {
    id,
    put(place, { view }, at) {
      view.setFloat64(at, words[2 * place] as number, true);
      view.setFloat64(at + WORD, words[2 * place + 1] as number, true);
      return at + (lengths[place] as number);
    },
  };
}

/** Bounds of what is packed into one number to sort by: a part of the account, an instrument's number, and a place among the rows. */
const INSTRUMENTS_MAX = 2 ** 26;
const ROWS_MAX = 2 ** 23;

/** The rows as the table keeps them: by part of the account, then by the instrument's number. */
function inTableOrder({ subType, instrument }: PositionColumns, rows: Int32Array, idOf: (place: number) => number): Int32Array {
  assert(rows.length <= ROWS_MAX, `an account has at most ${ROWS_MAX} positions`);
  const keys = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] as number;
    keys[place] = ((subType[row] as number) * INSTRUMENTS_MAX + idOf(instrument[row] as number)) * ROWS_MAX + place;
  }
  keys.sort();
  const sorted = new Int32Array(rows.length);
  for (let at = 0; at < sorted.length; at += 1) {
    const key = keys[at] as number;
    // Not by `%`, which takes five times as long on numbers of this size.
    sorted[at] = rows[key - Math.floor(key / ROWS_MAX) * ROWS_MAX] as number;
  }
  return sorted;
}
