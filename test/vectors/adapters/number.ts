import { z } from 'zod';
import { plainDecimal } from '../../../shared/calc-pack/plain-decimal.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';

/** Digits that a figure of a pack may have; an example's own arithmetic may give endless ones. */
const DIGITS = 40;

const EXPONENT = /^[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}$/;

/** A number as venues' examples print it: plain, or with an exponent (`1e-05`), which packs do not allow. */
export const signed = z.union([plainDecimal, z.string().regex(EXPONENT, 'expected a number').transform((text) => toDecimalText(new Decimal(text)))]);
export const unsigned = signed.refine((text) => !text.startsWith('-'), { error: 'expected zero or more' });

/** Decimal text that a pack takes: endless digits are cut. */
export function short(amount: Decimal): string {
  return toDecimalText(amount.toSignificantDigits(DIGITS));
}
