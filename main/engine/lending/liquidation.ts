import { Decimal } from '../../../shared/money.ts';

/** Places of a share or a price that has to be divided out. */
export const PLACES = 18;
const ONE = new Decimal(1);

/** What a liquidator may do with one debt and one collateral of a pool; sizes in units, prices in one currency. */
export interface LiquidationTerms {
  debt: Decimal;
  debtPrice: Decimal;
  collateral: Decimal;
  collateralPrice: Decimal;
  /** Collateral that counts by debt that counts, at maintenance. */
  health: Decimal;
  /** Share of a debt that one liquidation may repay, and the health below which it may repay all. */
  closeFactor: Decimal;
  fullBelow: Decimal;
  /** Collateral taken beyond the debt's worth, as a share of it. */
  bonus: Decimal;
  /** Share of the bonus that the protocol keeps. */
  protocolShare: Decimal;
  /** A debt less than this, in the currency, must not be left behind. */
  dust: Decimal;
}

export interface Liquidation {
  /** Units of debt repaid, and of collateral taken; of those the protocol's share. */
  repaid: Decimal;
  seized: Decimal;
  protocolFee: Decimal;
  /** Debt that remains though no collateral of this kind is left. */
  badDebt: Decimal;
}

/** Nothing while health is at least 1. Units are rounded to eighteen places: repaid up, taken down. */
export function liquidate(terms: LiquidationTerms): Liquidation {
  const { debt, debtPrice, collateral, collateralPrice, health, closeFactor, fullBelow, bonus, protocolShare, dust } = terms;
  const nothing = new Decimal(0);
  if (health.gte(ONE) || debt.isZero() || collateralPrice.isZero()) return { repaid: nothing, seized: nothing, protocolFee: nothing, badDebt: nothing };
  const share = health.lt(fullBelow) ? ONE : Decimal.min(closeFactor, ONE);
  const part = debt.times(share).toDecimalPlaces(PLACES, Decimal.ROUND_UP);
  const wanted = debt.minus(part).times(debtPrice).lt(dust) ? debt : part;
  const worth = bonus.plus(1);
  const forWanted = wanted.times(debtPrice).times(worth).div(collateralPrice);
  const isAll = forWanted.gte(collateral);
  const seized = isAll ? collateral : forWanted.toDecimalPlaces(PLACES, Decimal.ROUND_DOWN);
  const repaid = isAll && debtPrice.gt(0) ? Decimal.min(wanted, collateral.times(collateralPrice).div(worth).div(debtPrice).toDecimalPlaces(PLACES, Decimal.ROUND_UP)) : wanted;
  const bonusPart = seized.minus(seized.div(worth));
  return { repaid, seized, protocolFee: bonusPart.times(protocolShare).toDecimalPlaces(PLACES, Decimal.ROUND_DOWN), badDebt: isAll ? debt.minus(repaid) : nothing };
}

/**
 * How much more collateral than debt a liquidator takes where that follows from the threshold: 1 / (1 − cursor × (1 −
 * threshold)), at most `max`. Rounded down.
 */
export function incentiveFactor(threshold: Decimal, cursor: Decimal, max: Decimal): Decimal {
  const divisor = ONE.minus(cursor.times(ONE.minus(threshold)));
  return divisor.lte(0) ? max : Decimal.min(max, ONE.div(divisor).toDecimalPlaces(PLACES, Decimal.ROUND_DOWN));
}

/** Weights and multipliers of a debt that is paid with a collateral. */
export interface Transfer {
  assetWeight: Decimal;
  liabilityWeight: Decimal;
  /** What the liquidator gets of the asset for its worth, and pays of the liability. */
  assetMultiplier: Decimal;
  liabilityMultiplier: Decimal;
  liabilityPrice: Decimal;
}

/** Units of a debt to be taken over so that a shortage of margin is gone; null where no amount does that. */
export function transferToCover(shortage: Decimal, terms: Transfer, insuranceFee: Decimal): Decimal | null {
  const each = reliefEach(terms).minus(insuranceFee.times(terms.liabilityWeight)).times(terms.liabilityPrice);
  return each.lte(0) ? null : shortage.div(each).toDecimalPlaces(PLACES, Decimal.ROUND_UP);
}

/** The insurance fund's fee that still leaves the shortage covered when `debt` units are taken over, at most `max`. */
export function insuranceFee(shortage: Decimal, debt: Decimal, terms: Transfer, max: Decimal): Decimal {
  const size = debt.times(terms.liabilityPrice);
  if (size.lte(0)) return new Decimal(0);
  const spare = reliefEach(terms).minus(shortage.div(size));
  const fee = spare.div(terms.liabilityWeight);
  return Decimal.max(0, Decimal.min(max, fee)).toDecimalPlaces(PLACES, Decimal.ROUND_DOWN);
}

/** Margin gained for each unit of value: the debt's weight less the weight of what is paid for it. */
function reliefEach({ assetWeight, liabilityWeight, assetMultiplier, liabilityMultiplier }: Transfer): Decimal {
  return liabilityWeight.minus(assetWeight.times(assetMultiplier).div(liabilityMultiplier));
}

/** Part of every deposit that pays for a loss nobody else covers. Rounded up. */
export function socialisedShare(loss: Decimal, deposits: Decimal): Decimal {
  return deposits.lte(0) ? ONE : Decimal.min(ONE, loss.div(deposits).toDecimalPlaces(PLACES, Decimal.ROUND_UP));
}
