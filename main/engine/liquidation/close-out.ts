import { Decimal } from '../../../shared/money.ts';

/** Places of a size or a fee that has to be divided out; what is beyond them is cut off. */
export const SIZE_PLACES = 9;
const ONE = new Decimal(1);
const ZERO = new Decimal(0);

/** A perpetual at its oracle price, and the prices and rates its liquidation goes by. */
export interface Liquidated {
  price: Decimal;
  /** What the currency it settles in is worth; 1 where it holds its peg. */
  quotePrice: Decimal;
  /** Maintenance as a share of notional value. */
  marginRatio: Decimal;
  liquidatorFee: Decimal;
}

/**
 * Units to close so that a shortage of margin is gone: each frees its maintenance and costs the fees. Cut off after nine
 * places. Null where closing frees nothing: then all of it is closed (Drift v2).
 */
export function sizeToCover(shortage: Decimal, { price, quotePrice, marginRatio, liquidatorFee }: Liquidated, insuranceFee: Decimal): Decimal | null {
  const each = price.times(quotePrice).times(marginRatio.minus(liquidatorFee)).minus(price.times(insuranceFee));
  return each.lte(0) ? null : shortage.div(each).toDecimalPlaces(SIZE_PLACES, Decimal.ROUND_DOWN);
}

/** Share that is kept of what a liquidation could pay the insurance fund, so that the shortage is surely covered. */
const KEPT_SHARE = new Decimal('0.95');

/**
 * The insurance fund's fee that closing the whole position can bear: 95 % of what its maintenance leaves beside the
 * liquidator's fee and the shortage, at most `most`, never below zero (Drift v2).
 */
export function insuranceFee(shortage: Decimal, size: Decimal, { price, quotePrice, marginRatio, liquidatorFee }: Liquidated, most: Decimal): Decimal {
  const notional = size.times(price).times(quotePrice);
  if (notional.lte(0)) return ZERO;
  const left = marginRatio.minus(liquidatorFee).minus(shortage.div(notional));
  return Decimal.min(most, Decimal.max(ZERO, left).times(KEPT_SHARE)).toDecimalPlaces(SIZE_PLACES, Decimal.ROUND_DOWN);
}

/** Terms of a fee that grows while nobody liquidates. */
export interface FeeRamp {
  base: Decimal;
  most: Decimal;
  /** Slots before it begins to grow, and what each slot since the client was last active adds. */
  graceSlots: Decimal;
  perSlot: Decimal;
}

/** The liquidator's fee after so many slots. */
export function feeAfter(slots: Decimal, { base, most, graceSlots, perSlot }: FeeRamp): Decimal {
  return slots.lt(graceSlots) ? base : Decimal.min(most, base.plus(slots.times(perSlot)));
}

/** Terms of how much of a position may be closed at once. */
export interface SharePace {
  initial: Decimal;
  /** Slots until all of it may be. */
  duration: Decimal;
  /** A shortage below this is closed at once. */
  wholeBelow: Decimal;
}

/** Share of a position that may be closed after so many slots, at most all of it. */
export function shareAfter(slots: Decimal, shortage: Decimal, { initial, duration, wholeBelow }: SharePace): Decimal {
  if (shortage.lt(wholeBelow) || duration.lte(0)) return ONE;
  return Decimal.min(ONE, initial.plus(slots.div(duration).toDecimalPlaces(SIZE_PLACES, Decimal.ROUND_DOWN)));
}

/**
 * A loss that nobody else covers, for each unit open on either side: charged to all through funding. Rounded up after
 * nine places. The open interest is not zero: the caller rules that on.
 */
export function socialisedFunding(loss: Decimal, long: Decimal, short: Decimal): Decimal {
  return loss.abs().div(long.abs().plus(short.abs())).toDecimalPlaces(SIZE_PLACES, Decimal.ROUND_UP);
}

/** A price before the venue's, by a share of the way back to the entry: where a desk wants to act itself. */
export function earlyPrice(entry: Decimal, liquidation: Decimal, share: Decimal): Decimal {
  return liquidation.plus(entry.minus(liquidation).times(share));
}
