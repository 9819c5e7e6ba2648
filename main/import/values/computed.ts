import { Decimal, isDecimalText, toDecimalText, type DecimalText } from '../../../shared/money.ts';

/** For adding up amounts of a file: no sum of the longest and the smallest of them, in any number of rows, is rounded. */
export const WideDecimal = Decimal.clone({ precision: 120 });

/** What was computed from amounts of a file as an amount; null where it is longer than a book takes. */
export function computedAmount(value: Decimal): DecimalText | null {
  const text = toDecimalText(value);
  return isDecimalText(text) ? text : null;
}
