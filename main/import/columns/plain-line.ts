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
 * Cuts the line that begins at `from`; somewhere behind it there must be a line feed. True for a plain one: as many cells
 * as the header, no quotation mark, no control character. Any other line is for the careful reader.
 */
export function cutLine(bytes: Uint8Array, from: number, delimiter: number, line: PlainLine): boolean {
  const { start, end } = line;
  const last = start.length - 1;
  let at = from;
  for (let cell = 0; cell < last; cell += 1) {
    start[cell] = at;
    for (; bytes[at] !== delimiter; at += 1) if (isSpecial(bytes[at] as number)) return false;
    end[cell] = at;
    at += 1;
  }
  start[last] = at;
  for (; !isSpecial(bytes[at] as number); at += 1) if (bytes[at] === delimiter) return false;
  end[last] = at;
  const breaks = bytes[at] === CARRIAGE_RETURN ? 2 : 1;
  line.next = at + breaks;
  return bytes[line.next - 1] === LINE_FEED;
}

/** A quotation mark or a control character. */
function isSpecial(byte: number): boolean {
  return byte <= QUOTE && (byte < BLANK || byte === QUOTE);
}
