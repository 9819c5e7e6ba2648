import { exp, log, logRatio } from './elementary.ts';
import { DENSITY_AT_ZERO, inverseNormal, tailRatio } from './normal.ts';
import { normalisedBlack, normalisedVega, outOfMoneyFactor, shortfallFactor } from './normalised-black.ts';

// Implied volatility after the idea of P. Jäckel, "Let's Be Rational" (2015): make the price free of units, put it into
// one of three regions, transform it so that it is nearly a straight line there, and take Householder steps of the third
// order, which quadruple the number of right digits. Here the price is handled as its exponential factor and the rest
// (normalised-black.ts), so the outer regions work with logarithms and never see an underflow. Each root is bracketed:
// a step that leaves the bracket is replaced by halving, so the search cannot fail.

/** The price is below what exercise would bring: no volatility explains it. */
export const BELOW_INTRINSIC = -1;
/** The price is that of infinite volatility, or above: forward for a call, strike for a put. */
export const ABOVE_MAXIMUM = -2;

const STEPS_MAX = 64;
/** A step this small, relative to the result, leaves an error of its fourth power. */
const LAST_STEP = 1e-5;

/** A region's function at one s = σ√T: the Newton step, and second and third derivative ÷ first. Reused: no allocation. */
const at = { newton: 0, second: 0, third: 0 };

/**
 * σ√T at which Black's undiscounted price is `price`: zero where it is worth exactly its intrinsic value,
 * BELOW_INTRINSIC or ABOVE_MAXIMUM where there is none, NaN for NaN. Forward and strike above zero.
 */
export function impliedVolSqrtT(price: number, forward: number, strike: number, isCall: boolean): number {
  const low = forward < strike ? forward : strike;
  const high = forward < strike ? strike : forward;
  if (!(low > 0 && high < Infinity && price === price)) return NaN;
  const intrinsic = isCall ? forward - strike : strike - forward;
  const timeValue = intrinsic > 0 ? price - intrinsic : price;
  if (timeValue < 0) return BELOW_INTRINSIC;
  if (timeValue === 0) return 0;
  if (timeValue >= low) return ABOVE_MAXIMUM;
  return solve(-logRatio(low, high), timeValue, low, Math.sqrt(low) * Math.sqrt(high));
}

/** `x` is |ln(forward ÷ strike)|, `maximum` the price at infinite volatility, `unit` √(forward × strike). */
function solve(x: number, price: number, maximum: number, unit: number): number {
  const beta = price / unit;
  const inflection = Math.sqrt(2 * x);
  const a = inflection > 0 ? x / inflection : 0;
  const betaAtInflection = inflection > 0 ? normalisedBlack(a, 0.5 * inflection) : 0;
  if (beta < betaAtInflection) return solveLow(x, log(price) - log(unit), inflection);
  if (price > 0.5 * maximum) return solveHigh(x, log(maximum - price) - log(unit), (maximum - price) / maximum, inflection);
  return solveMiddle(x, beta, inflection, betaAtInflection);
}

/** Below the inflection: 1 ÷ ln(price), which far out behaves as −2s² ÷ x². */
function solveLow(x: number, target: number, inflection: number): number {
  let lower = 0;
  let upper = inflection;
  let s = x / guessDistance(x, target);
  if (!(s < inflection)) s = inflection;
  for (let step = 0; step < STEPS_MAX; step++) {
    const a = x / s;
    const t = 0.5 * s;
    const factor = outOfMoneyFactor(a, t);
    const g = log(factor) - 0.5 * (a * a + t * t);
    const slope = DENSITY_AT_ZERO / factor;
    logarithmic(s, a, slope);
    at.newton = (g * (target - g)) / (target * slope);
    at.third += (-6 * at.second * slope) / g + (6 * slope * slope) / (g * g);
    at.second -= (2 * slope) / g;
    if (g > target) upper = s;
    else lower = s;
    const next = householder(s, lower, upper);
    if (isLast(s, next)) return next;
    s = next;
  }
  return s;
}

/**
 * The distance a = x ÷ s for a price below the inflection, roughly. For small s, price ÷ x is a function of a alone; its
 * inverse is fitted (to 2.4e-4 near the money, 8.8e-5 beyond), and the part that s adds to ln(price) is then solved for.
 */
