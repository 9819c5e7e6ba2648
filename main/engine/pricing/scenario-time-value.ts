import { expBelowZero } from './elementary.ts';

// The time value of one option in many scenarios, for arrays that are taken to six places. The same product as in
// european.ts, written without branches: each of the two fits of the normal tail is followed beyond the range it was made
// for, and the difference of two tails is taken as it is. Both cost digits only where next to nothing is left of the price:
// what comes out is within 4e-15 of forward or strike of what european.ts says (measured: scenario-time-value.test.ts). Without
// branches the same arithmetic runs two scenarios at a time in columns/kernel, and gives the same bits there.

/** Total volatility below this is worth nothing, above `MOST` the whole of the lesser side. */
const LEAST_VOLATILITY = 1e-15;
const MOST_VOLATILITY = 1e6;
/** Of |ln(forward ÷ strike)|; −ln of a price of nothing is infinite. */
const FARTHEST = 1e4;
const LEAST_EXPONENT = -700;

/** Φ(−y) e^(y²/2) for y ≥ 0; relative error 1.1e-19 up to 5 and rising to 1.7e-7 far beyond, where e^(−y²/2) is below 4e-6. */
function tail(y: number): number {
  const above = 0.5 + y * (0.6338062909573525 + y * (0.4034291080057113 + y * (0.16115090043633348 + y * (0.04353017537862351 + y * (0.008082601183121848 + y * (0.0010052998490911811 + y * (7.669698086832872e-5 + y * 2.7627984804840285e-6)))))));
  const below = 1 + y * (2.0654971427175703 + y * (1.9548864965682033 + y * (1.1152885035152975 + y * (0.42383134045434456 + y * (0.11161917933423707 + y * (0.020452381912389756 + y * (0.0025268357898084928 + y * (0.00019225089830254553 + y * 6.925307636344496e-6))))))));
  return above / below;
}

/**
 * Undiscounted time value of an option: `low` is the lesser of forward and strike, `roots` the square root of their product,
 * `distance` ln(forward ÷ strike), of either sign, `volSqrtT` σ√T ≥ 0. Between 0 and `low`; NaN only for NaN.
 */
export function scenarioTimeValue(low: number, roots: number, distance: number, volSqrtT: number): number {
  const atLeast = volSqrtT < LEAST_VOLATILITY ? LEAST_VOLATILITY : volSqrtT;
  const v = MOST_VOLATILITY < atLeast ? MOST_VOLATILITY : atLeast;
  const t = 0.5 * v;
  const apartBy = Math.abs(distance);
  const a = (FARTHEST < apartBy ? FARTHEST : apartBy) / v;
  const apart = a - t;
  const near = tail(Math.abs(apart));
  const far = tail(a + t);
  const exponent = -0.5 * (a * a + t * t);
  const envelope = roots * expBelowZero(exponent < LEAST_EXPONENT ? LEAST_EXPONENT : exponent);
  const value = apart < 0 ? low - envelope * (near + far) : envelope * (near - far);
  if (volSqrtT <= 0) return 0;
  const positive = value < 0 ? 0 : value;
  return low < positive ? low : positive;
}
