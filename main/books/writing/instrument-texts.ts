import { assert } from '../../../shared/result.ts';
import { WORD, type Room } from './byte-room.ts';
import { INSTRUMENTS_MAX } from './table-key.ts';

/** Room for an instrument's number, the comma after it and the quotation mark of the quantity. */
export const INSTRUMENT_WIDTH = 2 * WORD;
const BLANK = 0x20;

/** The number of each instrument, looked up once, and its text with what follows it in a row. */
export function instrumentTexts(count: number, numberOf: (place: number) => number): { id: (place: number) => number; put: (place: number, into: Room, at: number) => number } {
  const ids = new Int32Array(count);
  const lengths = new Uint8Array(count);
  const words = new Float64Array((count * INSTRUMENT_WIDTH) / WORD);
  const bytes = new Uint8Array(words.buffer);
  function id(place: number): number {
    if (ids[place] === 0) {
      const number = numberOf(place);
      assert(number < INSTRUMENTS_MAX, `numbers of instruments are below ${INSTRUMENTS_MAX}`);
      const text = `${number},"`;
      for (let at = 0; at < INSTRUMENT_WIDTH; at += 1) bytes[place * INSTRUMENT_WIDTH + at] = at < text.length ? text.charCodeAt(at) : BLANK;
      lengths[place] = text.length;
      ids[place] = number;
    }
    return ids[place] as number;
  }
  return {
    id,
    put(place, { view }, at) {
      view.setFloat64(at, words[2 * place] as number, true);
      view.setFloat64(at + WORD, words[2 * place + 1] as number, true);
      return at + (lengths[place] as number);
    },
  };
}