function guessDistance(x: number, target: number): number {
  const logarithm = log(DENSITY_AT_ZERO * x) - target; // ln(x ÷ √2π price)
  const a = logarithm < 3.6888794541139363 ? distanceNear(exp(logarithm)) : distanceFar(Math.sqrt(2 * logarithm));
  const square = a * a;
  const added = (1 - 2 / (square + 3)) * (square / (square + a + 1)) * x * x;
  const rest = square * square - added;
  return Math.sqrt(0.5 * (square + (rest > 0 ? Math.sqrt(rest) : 0)));
}

function distanceNear(u: number): number {
  const above = 0.9997356402 + u * (1.033714432 + u * (0.1026618176 + u * 0.0001769799267));
  const below = 1 + u * (2.276150605 + u * (0.9637331695 + u * 0.05341401871));
  return (u * above) / below;
}

function distanceFar(v: number): number {
  const above = 2.07930981 + v * (-1.099507882 + v * (0.2294380166 + v * 0.3152262402));
  const below = 1 + v * (0.2932113548 + v * 0.3145596833);
  return above / below;
}

/** From the inflection to half the maximum: the price itself, which is nearly straight there. */
function solveMiddle(x: number, target: number, inflection: number, atInflection: number): number {
  let lower = inflection;
  let upper = Infinity;
  let s = inflection + (target - atInflection) / (inflection > 0 ? normalisedVega(x / inflection, 0.5 * inflection) : DENSITY_AT_ZERO);
  for (let step = 0; step < STEPS_MAX; step++) {
    const a = x / s;
    const t = 0.5 * s;
    const value = normalisedBlack(a, t);
    at.newton = (target - value) / normalisedVega(a, t);
    at.second = (a * a) / s - 0.25 * s;
    at.third = at.second * at.second - (3 * a * a) / (s * s) - 0.25;
    if (value > target) upper = s;
    else lower = s;
    const next = householder(s, lower, upper);
    if (isLast(s, next)) return next;
    s = next;
  }
  return s;
}

/** Above half the maximum: ln(maximum − price). `missing` is the part of the maximum that the price lacks. */
function solveHigh(x: number, target: number, missing: number, inflection: number): number {
  // Half the maximum lies above both the inflection and s = 0.3, so that the shortfall's own form holds throughout.
  let lower = inflection > 0.3 ? inflection : 0.3;
  let upper = Infinity;
  const deviations = -inverseNormal(missing / (1 + 2 * tailRatio(Math.sqrt(2 * x))));
  let s = deviations + Math.sqrt(deviations * deviations + 2 * x);
  if (!(s > lower)) s = lower * 1.01;
  for (let step = 0; step < STEPS_MAX; step++) {
    const a = x / s;
    const t = 0.5 * s;
    const factor = shortfallFactor(a, t);
    const g = log(factor) - 0.5 * (a * a + t * t);
    const slope = -DENSITY_AT_ZERO / factor;
    logarithmic(s, a, slope);
    at.newton = (target - g) / slope;
    if (g < target) upper = s;
    else lower = s;
    const next = householder(s, lower, upper);
    if (isLast(s, next)) return next;
    s = next;
  }
  return s;
}

/** Second and third derivative ÷ first of ln(price), or of ln(maximum − price), by s, where `slope` is the first. */
function logarithmic(s: number, a: number, slope: number): void {
  const second = (a * a) / s - 0.25 * s;
  const third = second * second - (3 * a * a) / (s * s) - 0.25;
  at.second = second - slope;
  at.third = third - 3 * second * slope + 2 * slope * slope;
}

/** The next s, inside the bracket; far from the root no further than a factor of two, for the third derivative misleads there. */
function householder(s: number, lower: number, upper: number): number {
  const { newton, second, third } = at;
  const next = s + (newton * (1 + 0.5 * second * newton)) / (1 + newton * (second + (third * newton) / 6));
  if (next >= lower && next <= upper && next > 0.5 * s && next < 2 * s) return next;
  if (newton < 0) return 0.5 * (lower > 0.5 * s ? s + lower : s);
  return upper < 2 * s ? 0.5 * (s + upper) : 2 * s;
}

function isLast(s: number, next: number): boolean {
  const step = next - s;
  return step <= LAST_STEP * s && step >= -LAST_STEP * s && at.newton <= 2 * LAST_STEP * s && at.newton >= -2 * LAST_STEP * s;
}
