import { SUB_TYPE_ORDER, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';

/** Bounds of what is packed into one number to sort by: a part of the account, an instrument's number, and a place in a list. */
export const INSTRUMENTS_MAX = 2 ** 26;
const PLACES_MAX = 2 ** 23;

/** The place of a position in its account, as the table orders them: by part, then by the instrument's number. */
export function tableKey(part: number, instrument: number): number {
  return part * INSTRUMENTS_MAX + instrument;
}

// Not by `%`, which takes five times as long on numbers of this size.
export function partOf(key: number): number {
  return Math.floor(key / INSTRUMENTS_MAX);
}

export function instrumentOf(key: number): number {
  return key - partOf(key) * INSTRUMENTS_MAX;
}

/** What `inTableOrder` gives: a key, and the place in the list that it is of. */
export function keyOf(packed: number): number {
  return Math.floor(packed / PLACES_MAX);
}

export function placeOf(packed: number, key: number): number {
  return packed - key * PLACES_MAX;
}

/** The keys of a file's rows, and after them in the list of others, in the order of the table. */
export function inTableOrder({ subType, instrument }: PositionColumns, rows: Int32Array, others: readonly number[], idOf: (place: number) => number): Float64Array {
  const count = rows.length + others.length;
  assert(count <= PLACES_MAX, `an account has at most ${PLACES_MAX} positions`);
  const packed = new Float64Array(count);
  let isInOrder = true;
  let last = -1;
  for (let place = 0; place < count; place += 1) {
    const row = rows[place] as number;
    const key = place < rows.length ? tableKey(subType[row] as number, idOf(instrument[row] as number)) : (others[place - rows.length] as number);
    const next = key * PLACES_MAX + place;
    isInOrder &&= next > last;
    packed[place] = last = next;
  }
  // A file's rows are in the order of names, which mostly got their numbers in that order, too.
  return isInOrder ? packed : packed.sort();
}

/** The name of the part of an account that a key is in. */
export function subTypeOf(key: number): string {
  return SUB_TYPE_ORDER[partOf(key)] as string;
}
