import { DIGITS_MAX, NONE, type AmountColumn } from './position-columns.ts';

const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

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
