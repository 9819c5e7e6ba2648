import { SUB_TYPE_ORDER } from '../../../shared/domain/position-columns.ts';
import { hashOfRowText, sumOfHashes, type HistorySum } from '../digests/digest.ts';
import { PAST_FIELDS } from '../sql/bulk-statements.ts';
import type { Writes } from '../sql/writes.ts';
import { position } from '../tables/versioned-tables.ts';
import { putBlanks, putBytes, putDigits, roomFor, roomOf, WORD } from './byte-room.ts';
import { compareDay, findValues, noValues, type HeldText, type HeldValues } from './held-text.ts';
import { instrumentOf, partOf } from './table-key.ts';

/** A position that ends: where it stands in its account and in the text, and its place among the news, the order of becoming history. */
export interface EndingRow extends Pick<HeldText, 'key' | 'at' | 'amounts'> {
  place: number;
}

/** What becomes of positions that end: the sum of the hashes of their past rows, and how these are written. */
export interface PastPositions {
  sum: HistorySum;
  write: () => void;
}

const FIRST_BYTES = 64 * 1024;
/** More than the longest past row takes as text. */
const TEXT_MAX = 512;
const START = bytesOf(`["${position.name}",[`);
const PARTS = SUB_TYPE_ORDER.map(bytesOf);
const [PART, INSTRUMENT] = PAST_FIELDS.before;
const [VALID_FROM, VALID_TO, SEQUENCE_FROM] = PAST_FIELDS.after;
const LENGTH_BUT_AMOUNTS = [...PAST_FIELDS.before, ...PAST_FIELDS.after].reduce((sum, width) => sum + width, 0);

/**
 * Makes history of current positions that end on a day, as `changeRow` does one by one: each is no longer held to be true
 * from this entry on, and, where it began before that day, a row for the days up to it takes its place. Again two texts,
 * as bytes: what is hashed, and records that SQLite cuts up.
 */
export function pastPositions(writes: Writes, at: { day: string; sequence: number; nextEnded: () => number }): (account: number, text: Uint8Array, ending: readonly EndingRow[]) => PastPositions {
  const values = noValues();
  const day = bytesOf(at.day);
  const entry = bytesOf(String(at.sequence));
  const withdrawn = bytesOf(`,${at.sequence}]]`);
  const kept = bytesOf(`,"${at.day}",${at.sequence},null]]`);
  const text = roomOf(TEXT_MAX);
  let records = roomOf(FIRST_BYTES);

  /** The row's text as the history takes it: the old one under a new running number, up to a byte, and then these. */
  function hashOf(held: Uint8Array, rowAt: number, end: number, rest: Uint8Array, ended: number): HistorySum {
    let to = putDigits(ended, text, putAll(START, 0));
    to = putBytes(held, rowAt + '[0'.length, end, text, to);
    return hashOfRowText(text.bytes.subarray(0, putAll(rest, to)));
  }
  function putAll(bytes: Uint8Array, to: number): number {
    return putBytes(bytes, 0, bytes.length, text, to);
  }

  /** One record; of a kept row the days have an end, and the entry is this one. */
  function putRecord(held: Uint8Array, key: number, width: number, start: number, isKept: boolean): void {
    const name = PARTS[partOf(key)] as Uint8Array;
    putBlanks(records, start, LENGTH_BUT_AMOUNTS + 2 * width);
    putBytes(name, 0, name.length, records, start);
    putDigits(instrumentOf(key), records, start + PART);
    let to = start + PART + INSTRUMENT;
    putBytes(held, values.quantity, values.quantityEnd, records, to);
    putBytes(held, values.entryPrice, values.entryPriceEnd, records, to + width);
    to += 2 * width;
    putBytes(held, values.day, values.dayEnd, records, to);
    to += VALID_FROM;
    if (isKept) putBytes(day, 0, day.length, records, to);
    to += VALID_TO;
    if (isKept) putBytes(entry, 0, entry.length, records, to);
    else putBytes(held, values.sequence, values.sequenceEnd, records, to);
    if (!isKept) putBytes(entry, 0, entry.length, records, to + SEQUENCE_FROM);
  }

  return (account, held, ending) => {
    const width = widestAmount(held, ending, values);
    const length = LENGTH_BUT_AMOUNTS + 2 * width;
    records = roomFor(records, 2 * ending.length * length);
    const hashes: HistorySum[] = [];
    let first = 0;
    for (const { key, at: rowAt, amounts } of ending.toSorted((left, right) => left.place - right.place)) {
      findValues(held, amounts, values);
      for (const isKept of compareDay(held, values, day) < 0 ? [false, true] : [false]) {
        const ended = at.nextEnded();
        if (hashes.length === 0) first = ended;
        putRecord(held, key, width, hashes.length * length, isKept);
        hashes.push(isKept ? hashOf(held, rowAt, values.dayEnd + 1, kept, ended) : hashOf(held, rowAt, values.sequenceEnd, withdrawn, ended));
      }
    }
    const written = records.bytes.subarray(0, hashes.length * length);
    return { sum: sumOfHashes(hashes), write: () => writes.past({ account, ended: first, records: written, length, width, count: hashes.length }) };
  };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Whole words that every amount of these rows fits into. */
function widestAmount(text: Uint8Array, ending: readonly EndingRow[], values: HeldValues): number {
  let widest = 1;
  for (const { amounts } of ending) {
    findValues(text, amounts, values);
    widest = Math.max(widest, values.quantityEnd - values.quantity, values.entryPriceEnd - values.entryPrice);
  }
  return Math.ceil(widest / WORD) * WORD;
}
