/**
 * One line of a CSV that needs no unquoting, cut into cells without making text of them: where each begins and ends. The
 * arrays are filled anew with every line.
 */
export interface PlainLine {
  start: Int32Array;
  end: Int32Array;
  /** Where the line after this one begins. */
  next: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BLANK = 0x20;

export function plainLine(cells: number): PlainLine {
  return { start: new Int32Array(cells), end: new Int32Array(cells), next: 0 };
}

/**
 * Cuts the line that begins at `from`. True for a plain one: as many cells as the header, no quotation mark, no control
 * character. Any other line is for the careful reader.
 */
export function cutLine(bytes: Uint8Array, from: number, delimiter: number, line: PlainLine): boolean {
  const { start, end } = line;
  const size = bytes.length;
  const cellsMax = start.length;
  let cell = 0;
  let cellStart = from;
  for (let at = from; ; at += 1) {
    const byte = at < size ? (bytes[at] as number) : LINE_FEED;
    if (byte > QUOTE && byte !== delimiter) continue;
    const endsCell = byte === delimiter || byte === LINE_FEED || (byte === CARRIAGE_RETURN && (at + 1 >= size || bytes[at + 1] === LINE_FEED));
    if (!endsCell) {
      if (byte < BLANK || byte === QUOTE) return false;
      continue;
    }
    if (cell === cellsMax) return false;
    start[cell] = cellStart;
    end[cell] = at;
    cell += 1;
    if (byte !== delimiter) {
      line.next = byte === CARRIAGE_RETURN ? at + 2 : at + 1;
      return cell === cellsMax;
    }
    cellStart = at + 1;
  }
}
