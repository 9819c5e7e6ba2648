import { readPlainAmount } from '../../../shared/domain/plain-amount.ts';
import { NONE, type AmountColumn } from '../../../shared/domain/position-columns.ts';
import { cellTable } from './cell-table.ts';
import { isText } from './is-text.ts';
import { cutLine, plainLine } from './plain-line.ts';
import { chunkBytes, COUNT, NEXT, NO_TEXT, NOT_PLAIN, ODD_AMOUNT, rowChunk, type RowChunk } from './row-chunk.ts';
import { rowEnd } from './row-end.ts';

/** How rows of a file are to be cut: plain data, so that another thread can be told. */
export interface RowShape {
  /** Where the first row begins. */
  from: number;
  delimiter: number;
  /** The byte between units and fractions of an amount. */
  point: number;
  columnCount: number;
  /** Columns that say what is held, and whose it is. */
  naming: readonly number[];
  owning: readonly number[];
  /** -1 for none. */
  quantity: number;
  entryPrice: number;
}

/** Where rows come from, chunk by chunk in the order of the file. */
export interface RowSource {
  /** The next rows; none at the end, which says whether all of the file was text. The chunk is filled anew with the next call. Null when no more will come though there are: whoever cut them is gone. */
  next: () => RowChunk | null;
  /** Nobody wants any more. */
  end(): void;
}

/** Has somebody cut rows: another thread, or this one. */
export type CutRows = (shape: RowShape) => RowSource;

const LINE_FEED = 0x0a;
export const CHUNK_ROWS = 8192;

/** Rows cut by this thread, as they are asked for. */
export function rowsCutHere(bytes: Uint8Array, shape: RowShape, rows = CHUNK_ROWS): RowSource {
  const chunk = rowChunk(new ArrayBuffer(chunkBytes(rows)), 0, rows);
  const cut = rowCutter(bytes, shape);
  return { next: () => cut(chunk), end: () => undefined };
}

/** Fills chunk after chunk with the rows of a file. It understands nothing: of cells it says only which are the same. */
export function rowCutter(bytes: Uint8Array, { from, delimiter, point, columnCount, naming, owning, quantity, entryPrice }: RowShape): (chunk: RowChunk) => RowChunk {
  const line = plainLine(columnCount);
  const holdings = cellTable(bytes, naming);
  const owners = cellTable(bytes, owning);
  // A last line that nothing ends is no line to be cut.
  const linesEnd = bytes.lastIndexOf(LINE_FEED) + 1;
  let at = from;

  function readAmount(cell: number, into: AmountColumn, row: number): void {
    if (cell < 0) into.places[row] = NONE;
    else if (!readPlainAmount(bytes, line.start[cell] as number, line.end[cell] as number, point, into, row)) {
      into.units[row] = 0;
      into.places[row] = ODD_AMOUNT;
    }
  }

  return (chunk) => {
    const { start, holding, owner } = chunk;
    let row = 0;
    for (; row < start.length && at < bytes.length; row += 1) {
      start[row] = at;
      if (at < linesEnd && cutLine(bytes, at, delimiter, line)) {
        holding[row] = holdings.numberOf(line);
        owner[row] = owners.numberOf(line);
        readAmount(quantity, chunk.quantity, row);
        readAmount(entryPrice, chunk.entryPrice, row);
        at = line.next;
      } else {
        holding[row] = NOT_PLAIN;
        at = rowEnd(bytes, at, delimiter);
      }
    }
    chunk.about[COUNT] = row;
    chunk.about[NEXT] = row > 0 || isText(bytes) ? at : NO_TEXT;
    return chunk;
  };
}
