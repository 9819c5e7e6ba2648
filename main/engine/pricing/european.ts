import { exp, logRatio } from './elementary.ts';
import { isNearMaximum, outOfMoneyFactor, shortfallFactor } from './normalised-black.ts';

// European options in closed form: Black (1976) on a forward, Black and Scholes (1973) with Merton's (1973) continuous
// yield on a spot. Units: a price is for one unit of the underlying, in the units of forward and strike; volatility and
// rates are a year's, as fractions; years may be 0. Any price of zero or more is defined for any inputs of zero or more,
// infinite volatility included; a NaN comes out only where one went in.

/** The forward price of a spot that pays a continuous yield: spot × e^((rate − yield) × years). */
export function forwardPrice(spot: number, rate: number, dividendYield: number, years: number): number {
  return spot * exp((rate - dividendYield) * years);
}

/**
 * The undiscounted Black-76 price. `volSqrtT` is σ√T. The option out of the money is computed and parity gives the other,
 * so that neither loses digits far from the strike.
 */
export function black(forward: number, strike: number, volSqrtT: number, isCall: boolean): number {
  const intrinsic = isCall ? forward - strike : strike - forward;
  const timeValue = outOfMoneyPrice(forward, strike, volSqrtT);
  return intrinsic > 0 ? intrinsic + timeValue : timeValue;
}

/** The undiscounted price of whichever of call and put is out of the money: the time value of both. */
export function outOfMoneyPrice(forward: number, strike: number, volSqrtT: number): number {
  if (!(forward > 0 && strike > 0)) return Number.isNaN(forward + strike + volSqrtT) ? NaN : 0;
  const low = forward < strike ? forward : strike;
  const high = forward < strike ? strike : forward;
  return timeValueAt(low, Math.sqrt(low), Math.sqrt(high), -logRatio(low, high), volSqrtT);
}

/**
 * The same where forward and strike, both above zero, are known by what scenarios can share: `low` the lesser of the two,
 * their square roots in either order, and |ln(forward ÷ strike)|.
 */
export function timeValueAt(low: number, root: number, otherRoot: number, logDistance: number, volSqrtT: number): number {
  if (!(volSqrtT > 0)) return Number.isNaN(volSqrtT + logDistance) ? NaN : 0;
  if (volSqrtT === Infinity) return low;
  const t = 0.5 * volSqrtT;
  const a = logDistance / volSqrtT;
  const envelope = scaledEnvelope(root, otherRoot, 0.5 * (a * a + t * t));
  if (envelope === 0) return a < t ? low : 0;
  const price = isNearMaximum(a, t) ? low - envelope * shortfallFactor(a, t) : envelope * outOfMoneyFactor(a, t);
  return price < low ? price : low;
}

/** One root × other root × e^(−exponent); in two halves where the last factor alone would be too small for a double. */
function scaledEnvelope(root: number, otherRoot: number, exponent: number): number {
  if (exponent < 700) return root * otherRoot * exp(-exponent);
  const half = exp(-0.5 * exponent);
  return root * half * (otherRoot * half);
}

/** The Black-Scholes price of a European option today. A currency option's yield is its foreign rate. */
export function blackScholes(spot: number, strike: number, years: number, volatility: number, rate: number, dividendYield: number, isCall: boolean): number {
  const discount = exp(-rate * years);
  const forward = forwardPrice(spot, rate, dividendYield, years);
  return discount * black(forward, strike, volatility * Math.sqrt(years), isCall);
}
