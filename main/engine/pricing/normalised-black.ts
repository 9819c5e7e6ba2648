import { exp } from './elementary.ts';
import { DENSITY_AT_ZERO, tailRatio, tailRatioSlope } from './normal.ts';

// The price of an option out of the money, free of units: price ÷ √(forward × strike), as a function of
//   t = ½ σ√T                        half the total volatility, and
//   a = |ln(forward ÷ strike)| ÷ σ√T  the distance to the strike in standard deviations.
// With R(y) = Φ(−y) e^(y²/2) the Black formula becomes one positive product,
//   price = e^(−(a² + t²)/2) [R(a − t) − R(a + t)],
// for calls and puts alike. Where R(a − t) is nearly R(a + t), their difference is summed as a series in t whose terms
// are all positive, so an option that is worth next to nothing has the same number of right digits.

/** Below this t the series is shorter and keeps more digits than the difference. */
const SERIES_BELOW = 0.25;
/** The series' terms are got by a recurrence whose error grows as sinh(at) ÷ at. */
const SERIES_DRIFT_MAX = 2;

/**
 * R(a − t) − R(a + t), without cancellation, for a ≥ t or small t: the price without its exponential factor.
 * With moments m(n) = ∫ uⁿ e^(−au − u²/2) du ÷ √2π it is 2 Σ t^(2k+1) m(2k+1) ÷ (2k+1)!, and m(n+1) = n m(n−1) − a m(n).
 */
export function outOfMoneyFactor(a: number, t: number): number {
  if (t >= SERIES_BELOW || a * t > SERIES_DRIFT_MAX) return tailRatio(a - t) - tailRatio(a + t);
  let before = tailRatio(a);
  let odd = tailRatioSlope(a);
  const square = t * t;
  let weight = 1;
  let sum = odd;
  for (let n = 1; n < 16; n += 2) {
    const even = n * before - a * odd;
    odd = (n + 1) * odd - a * even;
    before = even;
    weight *= square / ((n + 1) * (n + 2));
    const term = weight * odd;
    if (!(term > sum * 1e-17)) break;
    sum += term;
  }
  return 2 * t * sum;
}

/** R(t − a) + R(a + t) for t > a: what the price lacks of its maximum, without its exponential factor. */
export function shortfallFactor(a: number, t: number): number {
  return tailRatio(t - a) + tailRatio(a + t);
}

/** True where the price is better computed as its maximum less a shortfall: strike within half a variance, and not short. */
export function isNearMaximum(a: number, t: number): boolean {
  return a < t && t >= SERIES_BELOW;
}

/** The normalised price of the option out of the money; between 0 and e^(−at). */
export function normalisedBlack(a: number, t: number): number {
  const envelope = exp(-0.5 * (a * a + t * t));
  if (isNearMaximum(a, t)) return exp(-a * t) - envelope * shortfallFactor(a, t);
  return envelope * outOfMoneyFactor(a, t);
}

/** The derivative of the normalised price by total volatility σ√T. */
export function normalisedVega(a: number, t: number): number {
  return DENSITY_AT_ZERO * exp(-0.5 * (a * a + t * t));
}
