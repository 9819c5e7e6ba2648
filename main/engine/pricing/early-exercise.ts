import { exp, logRatio } from './elementary.ts';
import { PRICE_RULE, type ExerciseBoundary } from './exercise-boundary.ts';
import { normalDistribution } from './normal.ts';

// What the right to exercise early is worth above the European price (Kim 1990, Jacka 1991, Carr, Jarrow and Myneni 1992):
// the interest on the strike less the yield of the spot, for as long as the spot is below the boundary,
//   ∫ a e^(−aw) Φ(−d₋(w)) − b e^(x − bw) Φ(−d₊(w)) dw,   d±(w) = (x − ln B(1 − w) + (a − b) w) ÷ s√w ± ½ s√w.

/** Rate or yield over the whole life up to which the boundary is computed. */
const CARRY_MAX = 3;
/** A put gains at most the interest on its strike by exercise: below this it is nothing. */
const INTEREST_MIN = 1e-12;

/** Between these total volatilities σ√T the boundary is computed: below there is none to speak of, above nothing changes. */
export const LEAST_TOTAL = 1e-7;
export const MOST_TOTAL = 16;

/**
 * How early exercise of a put is priced; a = rate × years, b = yield × years, the two changed for a call. `never`: waiting
 * costs nothing. `boundary`: exercised below one. `tree`: exercised between two boundaries, or rates beyond all bounds.
 */
export function exerciseKind(a: number, b: number): 'never' | 'boundary' | 'tree' {
  if (a < INTEREST_MIN && b >= Math.min(0, a)) return 'never';
  return a >= 0 && a <= CARRY_MAX && b <= CARRY_MAX && b >= -CARRY_MAX ? 'boundary' : 'tree';
}

/** The early-exercise premium of a put with strike and life 1 on a spot of eˣ at or above the boundary. */
export function earlyExercisePremium({ a, b, s, later }: ExerciseBoundary, x: number): number {
  const { nodes, weights } = PRICE_RULE;
  const spot = exp(x);
  let sum = 0;
  for (let lag = 0; lag < nodes.length; lag++) {
    const root = nodes[lag] as number;
    const time = root * root;
    const middle = (x - (later[lag] as number) + (a - b) * time) / (s * root);
    const half = 0.5 * s * root;
    let gained = a * exp(-a * time) * normalDistribution(half - middle);
    if (b !== 0) gained -= b * exp(-b * time) * spot * normalDistribution(-half - middle);
    sum += 2 * root * (weights[lag] as number) * gained;
  }
  return sum > 0 ? sum : 0;
}

/** The price of a put without volatility: exercised now, at expiry or at the best time between. */
export function certainPut(a: number, b: number, spot: number, strike: number): number {
  const best = Math.max(0, strike - spot, strike * exp(-a) - spot * exp(-b));
  const between = a > 0 && b > 0 && a !== b ? (logRatio(strike, spot) + logRatio(a, b)) / (a - b) : 0;
  return between > 0 && between < 1 ? Math.max(best, strike * exp(-a * between) - spot * exp(-b * between)) : best;
}
