import { Decimal, fromDecimalText, type DecimalText } from '../../../../shared/money.ts';

/** A rate, an amount or a price that is not set. */
export const NONE = -1;

/** Whole numbers up to here are exact in doubles, with room to add a few of them up. */
export const REACH_MAX = 2 ** 51;

/** An amount as a whole number of 10^−digits; null where it is none, or too large. */
export function scaledInteger(amount: Decimal, digits: number): number | null {
  if (amount.decimalPlaces() > digits) return null;
  const scaled = amount.times(new Decimal(10).pow(digits));
  return scaled.abs().gt(Number.MAX_SAFE_INTEGER) ? null : scaled.toNumber();
}

/** A mark as a whole number of 10^−digits; −1 where it is no price that a lane can count with. */
export function priceInLane(text: DecimalText | null, digits: number): number {
  const price = text === null ? null : scaledInteger(fromDecimalText(text), digits);
  return price === null || price < 0 ? NONE : price;
}
