import { csvRows, isBlank, LINE_LENGTH_MAX, type RowCursor } from '../text/csv-rows.ts';
import type { PlainLine } from './plain-line.ts';
import { rowEnd } from './row-end.ts';

/** A row for the careful reader; `cursor` is null for one that holds nothing. */
export interface OddRow {
  cursor: RowCursor | null;
  /** How many lines it takes. */
  lines: number;
}

const LINE_FEED = 0x0a;
const NOTE_TEXT_LENGTH = 160;

/** Reads the row that begins at a byte, with the line that was cut there when it is a plain one. Null when there is a fault in it. */
export type OddRowReader = (from: number, lineNumber: number, plain: PlainLine | null) => OddRow | null;

/**
 * Rows as the reader of every other file sees them. One that is not plain is read by that reader itself; a plain one that
 * nothing like it has been seen of is only split, since there is nothing to unquote in it.
 */
export function oddRowReader(name: string, bytes: Uint8Array, delimiter: string): OddRowReader {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const delimiterByte = delimiter.charCodeAt(0);
  let row = '';
  const split: RowCursor = { next: () => false, cells: [], line: 0, fault: null, position: () => 0, rowText: () => row.slice(0, NOTE_TEXT_LENGTH).trimEnd() };

  function plainRow(from: number, lineNumber: number, { end }: PlainLine): OddRow {
    row = text.toString('utf8', from, end.at(-1));
    split.cells = row.split(delimiter);
    split.line = lineNumber;
    return { cursor: isBlank(split.cells) ? null : split, lines: 1 };
  }

  return (from, lineNumber, plain) => {
    if (plain && plain.next - from < LINE_LENGTH_MAX) return plainRow(from, lineNumber, plain);
    const end = rowEnd(bytes, from, delimiterByte);
    const cursor = csvRows(name, text.toString('utf8', from, end), delimiter);
    if (!cursor.next()) return cursor.fault || end < bytes.length ? null : { cursor: null, lines: 1 };
    cursor.line = lineNumber;
    return { cursor: isBlank(cursor.cells) ? null : cursor, lines: linesIn(bytes, from, end) };
  };
}

function linesIn(bytes: Uint8Array, from: number, end: number): number {
  let lines = 0;
  for (let at = from; at < end; at += 1) if (bytes[at] === LINE_FEED) lines += 1;
  return lines;
}
