import { fromDecimalText, type Decimal, type DecimalText } from '../../../shared/money.ts';

// Brokers round the value to the cent and show the price rounded; beyond this share a size or a sign is wrong.
const TOLERANCE_SHARE = '0.005';
const TOLERANCE_LEAST = '1';

/** True when a file's own value of a position is not quantity × price × multiplier, within what rounding explains. */
export function valueDisagrees(value: Decimal, quantity: DecimalText, price: DecimalText, multiplier: DecimalText): boolean {
  const computed = fromDecimalText(quantity).times(price).times(multiplier);
  const allowed = computed.abs().times(TOLERANCE_SHARE).plus(TOLERANCE_LEAST);
  return value.minus(computed).abs().gt(allowed);
}
