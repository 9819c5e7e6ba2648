import { csvRows, isBlank, LINE_LENGTH_MAX, type RowCursor } from '../text/csv-rows.ts';

/** A row that is not plain, read the careful way; `cursor` is null for one that holds nothing. */
export interface OddRow {
  cursor: RowCursor | null;
  /** Where the row after it begins, and how many lines it takes. */
  next: number;
  lines: number;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads the row that begins at a byte with the reader of every other file. Null when that reader finds a fault in it. */
export function readOddRow(name: string, bytes: Uint8Array, from: number, delimiter: number, lineNumber: number): OddRow | null {
  const end = rowEnd(bytes, from, delimiter);
  const cursor = csvRows(name, decoder.decode(bytes.subarray(from, end)), String.fromCharCode(delimiter));
  if (!cursor.next()) return cursor.fault || end < bytes.length ? null : { cursor: null, next: end, lines: 1 };
  cursor.line = lineNumber;
  return { cursor: isBlank(cursor.cells) ? null : cursor, next: end, lines: linesIn(bytes, from, end) };
}

/** Where a row ends, line breaks inside quoted cells and all. */
function rowEnd(bytes: Uint8Array, from: number, delimiter: number): number {
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

function linesIn(bytes: Uint8Array, from: number, end: number): number {
  let lines = 0;
  for (let at = from; at < end; at += 1) if (bytes[at] === LINE_FEED) lines += 1;
  return lines;
}
