import type { AmountColumn } from '../../../shared/domain/position-columns.ts';

/**
 * Some rows of a file one after the other, cut into cells and recognised, but not understood. It lies in one piece of
 * memory, which may be shared between two threads.
 */
export interface RowChunk {
  /** How many rows there are, and where in the file the row after them begins; `NO_TEXT` behind the last row of a file that turns out to be none. */
  about: Int32Array;
  /** Where each row begins. */
  start: Int32Array;
  /** The number of the cells that say what is held: rows of the same bytes have the same number. `NOT_PLAIN` for a row that could not be cut; nothing more is said of that. */
  holding: Int32Array;
  /** The number of the cells that say whose it is. */
  owner: Int32Array;
  /** 0 units where the row has none that is plain. */
  quantity: AmountColumn;
  /** Its places are `ODD_AMOUNT` where there is one that is not plain. */
  entryPrice: AmountColumn;
}

export const COUNT = 0;
export const NEXT = 1;
export const NO_TEXT = -1;
export const NOT_PLAIN = -1;
/** Places of an amount that is not written plainly. */
export const ODD_AMOUNT = 253;

/** Two columns of units, three of numbers, two of places. */
const ROW_BYTES = 2 * 8 + 3 * 4 + 2;
const ABOUT_BYTES = 8;

/** Whole words, so that chunks may lie one after the other. */
export function chunkBytes(rows: number): number {
  return ABOUT_BYTES + Math.ceil((rows * ROW_BYTES) / 8) * 8;
}

export function rowChunk(memory: ArrayBuffer | SharedArrayBuffer, from: number, rows: number): RowChunk {
  let at = from;
  const take = (bytes: number): number => (at += bytes) - bytes;
  const about = new Int32Array(memory, take(ABOUT_BYTES), 2);
  const units = [new Float64Array(memory, take(rows * 8), rows), new Float64Array(memory, take(rows * 8), rows)] as const;
  const numbers = [new Int32Array(memory, take(rows * 4), rows), new Int32Array(memory, take(rows * 4), rows), new Int32Array(memory, take(rows * 4), rows)] as const;
  const places = [new Uint8Array(memory, take(rows), rows), new Uint8Array(memory, take(rows), rows)] as const;
  return {
    about,
    start: numbers[0],
    holding: numbers[1],
    owner: numbers[2],
    quantity: { units: units[0], places: places[0], wide: [] },
    entryPrice: { units: units[1], places: places[1], wide: [] },
  };
}
