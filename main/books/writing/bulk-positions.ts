import { AMOUNT_LENGTH_MAX, writeAmount } from '../../../shared/domain/plain-amount.ts';
import { NONE, SUB_TYPE_ORDER, type AmountColumn, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';
import { isoDate } from '../../../shared/time.ts';
import type { Writes } from '../sql/writes.ts';
import type { Row } from '../tables/bind.ts';
import { position } from '../tables/versioned-tables.ts';
import { copyWords, inWords, put, putBlanks, roomFor, roomOf, WORD, type Room, type Words } from './byte-room.ts';
import { compareDay, findValues, heldText, nextRow, noValues, type HeldText, type HeldValues } from './held-text.ts';
import { INSTRUMENT_WIDTH, instrumentTexts } from './instrument-texts.ts';
import type { BulkRows } from './partition-edit.ts';
import { pastPositions, type EndingRow } from './past-positions.ts';
import { inTableOrder, instrumentOf, keyOf, placeOf, subTypeOf } from './table-key.ts';

/** What a file says of the positions of one account, none of them twice. */
export interface PositionNews {
  account: number;
  /** Rows of the file's columns that are new or changed. */
  rows: Int32Array;
  /** The places in the account, see `tableKey`, of positions that have ended. */
  ended: readonly number[];
  /** What the book holds, as the text it is signed as. */
  held: Uint8Array;
}

/** The rows that the news makes, to be written and signed before the next account's; null where only row by row will do. */
export type BulkPositions = (news: PositionNews) => (BulkRows & { changes: number }) | null;

const FIRST_BYTES = 64 * 1024;
/** Whatever stands in a row's text besides its amounts. */
const REST_MAX = 128;
const LIST_START = inWords('[');
const LIST_END = inWords(']');
const COMMA = 0x2c;
const BETWEEN_QUOTED = inWords('","');

/** What the file's columns are written with: its day, and the numbers of its instruments and of past rows. */
export interface Writing {
  sequence: number;
  instrument: (place: number) => number;
  nextEnded: () => number;
}

/**
 * Makes rows of a file's positions, account by account. They are the rows that taking them in one by one would make, and
 * their amounts canonical by how columns are read. Of each account two texts are made as bytes, and no value of
 * JavaScript for any row: the JSON that is digested, and a table of records of one width that SQLite cuts up by itself,
 * since binding values one by one costs more than storing them. What the book holds of the account already is such a text,
 * and those of its rows of which there is no news are copied as they stand.
 */
export function bulkPositions(writes: Writes, columns: PositionColumns, writing: Writing): BulkPositions {
  const { sequence } = writing;
  const { quantity, entryPrice } = columns;
  const day = columns.days[0] ?? '';
  assert(isoDate.safeParse(day).success && Number.isSafeInteger(sequence), `positions are of a day and an entry, not of ${day} and ${sequence}`);
  const widths = { instrument: INSTRUMENT_WIDTH, quantity: widthOf(quantity, columns.count), entryPrice: widthOf(entryPrice, columns.count) };
  const past = pastPositions(writes, { day, sequence, nextEnded: writing.nextEnded });
  const [quantityAt, priceAt, recordLength] = [widths.instrument, widths.instrument + widths.quantity, widths.instrument + widths.quantity + widths.entryPrice];
  const textLength = REST_MAX + widths.quantity + widths.entryPrice;
  const instruments = instrumentTexts(columns.instruments.length, writing.instrument);
  const unpriced = inWords(`",null,"${day}",null,${sequence},null],`);
  const priced = inWords(`","${day}",null,${sequence},null],`);
  const dayBytes = new TextEncoder().encode(day);
  const values = noValues();
  let text = roomOf(FIRST_BYTES);
  let records = roomOf(FIRST_BYTES);

  /** Writes a row as text, after what the rows of its part begin with, and as a record; answers where it ends in the text. */
  function putRow(row: number, start: Words, from: number, record: number): number {
    const instrument = columns.instrument[row] as number;
    instruments.put(instrument, records, record);
    const to = putField(quantity, row, text, instruments.put(instrument, text, put(start, text, from)), records, record + quantityAt, widths.quantity);
    if (entryPrice.places[row] !== NONE) return put(priced, text, putField(entryPrice, row, text, put(BETWEEN_QUOTED, text, to), records, record + priceAt, widths.entryPrice));
    putBlanks(records, record + priceAt, widths.entryPrice);
    return put(unpriced, text, to);
  }

  return ({ account, rows, ended, held: before }) => {
    text = roomFor(text, before.length + rows.length * textLength);
    records = roomFor(records, rows.length * recordLength);
    const held = heldText(before, account);
    const ending: EndingRow[] = [];
    const gone: Row[] = [];
    const ends = SUB_TYPE_ORDER.map(() => 0);
    let isPriced = false;
    let part = -1;
    let start = LIST_START;
    let to = put(LIST_START, text, 0);
    let record = 0;
    let copied = held.at;
    let last = -1;
    for (const packed of inTableOrder(columns, rows, ended, instruments.id)) {
      const key = keyOf(packed);
      if (key === last) return null;
      last = key;
      while (held.key < key) nextRow(held);
      const isHeld = held.key === key;
      if (isHeld) {
        findValues(before, held.amounts, values);
        if (compareDay(before, values, dayBytes) > 0) return null;
      }
      const place = placeOf(packed, key);
      const row = place < rows.length ? (rows[place] as number) : -1;
      if (row < 0 && !isHeld) continue;
      to = copyRows(before, copied, held.at, text, to);
      copied = held.at;
      if (row < 0) gone.push([account, subTypeOf(key), instrumentOf(key)]);
      else {
        if (columns.subType[row] !== part) {
          part = columns.subType[row] as number;
          start = inWords(`[0,${account},"${SUB_TYPE_ORDER[part]}",`);
        }
        const end = putRow(row, start, to, record);
        if (isHeld && isSameRow(held, values, text, to)) {
          nextRow(held);
          continue;
        }
        to = end;
        record += recordLength;
        ends[part] = record / recordLength;
        isPriced ||= entryPrice.places[row] !== NONE;
      }
      if (!isHeld) continue;
      ending.push({ key, place, at: held.at, amounts: held.amounts });
      nextRow(held);
      copied = held.at;
    }
    to = copyRows(before, copied, before.length - 1, text, to);
    // Over the comma after the last row.
    to = put(LIST_END, text, Math.max(to - 1, LIST_START.length));
    const count = record / recordLength;
    const news = { account, day, sequence, records: records.bytes.subarray(0, record), count, ends, isPriced, replaces: ending.length > gone.length };
    const history = ending.length > 0 ? past(account, before, ending) : null;
    return {
      table: position,
      text: text.bytes.subarray(0, to),
      past: history?.sum ?? 0n,
      changes: count + gone.length,
      write() {
        if (gone.length > 0) writes.removeCurrent(position, gone);
        if (count > 0) writes.positions(widths, news);
        history?.write();
      },
    };
  };
}

/** Whether the text made from a place on says of the position what is held of it, of the same day. */
function isSameRow({ text: held, at }: HeldText, { dayEnd }: HeldValues, { bytes }: Room, from: number): boolean {
  for (let next = at; next < dayEnd; next += 1) if (held[next] !== bytes[from + next - at]) return false;
  return true;
}

/** Copies rows of the text that stay as they are; answers where they end, with a comma behind each. */
function copyRows(from: Uint8Array, start: number, end: number, { bytes }: Room, to: number): number {
  if (end <= start) return to;
  bytes.set(from.subarray(start, end), to);
  if (end < from.length - 1) return to + end - start;
  bytes[to + end - start] = COMMA;
  return to + end - start + 1;
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
