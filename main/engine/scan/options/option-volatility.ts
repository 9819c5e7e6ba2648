import { escrowedSpot } from '../../pricing/dividends.ts';
import { exp, logRatio } from '../../pricing/elementary.ts';
import { forwardPrice } from '../../pricing/european.ts';
import { ABOVE_MAXIMUM, BELOW_INTRINSIC, impliedVolSqrtT } from '../../pricing/implied-vol.ts';
import { normalisedVega } from '../../pricing/normalised-black.ts';
import type { PricedOption } from './option-terms.ts';
import { optionValue } from './option-value.ts';

/** The volatility that explains a price, or which side of every possible price it stands on. */
export type Volatility = { value: number } | 'noTimeValue' | 'tooDear';

const STEPS_MAX = 60;
/** Of the price, in the units of the spot: far below what any array is counted in. */
const PRICE_TOLERANCE = 1e-12;
/** A year's volatility above which none is looked for where European options give no bound: 1,000 %. */
const VOLATILITY_MAX = 10;

/** The volatility at which the model gives this price: in closed form for European options, by search for American ones. */
export function impliedVolatility(option: PricedOption, price: number): Volatility {
  const european = europeanVolatility(option, price);
  if (!option.american) return european;
  // Early exercise is worth something, so the volatility of an American option is no greater than a European one's.
  const most = european === 'tooDear' ? VOLATILITY_MAX : european === 'noTimeValue' ? 0 : european.value;
  const tolerance = PRICE_TOLERANCE * option.spot;
  const beyond = (volatility: number): number => optionValue(option, option.spot, volatility) - price;
  const atNone = beyond(0);
  if (atNone >= 0) return 'noTimeValue';
  const atMost = beyond(most);
  if (atMost < -tolerance) return 'tooDear';
  return { value: search(beyond, { low: 0, atLow: atNone, high: most, atHigh: atMost }, (volatility) => europeanVega(option, volatility), tolerance) };
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

/** How fast a European option's price rises with volatility; an American one's rises about as fast while it is held. */
function europeanVega({ spot, strike, years, rate, dividendYield, dividends }: PricedOption, volatility: number): number {
  const forward = forwardPrice(escrowedSpot(spot, years, rate, dividends), rate, dividendYield, years);
  const total = volatility * Math.sqrt(years);
  return exp(-rate * years) * Math.sqrt(forward * strike) * Math.sqrt(years) * normalisedVega(logRatio(forward, strike) / total, 0.5 * total);
}

/** Two volatilities and what the price is beyond the wanted one there: below nought at the low one. */
interface Bracket {
  low: number;
  atLow: number;
  high: number;
  atHigh: number;
}

/** How many times as far as the slope says the first step goes, to reach the other side of the root; the next ones go further. */
const OVERSHOOT = 1.3;
const FURTHER = 4;

/**
 * A root of a rising function: down from the high end by its slope until the root is passed, which leaves a short bracket;
 * then the secant, kept inside it, its stale end halved (Illinois).
 */
function search(f: (x: number) => number, bracket: Bracket, slopeAt: (x: number) => number, tolerance: number): number {
  let { low, atLow, high, atHigh } = bracket;
  if (atHigh <= tolerance) return high;
  let reach = OVERSHOOT;
  let side: 'high' | 'low' | null = null;
  for (let step = 0; step < STEPS_MAX && high - low > 1e-12; step += 1) {
    const guess = reach > 0 ? high - (reach * atHigh) / slopeAt(high) : (low * atHigh - high * atLow) / (atHigh - atLow);
    const x = guess > low && guess < high ? guess : (low + high) / 2;
    const value = f(x);
    if (Math.abs(value) <= tolerance) return x;
    const isSecant = reach === 0;
    if (value > 0) {
      [high, atHigh] = [x, value];
      if (side === 'high') atLow /= 2;
      side = isSecant ? 'high' : null;
      reach *= FURTHER;
    } else {
      [low, atLow] = [x, value];
      if (side === 'low') atHigh /= 2;
      side = isSecant ? 'low' : null;
      reach = 0;
    }
  }
  return (low + high) / 2;
}
