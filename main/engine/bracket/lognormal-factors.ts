import { Decimal } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import { inverseNormal, normalDistribution } from '../pricing/normal.ts';

/** Places of a factor that was computed in doubles. Half-even. */
export const FACTOR_PLACES = 12;

/**
 * Risk factors of a market whose price is lognormal: what a long, or a short, loses on average over the time it takes to
 * close in the worst `riskAversion` of all cases, as a share of the price. With s = volatility × √years and z the normal
 * quantile of the risk aversion: long 1 − Φ(z − s) ÷ aversion, short Φ(z + s) ÷ aversion − 1.
 */
export function lognormalFactors(riskAversion: Decimal, years: Decimal, volatility: Decimal): { long: Decimal; short: Decimal } {
  const aversion = riskAversion.toNumber();
  assert(aversion > 0 && aversion < 1, 'a risk aversion lies between 0 and 1');
  const spread = volatility.toNumber() * Math.sqrt(years.toNumber());
  const quantile = inverseNormal(aversion);
  return { long: factor(1 - normalDistribution(quantile - spread) / aversion), short: factor(normalDistribution(quantile + spread) / aversion - 1) };
}

function factor(value: number): Decimal {
  return new Decimal(Math.max(0, value)).toDecimalPlaces(FACTOR_PLACES, Decimal.ROUND_HALF_EVEN);
}
