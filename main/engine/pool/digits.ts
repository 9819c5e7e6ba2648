import { Decimal } from '../../../shared/money.ts';

/** Whole digits that a position's value may have in the pool's currency. */
const WHOLE_DIGITS_MAX = 15;
/** Decimals that a rule may add: rates have at most six. */
const RULE_DECIMALS = 6;

/** What is multiplied when nothing else is said. */
const POSITION = 'quantity, multiplier, price and exchange rate';

/**
 * Null when every product of these factors is exact in 60 digits and its text fits an amount's 50 characters, with room
 * to add a pool of them up. Otherwise why not, as the reason for setting a position aside: never rounded silently.
 * `factors` names what is multiplied.
 */
export function digitsProblem(amounts: readonly Decimal[], decimalsMax: number, factors = POSITION): string | null {
  const value = amounts.reduce((product, amount) => product.times(amount), new Decimal(1));
  if (value.e >= WHOLE_DIGITS_MAX) return `it is too large: ${factors} multiply to 10^${value.e} or more, and amounts are exact up to ${WHOLE_DIGITS_MAX} whole digits`;
  const decimals = amounts.reduce((total, amount) => total + Math.max(0, amount.decimalPlaces()), 0);
  if (decimals + RULE_DECIMALS <= decimalsMax) return null;
  return `${factors} have too many digits to multiply exactly: ${decimals} decimals, and there is room for ${decimalsMax - RULE_DECIMALS}`;
}
