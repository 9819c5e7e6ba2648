import { exp, log } from './elementary.ts';
import { normalDistribution } from './normal.ts';
import { chebyshevPoints, chebyshevWeights, gaussLegendre } from './quadrature.ts';

// The spot at and below which an American put is exercised, over its life. Strike and life are 1: what the option depends on
// is then a = rate × years, b = yield × years and s = σ√years. B(τ) is the boundary with τ of the life left. At it the holder
// is indifferent, which gives an integral equation that is solved by putting B in on the right (Kim 1990, in the form of
// Andersen, Lake and Offengenden 2016, their "B"):
//   B(τ) = [e^(−aτ) Φ(d₋) + ∫ a e^(−aw) Φ(d₋(w)) dw] ÷ [e^(−bτ) Φ(d₊) + ∫ b e^(−bw) Φ(d₊(w)) dw],   w from 0 to τ,
// d±(w) = (ln B(τ) − ln B(τ − w) + (a − b) w) ÷ s√w ± ½ s√w. As they found, ln²(B ÷ B(0)) is nearly straight in √τ and is
// interpolated there; w is the square of what Gauss's rule runs over. A call is a put with its sides changed.

const DEGREE = 10;
const LAGS = 20;
const ROUNDS = 12;
const PRICE_LAGS = 24;

const POINTS = chebyshevPoints(DEGREE); // √τ, from 1 down to 0
const LAG_RULE = gaussLegendre(LAGS);
/** The rule of today's integral: of √w. */
export const PRICE_RULE = gaussLegendre(PRICE_LAGS);

// For each point and lag: √w, its weight 2√w d√w, and what the points count for at √(τ − w).
const rootLag = new Float64Array(DEGREE * LAGS);
const lagWeight = new Float64Array(DEGREE * LAGS);
const shares = new Float64Array(DEGREE * LAGS * DEGREE);
for (let point = 0; point < DEGREE; point++) for (let lag = 0; lag < LAGS; lag++) {
  const at = point * LAGS + lag;
  const part = LAG_RULE.nodes[lag] as number;
  const end = POINTS[point] as number;
  rootLag[at] = end * part;
  lagWeight[at] = 2 * end * end * part * (LAG_RULE.weights[lag] as number);
  shares.set(chebyshevWeights(POINTS, end * Math.sqrt(1 - part * part)).subarray(0, DEGREE), at * DEGREE);
}
const todayShares = Float64Array.from({ length: PRICE_LAGS * DEGREE }, (_, at) => {
  const part = PRICE_RULE.nodes[Math.floor(at / DEGREE)] as number;
  return chebyshevWeights(POINTS, Math.sqrt(1 - part * part))[at % DEGREE] as number;
});

/** The boundary of a put with strike and life 1. Logarithms are of the spot. */
export interface ExerciseBoundary {
  readonly a: number;
  readonly b: number;
  readonly s: number;
  /** With the whole life left. */
  readonly today: number;
  /** At the times of PRICE_RULE: √w of the life from today. */
  readonly later: Float64Array;
}

/** For a > 0, or a = 0 and b < 0: elsewhere nothing is ever exercised early, or there are two boundaries. s from 1e-7 to 16. */
export function exerciseBoundary(a: number, b: number, s: number): ExerciseBoundary {
  const start = b > a ? log(a) - log(b) : 0;
  const below = guessBelow(a, b, s, start); // ln(B ÷ B(0)) at the points, never positive
  const squares = below.map((depth) => depth * depth);
  prepareLags(a, b, s);
  for (let round = 0; round < ROUNDS; round++) {
    for (let point = 0; point < DEGREE; point++) below[point] = improved(point, a, b, s, start, below[point] as number, squares);
    for (let point = 0; point < DEGREE; point++) squares[point] = (below[point] as number) * (below[point] as number);
  }
  const later = Float64Array.from({ length: PRICE_LAGS }, (_, lag) => start - depthFrom(todayShares, lag, squares));
  return { a, b, s, today: start + (below[0] as number), later };
}

/** The boundary's shape as Bjerksund and Stensland (1993) guess it, between its start and that of an endless life. */
function guessBelow(a: number, b: number, s: number, start: number): Float64Array {
  const first = exp(start);
  const half = (a - b) / (s * s) - 0.5;
  const power = half + Math.sqrt(half * half + (2 * a) / (s * s));
  const endless = power / (1 + power);
  return POINTS.slice(0, DEGREE).map((root) => {
    const exponent = (((b - a) * root * root - 2 * s * root) * first) / (first - endless);
    const reached = exponent < 0 ? 1 - exp(exponent) : 0;
    return log((first + (endless - first) * reached) / first);
  });
}

const inRates = new Float64Array(DEGREE * LAGS);
const inYields = new Float64Array(DEGREE * LAGS);
const perLog = new Float64Array(DEGREE * LAGS);
const drift = new Float64Array(DEGREE * LAGS);

/** What does not change from round to round. */
function prepareLags(a: number, b: number, s: number): void {
  for (let at = 0; at < rootLag.length; at++) {
    const root = rootLag[at] as number;
    inRates[at] = a * exp(-a * root * root) * (lagWeight[at] as number);
    inYields[at] = b * exp(-b * root * root) * (lagWeight[at] as number);
    perLog[at] = 1 / (s * root);
    drift[at] = ((a - b) / s) * root;
  }
}

/** −ln(B ÷ B(0)) between the points. */
function depthFrom(shares: Float64Array, row: number, squares: Float64Array): number {
  let square = 0;
  for (let point = 0; point < DEGREE; point++) square += (shares[row * DEGREE + point] as number) * (squares[point] as number);
  return square > 0 ? Math.sqrt(square) : 0;
}

/** The right side of the equation at one point, as ln(B ÷ B(0)). */
function improved(point: number, a: number, b: number, s: number, start: number, below: number, squares: Float64Array): number {
  const root = POINTS[point] as number;
  const time = root * root;
  const middle = (start + below + (a - b) * time) / (s * root);
  let inStrike = exp(-a * time) * normalDistribution(middle - 0.5 * s * root);
  let inSpot = exp(-b * time) * normalDistribution(middle + 0.5 * s * root);
  for (let at = point * LAGS; at < (point + 1) * LAGS; at++) {
    const deviations = (below + depthFrom(shares, at, squares)) * (perLog[at] as number) + (drift[at] as number);
    const half = 0.5 * s * (rootLag[at] as number);
    inStrike += (inRates[at] as number) * normalDistribution(deviations - half);
    if (b !== 0) inSpot += (inYields[at] as number) * normalDistribution(deviations + half);
  }
  const next = log(inStrike / inSpot) - start;
  return next < 0 ? next : -1e-12;
}
