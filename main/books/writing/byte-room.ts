/**
 * Memory that text is written into, eight bytes at once. Writing may go up to a word beyond the end of what is written,
 * which whatever follows writes over.
 */
export interface Room {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
}

/** Plain text that is written often: its length, and its bytes eight by eight as doubles, none of which is NaN. */
export interface Words {
  length: number;
  words: Float64Array;
}

export const WORD = 8;
const MARGIN = 128;

export function roomOf(bytes: number): Room {
  const memory = new Uint8Array(bytes + MARGIN);
  return { bytes: memory, view: new DataView(memory.buffer) };
}

/** The same room if it is large enough, else one of twice what is needed, since larger ones will be. */
export function roomFor(room: Room, bytes: number): Room {
  return room.bytes.length < bytes + MARGIN ? roomOf(2 * bytes) : room;
}

/** The words of a text in ASCII. */
export function inWords(text: string): Words {
  const bytes = new Uint8Array(Math.ceil(text.length / WORD) * WORD);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return { length: text.length, words: new Float64Array(bytes.buffer) };
}

/** Writes a text; answers where it ends. */
export function put({ length, words }: Words, { view }: Room, at: number): number {
  for (let word = 0; word < words.length; word += 1) view.setFloat64(at + word * WORD, words[word] as number, true);
  return at + length;
}

const BLANKS = inWords(' '.repeat(WORD)).words[0] as number;

export function putBlanks({ view }: Room, at: number, length: number): void {
  for (let end = 0; end < length; end += WORD) view.setFloat64(at + end, BLANKS, true);
}

/** Copies whole words of plain text. */
export function copyWords(from: Room, at: number, into: Room, to: number, length: number): void {
  for (let end = 0; end < length; end += WORD) into.view.setFloat64(to + end, from.view.getFloat64(at + end, true), true);
}

/** Copies bytes, and writes nothing beyond them; answers where they end. */
export function putBytes(from: Uint8Array, start: number, end: number, { bytes }: Room, at: number): number {
  let to = at;
  for (let next = start; next < end; next += 1, to += 1) bytes[to] = from[next] as number;
  return to;
}

const ZERO = 0x30;

/** Writes the digits of a whole number that is not negative; answers where they end. */
export function putDigits(number: number, { bytes }: Room, at: number): number {
  let end = at + 1;
  for (let limit = 10; number >= limit; limit *= 10) end += 1;
  let rest = number;
  for (let to = end - 1; to >= at; to -= 1) {
    const next = Math.floor(rest / 10);
    bytes[to] = ZERO + (rest - next * 10);
    rest = next;
  }
  return end;
}
