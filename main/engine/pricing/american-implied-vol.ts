import { americanPrice, STEPS } from './american.ts';
import type { CashDividend } from './dividends.ts';
import { ABOVE_MAXIMUM, BELOW_INTRINSIC } from './implied-vol.ts';

const STEPS_MAX = 100;
/** A year's volatility above which none is looked for: 3,000 %. */
const VOLATILITY_MAX = 30;

/**
 * The volatility at which `americanPrice` gives `price`, to about 1e-10: the Illinois variant of false position, which keeps
 * the root bracketed. Zero where the price is what exercise brings today, because every volatility up to some level then
 * explains it; BELOW_INTRINSIC or ABOVE_MAXIMUM where none does.
 */
export function americanImpliedVol(
  price: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  isCall: boolean,
  dividends: readonly CashDividend[] = [],
  steps: number = STEPS,
): number {
  const missing = (volatility: number) => americanPrice(spot, strike, years, volatility, rate, dividendYield, isCall, dividends, steps) - price;
  let low = 0;
  let atLow = missing(low);
  if (atLow > 0) return BELOW_INTRINSIC;
  if (atLow === 0) return 0;
  let high = 0.5;
  let atHigh = missing(high);
  while (atHigh < 0 && high < VOLATILITY_MAX) {
    low = high;
    atLow = atHigh;
    high *= 2;
    atHigh = missing(high);
  }
  if (!(atHigh >= 0)) return Number.isNaN(atHigh) ? NaN : ABOVE_MAXIMUM;
  let side = 0;
  for (let step = 0; step < STEPS_MAX && high - low > 1e-12 * high; step++) {
    const between = (low * atHigh - high * atLow) / (atHigh - atLow);
    const volatility = between > low && between < high ? between : 0.5 * (low + high);
    const miss = missing(volatility);
    if (miss === 0) return volatility;
    if (miss < 0) {
      low = volatility;
      atLow = miss;
      if (side < 0) atHigh *= 0.5;
      side = -1;
    } else {
      high = volatility;
      atHigh = miss;
      if (side > 0) atLow *= 0.5;
      side = 1;
    }
  }
  return 0.5 * (low + high);
}
