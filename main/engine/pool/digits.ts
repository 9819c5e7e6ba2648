import { Decimal } from '../../../shared/money.ts';

/** Whole digits that a position's value may have in the pool's currency. */
const WHOLE_DIGITS_MAX = 15;
/** Decimals that a rule may add: rates have at most six. */
const RULE_DECIMALS = 6;

/**
 * True when every product of these factors is exact in 60 digits and its text fits an amount's 50 characters, with room
 * to add a pool of them up. Otherwise the position is set aside with a reason: never rounded silently.
 */
export function fitsExactly(factors: readonly Decimal[], decimalsMax: number): boolean {
  let decimals = RULE_DECIMALS;
  let value: Decimal = new Decimal(1);
  for (const factor of factors) {
    decimals += Math.max(0, factor.decimalPlaces());
    value = value.times(factor);
  }
  return decimals <= decimalsMax && value.e < WHOLE_DIGITS_MAX;
}
