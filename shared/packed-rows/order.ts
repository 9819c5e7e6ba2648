import { assert } from '../result.ts';
import { TABLES, type TableName } from './tables.ts';

/** The rows of a table in an order, as the desk has them at a version. */
export interface RowOrder {
  table: TableName;
  version: number;
  /** Slots of the rows, first row first. */
  slots: Uint32Array;
  /** Of each of these rows, its place in the desk's own order, from 1: the rank of a call. */
  places: Uint32Array;
}

const HEADER = 3;

export function packOrder({ table, version, slots, places }: RowOrder): Uint8Array {
  const words = new Uint32Array(HEADER + 2 * slots.length);
  words.set([TABLES.indexOf(table), version, slots.length]);
  words.set(slots, HEADER);
  words.set(places, HEADER + slots.length);
  return new Uint8Array(words.buffer);
}

export function openOrder(given: Uint8Array): RowOrder {
  const bytes = given.byteOffset % 4 === 0 ? given : new Uint8Array(given);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const [table = TABLES.length, version = 0, rows = 0] = words;
  const name = TABLES[table];
  assert(name !== undefined && words.length === HEADER + 2 * rows, 'these bytes are no order of rows');
  return { table: name, version, slots: words.subarray(HEADER, HEADER + rows), places: words.subarray(HEADER + rows) };
}
