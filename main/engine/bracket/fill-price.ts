import { Decimal } from '../../../shared/money.ts';

/** Places of a price that came of dividing. Half-even. */
export const FILL_PLACES = 10;

/**
 * The price at which a market with a skew scale fills an order at once: mark × (1 + (skew + size ÷ 2) ÷ scale). `size`
 * and `skew` are signed, in units of the instrument; longs push the price up.
 */
export function fillPrice(mark: Decimal, size: Decimal, skew: Decimal, scale: Decimal): Decimal {
  const premium = skew.plus(size.div(2)).div(scale);
  return mark.times(premium.plus(1)).toDecimalPlaces(FILL_PLACES, Decimal.ROUND_HALF_EVEN);
}
