import { Decimal } from '../../../shared/money.ts';

/** Places of a price that has to be divided out. Half-even. */
export const PRICE_PLACES = 18;
const ONE = new Decimal(1);
const ZERO = new Decimal(0);

/** What closing a part of a position does to the account that holds it; money in one currency. */
export interface Closing {
  /** Change of the position's signed notional value: below zero where a long is sold. */
  notionalChange: Decimal;
  /** By how much maintenance falls; never negative. */
  maintenanceReleased: Decimal;
  /** Of the whole account, before. */
  equity: Decimal;
  maintenance: Decimal;
}

/**
 * The money at which closing leaves the account its share of what it has, no more: −change − equity × released ÷
 * maintenance, rounded up. Received where a long is sold, below zero and paid where a short is bought back. What is left
 * after the last position closed so is nothing (dYdX v4, bankruptcy price in quote quantums). Zero maintenance: −change.
 */
export function takeoverValue({ notionalChange, maintenanceReleased, equity, maintenance }: Closing, places: number): Decimal {
  const share = maintenance.isZero() ? ZERO : equity.times(maintenanceReleased).div(maintenance);
  return notionalChange.neg().minus(share).toDecimalPlaces(places, Decimal.ROUND_CEIL);
}

/** A position that a venue offers to be taken over. */
export interface Offered {
  /** Signed notional value and quantity in units; the quantity is not zero. */
  notional: Decimal;
  quantity: Decimal;
  maintenance: Decimal;
  accountEquity: Decimal;
  accountMaintenance: Decimal;
}

/**
 * The worst price at which a liquidation order may fill: away from the oracle by a share of the position's maintenance,
 * the more of it the deeper the account is under: (notional − rating × spread × maintenance) ÷ quantity, rating =
 * adjustment × (1 − equity ÷ maintenance) within 0 and 1 (dYdX v4).
 */
export function fillablePrice({ notional, quantity, maintenance, accountEquity, accountMaintenance }: Offered, adjustment: Decimal, spread: Decimal): Decimal {
  const under = accountMaintenance.isZero() ? ZERO : ONE.minus(accountEquity.div(accountMaintenance));
  const rating = Decimal.min(ONE, Decimal.max(ZERO, adjustment.times(under)));
  return notional.minus(rating.times(spread).times(maintenance)).div(quantity).toDecimalPlaces(PRICE_PLACES, Decimal.ROUND_HALF_EVEN);
}

/**
 * What the insurance fund gains by a fill, or pays where below zero: what the fill is better than the takeover, but as a
 * fee no more than a share of the fill (dYdX v4). `fill` and `takeover` are money received: below zero for a short bought back.
 */
export function insuranceDelta(fill: Decimal, takeover: Decimal, mostFee: Decimal): Decimal {
  return Decimal.min(fill.minus(takeover), fill.abs().times(mostFee));
}
