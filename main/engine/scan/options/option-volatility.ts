import { escrowedSpot } from '../../pricing/dividends.ts';
import { exp } from '../../pricing/elementary.ts';
import { forwardPrice } from '../../pricing/european.ts';
import { ABOVE_MAXIMUM, BELOW_INTRINSIC, impliedVolSqrtT } from '../../pricing/implied-vol.ts';
import type { PricedOption } from './option-terms.ts';
import { optionValue } from './option-value.ts';

/** The volatility that explains a price, or which side of every possible price it stands on. */
export type Volatility = { value: number } | 'noTimeValue' | 'tooDear';

const STEPS_MAX = 60;
/** Of the price, in the units of the spot: far below what any array is counted in. */
const PRICE_TOLERANCE = 1e-10;

/** The volatility at which the model gives this price: in closed form for European options, by search for American ones. */
export function impliedVolatility(option: PricedOption, price: number): Volatility {
  const european = europeanVolatility(option, price);
  if (!option.american) return european;
  // Early exercise is worth something, so the volatility of an American option is no greater than a European one's.
  const most = european === 'tooDear' ? 10 : european === 'noTimeValue' ? 0 : european.value;
  if (optionValue(option, option.spot, 0) >= price) return 'noTimeValue';
  if (optionValue(option, option.spot, most) < price - PRICE_TOLERANCE * option.spot) return 'tooDear';
  return { value: search((volatility) => optionValue(option, option.spot, volatility) - price, 0, most, PRICE_TOLERANCE * option.spot) };
}

function europeanVolatility(option: PricedOption, price: number): Volatility {
  const { spot, strike, years, rate, dividendYield, dividends, isCall } = option;
  const net = escrowedSpot(spot, years, rate, dividends);
  if (years <= 0 || net <= 0) return 'noTimeValue';
  const implied = impliedVolSqrtT(price / exp(-rate * years), forwardPrice(net, rate, dividendYield, years), strike, isCall);
  if (implied === BELOW_INTRINSIC || implied === 0) return 'noTimeValue';
  if (implied === ABOVE_MAXIMUM) return 'tooDear';
  return { value: implied / Math.sqrt(years) };
}

/** A root of a rising function between two bounds: the secant, kept inside the bracket, its stale end halved (Illinois). */
function search(f: (x: number) => number, from: number, to: number, tolerance: number): number {
  let [low, high] = [from, to];
  let [atLow, atHigh] = [f(low), f(high)];
  let side = 0;
  for (let step = 0; step < STEPS_MAX && high - low > 1e-12; step += 1) {
    const guess = atHigh === atLow ? (low + high) / 2 : (low * atHigh - high * atLow) / (atHigh - atLow);
    const x = guess > low && guess < high ? guess : (low + high) / 2;
    const value = f(x);
    if (Math.abs(value) <= tolerance) return x;
    if (value > 0) {
      [high, atHigh] = [x, value];
      if (side === 1) atLow /= 2;
      side = 1;
    } else {
      [low, atLow] = [x, value];
      if (side === -1) atHigh /= 2;
      side = -1;
    }
  }
  return (low + high) / 2;
}
