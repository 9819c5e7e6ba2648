import { LINE_LENGTH_MAX } from '../text/csv-rows.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Where a row ends, line breaks inside quoted cells and all. */
export function rowEnd(bytes: Uint8Array, from: number, delimiter: number): number {
  const size = Math.min(bytes.length, from + 4 * LINE_LENGTH_MAX);
  let startsCell = true;
  let quoted = false;
  for (let at = from; at < size; at += 1) {
    const byte = bytes[at];
    if (quoted) {
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE) at += 1;
      else quoted = false;
      continue;
    }
    if (byte === LINE_FEED) return at + 1;
    if (byte === QUOTE && startsCell) quoted = true;
    startsCell = byte === delimiter;
  }
  return size;
}
