import { Decimal as DecimalBase } from 'decimal.js';
import { z } from 'zod';

/**
 * Exact decimal arithmetic: 60 significant digits, half-even. decimal.js at its default precision of 20
 * loses digits on real books, so nothing in Plimsoll uses the default constructor.
 */
export const Decimal = DecimalBase.clone({ precision: 60, rounding: DecimalBase.ROUND_HALF_EVEN });
export type Decimal = DecimalBase;

/**
 * An amount, price, quantity or rate as text in its one canonical spelling: no exponent, no leading plus,
 * no trailing zeros, never "-0". `"-1250.5"`, never `"-1250.50"` or `-1250.5`.
 */
export type DecimalText = string;

const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const DIGITS_MAX = 50;

export function isDecimalText(text: string): text is DecimalText {
  return text.length <= DIGITS_MAX && CANONICAL.test(text) && text !== '-0';
}

/** zod schema of a canonical decimal text: what every amount at every border must satisfy. */
export const decimalText = z
  .string()
  .refine(isDecimalText, { error: 'expected an exact decimal as text, such as "-1250.5"' });

export function isPositiveText(text: DecimalText): boolean {
  return !text.startsWith('-') && text !== '0';
}

/** zod schema of a decimal above zero: sizes and strikes. A negative one would turn a requirement round. */
export const positiveDecimalText = decimalText.refine(isPositiveText, { error: 'expected a decimal above zero' });

/** Writes a Decimal in its one canonical spelling. Throws on NaN and infinities: they are never amounts. */
export function toDecimalText(value: Decimal): DecimalText {
  if (!value.isFinite()) throw new Error(`not an amount: ${value.toString()}`);
  return value.isZero() ? '0' : value.toFixed();
}

/** Reads a canonical decimal text. Throws on any other spelling: whoever holds the text checked it at the border. */
export function fromDecimalText(text: DecimalText): Decimal {
  if (!isDecimalText(text)) throw new Error(`not a canonical decimal: ${JSON.stringify(text)}`);
  return new Decimal(text);
}

const LOOSE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/**
 * Reads a plain number as a machine wrote it (sign, digits, point, exponent) into canonical text; null when it
 * is anything else. Hexadecimal, "Infinity" and "NaN", which decimal.js would take, are refused.
 */
export function parseDecimal(text: string): DecimalText | null {
  if (!LOOSE.test(text)) return null;
  const canonical = toDecimalText(new Decimal(text));
  return isDecimalText(canonical) ? canonical : null;
}
