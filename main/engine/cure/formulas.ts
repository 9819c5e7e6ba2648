import { Decimal } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';

/** What would meet a call: one of these amounts alone, all in the pool's currency and not rounded. */
export interface CureAmounts {
  cash: Decimal;
  /** Market value of fully paid securities to bring in; null when they would bring no relief. */
  securities: Decimal | null;
  /** Market value of the position to sell or buy back; null when closing it would bring no relief. */
  close: Decimal | null;
}

/**
 * Amounts that meet a call of `call` with one stock whose requirement is `rate` of its market value (0 to 1, the house
 * rate for a house call, the Reg T rate for a Reg T call). Cash counts in full. Securities bring their value less their
 * own requirement. A sale leaves equity as it is and releases the requirement of what was sold.
 */
export function cureAmounts(call: Decimal, rate: Decimal): CureAmounts {
  assert(call.gte(0) && rate.gte(0), 'a call and its rate are not negative');
  return {
    cash: call,
    securities: rate.lt(1) ? call.div(new Decimal(1).minus(rate)) : null,
    close: rate.gt(0) ? call.div(rate) : null,
  };
}

/** By how much a call shrinks when stock of this market value is sold (or a short bought back) at `rate`. */
export function releasedByClosing(marketValue: Decimal, rate: Decimal): Decimal {
  return marketValue.times(rate);
}

/** By how much a call shrinks when fully paid securities of this market value are brought in at `rate`. */
export function releasedByDepositing(marketValue: Decimal, rate: Decimal): Decimal {
  return marketValue.times(new Decimal(1).minus(rate));
}
