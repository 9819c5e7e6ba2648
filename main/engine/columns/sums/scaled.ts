import { Decimal, fromDecimalText, type DecimalText } from '../../../../shared/money.ts';

/** A rate, an amount or a price that is not set. */
export const NONE = -1;

/** Whole numbers up to here are exact in doubles, with room to add a few of them up. */
export const REACH_MAX = 2 ** 51;

const POWERS = Array.from({ length: 16 }, (_, power) => 10 ** power);

/** An amount as a whole number of 10^−digits; null where it is none, or too large. */
export function scaledInteger(amount: Decimal, digits: number): number | null {
  if (amount.decimalPlaces() > digits) return null;
  const scaled = amount.times(digits < POWERS.length ? (POWERS[digits] as number) : new Decimal(10).pow(digits));
  return scaled.abs().gt(Number.MAX_SAFE_INTEGER) ? null : scaled.toNumber();
}

/** Digits that a double holds exactly, whichever they are. */
const DIGITS_MAX = 15;

/** The same of a canonical text, without a Decimal where its digits fit a double. */
export function scaledText(text: DecimalText, digits: number): number | null {
  const first = text.codePointAt(0) === 45 ? 1 : 0;
  let units = 0;
  let places = -1;
  for (let at = first; at < text.length; at += 1) {
    const code = text.codePointAt(at) as number;
    if (code === 46 && places < 0) {
      places = 0;
      continue;
    }
    if (code < 48 || code > 57) return scaledInteger(fromDecimalText(text), digits);
    units = 10 * units + code - 48;
    if (places >= 0) places += 1;
  }
  const more = digits - Math.max(0, places);
  if (text.length - first > DIGITS_MAX || text.length - first + more > DIGITS_MAX || more > DIGITS_MAX) return scaledInteger(fromDecimalText(text), digits);
  // Canonical texts end in no zero, so that more decimals than these are no whole number of units.
  if (more < 0 || text.length === first) return null;
  const scaled = units * (POWERS[more] as number);
  return first === 1 ? 0 - scaled : scaled;
}

/** A mark as a whole number of 10^−digits; −1 where it is no price that a lane can count with. */
export function priceInLane(text: DecimalText | null, digits: number): number {
  const price = text === null ? null : scaledText(text, digits);
  return price === null || price < 0 ? NONE : price;
}
