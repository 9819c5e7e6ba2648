import type { PlainLine } from './plain-line.ts';

/**
 * Numbers cells by their bytes, from 0 on. An entry keeps a copy of its cells, packed together so that they stay in the
 * processor's cache, and every look-up compares all of them: the hash only says where to look. Bytes are taken four at a
 * time, and neighbouring cells as one run with their delimiters, which no plain cell holds.
 */
export interface CellTable {
  /** The number of these cells of the line: that of the same cells before, or the next one. */
  numberOf(line: PlainLine): number;
}

const FIRST_ENTRIES = 512;
const FIRST_BYTES = 16 * 1024;
/** Fields of an entry: its hash, and where its cells are kept. */
const FIELDS = 2;
/** No plain cell holds a line break, so it can end a run of them. */
const RUN_END = 0x0a;
const WORD = 4;

export function cellTable(bytes: Uint8Array, cells: readonly number[]): CellTable {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [firsts, lasts] = runsOf(cells);
  let slots = new Int32Array(FIRST_ENTRIES * 2);
  let entries = new Int32Array(FIRST_ENTRIES * FIELDS);
  let kept = new Uint8Array(FIRST_BYTES);
  let keptWords = new DataView(kept.buffer);
  let keptLength = 0;
  let count = 0;
  // Rows of one account stand together in most files.
  let last = 0;

  function hashOf({ start, end }: PlainLine): number {
    let mixed = 0;
    for (let run = 0; run < firsts.length; run += 1) {
      const stop = end[lasts[run] as number] as number;
      let at = start[firsts[run] as number] as number;
      for (; at + WORD <= stop; at += WORD) mixed = mix(mixed, words.getInt32(at, true));
      for (; at < stop; at += 1) mixed = mix(mixed, bytes[at] as number);
      mixed = mix(mixed, RUN_END);
    }
    return mixed;
  }

  function isSame(entry: number, { start, end }: PlainLine): boolean {
    let known = entries[entry + 1] as number;
    for (let run = 0; run < firsts.length; run += 1) {
      const stop = end[lasts[run] as number] as number;
      let at = start[firsts[run] as number] as number;
      // What is kept ends with more than a word of room, and a shorter run differs at its end.
      for (; at + WORD <= stop; at += WORD, known += WORD) if (words.getInt32(at, true) !== keptWords.getInt32(known, true)) return false;
      for (; at < stop; at += 1, known += 1) if (bytes[at] !== kept[known]) return false;
      if (kept[known] !== RUN_END) return false;
      known += 1;
    }
    return true;
  }

  function numberOf(line: PlainLine): number {
    if (count > 0 && isSame(last, line)) return last / FIELDS;
    const wanted = hashOf(line);
    const mask = slots.length - 1;
    let slot = wanted & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = (slots[slot] as number) - 1;
      if (entries[entry] !== wanted || !isSame(entry, line)) continue;
      last = entry;
      return entry / FIELDS;
    }
    return add(line, wanted);
  }

  function add(line: PlainLine, hash: number): number {
    if ((count + 1) * FIELDS > entries.length) grow();
    last = count * FIELDS;
    entries[last] = hash;
    entries[last + 1] = keptLength;
    for (let run = 0; run < firsts.length; run += 1) keep(line.start[firsts[run] as number] as number, line.end[lasts[run] as number] as number);
    enter(last);
    count += 1;
    return count - 1;
  }

  function keep(start: number, end: number): void {
    const length = keptLength + end - start + 1;
    if (length + WORD > kept.length) {
      const room = new Uint8Array(Math.max(length + WORD, kept.length * 2));
      room.set(kept);
      kept = room;
      keptWords = new DataView(kept.buffer);
    }
    kept.set(bytes.subarray(start, end), keptLength);
    kept[length - 1] = RUN_END;
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

  return { numberOf };
}

function mix(mixed: number, value: number): number {
  const product = Math.imul(mixed ^ value, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/** The first and the last cell of each run of neighbours. */
function runsOf(cells: readonly number[]): [firsts: Int32Array, lasts: Int32Array] {
  const sorted = cells.toSorted((left, right) => left - right);
  const firsts = sorted.filter((cell) => !cells.includes(cell - 1));
  const lasts = sorted.filter((cell) => !cells.includes(cell + 1));
  return [Int32Array.from(firsts), Int32Array.from(lasts)];
}
