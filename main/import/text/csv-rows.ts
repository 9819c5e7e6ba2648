import type { Fault } from '../../../shared/result.ts';

/** Called now and then with characters done and in all; it may throw to cancel, and the throw is let through. */
export type Tick = (done: number, total: number) => void;

/** Reads one row after another. `cells` and `line` are those of the row that `next` last found. */
export interface RowCursor {
  /** False at the end of the text, and when `fault` says why reading stopped. */
  next(): boolean;
  cells: string[];
  /** Line the row starts on, from 1. */
  line: number;
  fault: Fault | null;
  /** Where in the text the next row begins. */
  position(): number;
  /** The start of the row as it stands in the file, for notes. */
  rowText(): string;
}

export const LINE_LENGTH_MAX = 64 * 1024;
export const ROWS_MAX = 5_000_000;
export const COLUMNS_MAX = 1_000;
const ROWS_PER_TICK = 4096;
const NOTE_TEXT_LENGTH = 160;

const QUOTE = '"';

/**
 * A cursor over CSV text. A line without quotes is split in one native call, which is what makes a million rows cheap;
 * quoted rows take the slow path, where a cell may hold delimiters, doubled quotes and line breaks.
 */
export function csvRows(name: string, text: string, delimiter: string, tick?: Tick): RowCursor {
  let position = 0;
  let nextLine = 1;
  let rowCount = 0;
  let rowStart = 0;

  const cursor: RowCursor = { next, cells: [], line: 0, fault: null, position: () => position, rowText: () => firstLineOf(text, rowStart) };
  return cursor;

  function next(): boolean {
    if (cursor.fault || position >= text.length) return false;
    rowCount += 1;
    if (rowCount % ROWS_PER_TICK === 0) tick?.(position, text.length);
    if (rowCount > ROWS_MAX) return stop('too-many-rows', `The file has more than ${ROWS_MAX} rows.`, 'Split it by account.');
    rowStart = position;
    cursor.line = nextLine;
    const end = lineEnd(position);
    const row = text.slice(position, text.charCodeAt(end - 1) === 13 && end > position ? end - 1 : end);
    if (row.includes(QUOTE)) return nextQuoted();
    if (row.length > LINE_LENGTH_MAX) return stop('line-too-long', `The line has ${row.length} characters; at most ${LINE_LENGTH_MAX} are read.`, 'Check that the file has line breaks.');
    position = end + 1;
    nextLine += 1;
    cursor.cells = row.split(delimiter);
    return columnsWithinBounds();
  }

  function nextQuoted(): boolean {
    const cells: string[] = [];
    let at = position;
    for (;;) {
      const cell = text[at] === QUOTE ? quotedCell(at) : plainCell(at);
      if (cell === null) return false;
      cells.push(cell.text);
      at = cell.end;
      if (at - position > LINE_LENGTH_MAX) return stop('line-too-long', `The row has more than ${LINE_LENGTH_MAX} characters.`, 'Look for a quotation mark that is never closed.');
      if (text[at] === delimiter) at += 1;
      else break;
    }
    if (text[at] === '\r') at += 1;
    if (at < text.length && text[at] !== '\n') {
      return stop('stray-quote', 'A quoted cell is followed by more text.', 'Double the quotation marks inside quoted cells.');
    }
    position = at + 1;
    nextLine += 1;
    cursor.cells = cells;
    return columnsWithinBounds();
  }

  function plainCell(from: number): { text: string; end: number } {
    let end = from;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
    const stopsAtLineEnd = text[end] !== delimiter && text[end - 1] === '\r' && end > from;
    const cellEnd = stopsAtLineEnd ? end - 1 : end;
    return { text: text.slice(from, cellEnd), end: cellEnd };
  }

  function quotedCell(from: number): { text: string; end: number } | null {
    let value = '';
    let at = from + 1;
    for (;;) {
      const close = text.indexOf(QUOTE, at);
      if (close < 0 || close - from > LINE_LENGTH_MAX) {
        stop('open-quote', 'A quotation mark opens a cell and is never closed.', 'Export the file again; it may be cut off.');
        return null;
      }
      const piece = text.slice(at, close);
      nextLine += lineBreaksIn(piece);
      value += piece;
      if (text[close + 1] !== QUOTE) return { text: value, end: close + 1 };
      value += QUOTE;
      at = close + 2;
    }
  }

  function lineEnd(from: number): number {
    const end = text.indexOf('\n', from);
    return end < 0 ? text.length : end;
  }

  function columnsWithinBounds(): boolean {
    if (cursor.cells.length <= COLUMNS_MAX) return true;
    return stop('too-many-columns', `The row has ${cursor.cells.length} columns; at most ${COLUMNS_MAX} are read.`, 'Check the delimiter.');
  }

  function stop(code: string, message: string, fix: string): false {
    cursor.fault = { code, message, at: `${name}:${cursor.line}`, fix };
    return false;
  }
}

function lineBreaksIn(piece: string): number {
  let count = 0;
  for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) count += 1;
  return count;
}

function firstLineOf(text: string, from: number): string {
  const end = text.indexOf('\n', from);
  return text.slice(from, Math.min(end < 0 ? text.length : end, from + NOTE_TEXT_LENGTH)).trimEnd();
}

/** The first rows of a text, for finding out what it is; stops quietly where reading would. */
export function firstRows(name: string, text: string, delimiter: string, count: number): { cells: string[]; line: number }[] {
  const rows: { cells: string[]; line: number }[] = [];
  const cursor = csvRows(name, text, delimiter);
  while (rows.length < count && cursor.next()) rows.push({ cells: cursor.cells, line: cursor.line });
  return rows;
}

/** True for a row with nothing in it. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
