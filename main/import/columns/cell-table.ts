import type { PlainLine } from './plain-line.ts';

/**
 * Finds again what was learned from cells of the same bytes. An entry keeps a copy of its cells, packed together so that
 * they stay in the processor's cache, and every find compares all of them: the hash only says where to look.
 */
export interface CellTable {
  /** The number learned for these cells of the line, of the first or the second kind (0 or 1); -1 when none was. */
  find(line: PlainLine, kind: number): number;
  /** Remembers a number of a kind for these cells. */
  learn(line: PlainLine, kind: number, value: number): void;
}

const FIRST_ENTRIES = 512;
const FIRST_BYTES = 16 * 1024;
/** Fields of an entry: its hash, where its cells are kept, and the numbers learned of either kind. */
const FIELDS = 4;
/** No plain cell holds a line break, so it can end one. */
const CELL_END = 0x0a;

export function cellTable(bytes: Uint8Array, cells: readonly number[]): CellTable {
  let slots = new Int32Array(FIRST_ENTRIES * 2);
  let entries = new Int32Array(FIRST_ENTRIES * FIELDS);
  let kept = new Uint8Array(FIRST_BYTES);
  let keptLength = 0;
  let count = 0;
  // Rows of one account stand together in most files.
  let last = 0;

  function hashOf({ hash }: PlainLine): number {
    let mixed = 0;
    for (let index = 0; index < cells.length; index += 1) mixed = Math.imul(mixed ^ (hash[cells[index] as number] as number), 0x9e3779b1) ^ (mixed >>> 15);
    return mixed ^ (mixed >>> 16);
  }

  function isSame(entry: number, wanted: number, { start, end }: PlainLine): boolean {
    if (entries[entry] !== wanted) return false;
    let known = entries[entry + 1] as number;
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index] as number;
      const stop = end[cell] as number;
      for (let at = start[cell] as number; at < stop; at += 1, known += 1) if (bytes[at] !== kept[known]) return false;
      if (kept[known] !== CELL_END) return false;
      known += 1;
    }
    return true;
  }

  function entryOf(line: PlainLine): number {
    const wanted = hashOf(line);
    if (count > 0 && isSame(last, wanted, line)) return last;
    const mask = slots.length - 1;
    for (let slot = wanted & mask; ; slot = (slot + 1) & mask) {
      const entry = (slots[slot] as number) - 1;
      if (entry < 0) return -1;
      if (!isSame(entry, wanted, line)) continue;
      last = entry;
      return entry;
    }
  }

  function find(line: PlainLine, kind: number): number {
    const entry = entryOf(line);
    return entry < 0 ? -1 : (entries[entry + 2 + kind] as number);
  }

  function learn(line: PlainLine, kind: number, value: number): void {
    const known = entryOf(line);
    entries[(known < 0 ? add(line) : known) + 2 + kind] = value;
  }

  function add(line: PlainLine): number {
    if ((count + 1) * FIELDS > entries.length) grow();
    const entry = count * FIELDS;
    count += 1;
    entries.set([hashOf(line), keptLength, -1, -1], entry);
    for (const cell of cells) keep(line.start[cell] as number, line.end[cell] as number);
    enter(entry);
    return entry;
  }

  function keep(start: number, end: number): void {
    const length = keptLength + end - start + 1;
    if (length > kept.length) {
      const room = new Uint8Array(Math.max(length, kept.length * 2));
      room.set(kept);
      kept = room;
    }
    kept.set(bytes.subarray(start, end), keptLength);
    kept[length - 1] = CELL_END;
    keptLength = length;
  }

  function enter(entry: number): void {
    const mask = slots.length - 1;
    let slot = (entries[entry] as number) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = entry + 1;
  }

  function grow(): void {
    const room = new Int32Array(entries.length * 2);
    room.set(entries);
    entries = room;
    slots = new Int32Array(slots.length * 2);
    for (let number = 0; number < count; number += 1) enter(number * FIELDS);
  }

  return { find, learn };
}
