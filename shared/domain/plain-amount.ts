import { DIGITS_MAX, NONE, WIDE, type AmountColumn } from './position-columns.ts';

const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;

/**
 * Reads a plainly written amount from bytes into a column: `-1250.50`, `0.5`, digits only and one point. False for every
 * other spelling, which the caller must judge as text; no bytes are no amount.
 */
export function readPlainAmount(bytes: Uint8Array, start: number, end: number, point: number, into: AmountColumn, row: number): boolean {
  if (start === end) {
    into.units[row] = 0;
    into.places[row] = NONE;
    return true;
  }
  const isNegative = bytes[start] === MINUS;
  const first = isNegative ? start + 1 : start;
  let stop = end;
  let pointAt = -1;
  let units = 0;
  if (stop - first > DIGITS_MAX + 1) return false;
  for (let at = first; at < stop; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= ZERO && byte <= NINE) units = units * 10 + (byte - ZERO);
    else if (byte === point && pointAt < 0 && at > first) pointAt = at;
    else return false;
  }
  const digits = stop - first - (pointAt < 0 ? 0 : 1);
  if (digits === 0 || digits > DIGITS_MAX || pointAt === stop - 1) return false;
  // A leading zero stands only before the point.
  if (bytes[first] === ZERO && stop - first > 1 && pointAt !== first + 1) return false;
  if (pointAt >= 0) {
    for (; stop > pointAt + 1 && bytes[stop - 1] === ZERO; stop -= 1) units /= 10;
  }
  into.units[row] = isNegative ? -units : units;
  into.places[row] = pointAt < 0 ? 0 : stop - pointAt - 1;
  return true;
}

/** The longest amount there is, in characters. */
export const AMOUNT_LENGTH_MAX = 50;

/** Writes the amount at a row as canonical text into bytes that have room for it; answers where it ends. There must be an amount. */
export function writeAmount({ units, places, wide }: AmountColumn, row: number, into: Uint8Array, at: number): number {
  const scale = places[row] as number;
  const value = units[row] as number;
  if (scale === WIDE) return writeText(wide[value] as string, into, at);
  let rest = Math.abs(value);
  // A digit stands before the point, and all the places behind it.
  let digits = scale + 1;
  for (let limit = 10 ** digits; rest >= limit; limit *= 10) digits += 1;
  const end = at + (value < 0 ? 1 : 0) + digits + (scale > 0 ? 1 : 0);
  let to = end;
  for (let written = 0; written < digits; written += 1) {
    if (written === scale && scale > 0) into[(to -= 1)] = POINT;
    const next = Math.floor(rest / 10);
    into[(to -= 1)] = ZERO + (rest - next * 10);
    rest = next;
  }
  if (value < 0) into[at] = MINUS;
  return end;
}

function writeText(text: string, into: Uint8Array, at: number): number {
  for (let index = 0; index < text.length; index += 1) into[at + index] = text.charCodeAt(index);
  return at + text.length;
}
