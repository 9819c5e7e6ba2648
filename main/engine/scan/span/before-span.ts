import { Decimal } from '../../../../shared/money.ts';

/**
 * The customer margin of a short option on a future before SPAN, in money: the future's margin + the premium − half of
 * what the option is out of the money, and never less than the premium. Kept for comparison: texts on SPAN tell by it what
 * SPAN saves.
 */
export function beforeSpan(futureMargin: Decimal, premium: Decimal, outOfTheMoney: Decimal): Decimal {
  return Decimal.max(premium, futureMargin.plus(premium).minus(outOfTheMoney.div(2)));
}
