import { escrowedSpot, type CashDividend } from './dividends.ts';
import { certainPut, earlyExercisePremium, exerciseKind, LEAST_TOTAL, MOST_TOTAL } from './early-exercise.ts';
import { exp, logRatio } from './elementary.ts';
import { black } from './european.ts';
import { exerciseBoundary } from './exercise-boundary.ts';
import { runLattice, type LatticeToday } from './lattice.ts';

// American options. Without cash dividends: the European price and an integral over the exercise boundary (early-exercise.ts,
// exercise-boundary.ts). With them, or where exercise is best between two boundaries, a binomial lattice. Its tree follows the
// forward, so its probabilities lie between 0 and 1 for any rate and volatility; the step before expiry is priced by Black's
// formula, which removes the sawtooth of the strike between nodes (the smoothing of Broadie and Detemple, 1996); a second tree
// of half the steps is used to take off half of the error that falls as 1 ÷ steps. Half, because the exercise boundary between
// nodes leaves a sawtooth that full extrapolation doubles: measured in the README. Each tree begins two steps before today, so
// that today has three prices from which delta and gamma are read.
//
// Cash dividends are escrowed: what is lognormal is the spot less the present value of the dividends to come until expiry,
// and volatility is of that. Where a dividend falls between two steps, a call may be exercised just before it and a put
// just after, not only at the steps.

const NONE: readonly CashDividend[] = [];
/** Steps of the larger tree; what they reach is in the README. Even. */
export const STEPS = 640;

/**
 * The price of an American option today; never below exercise or the European price. Spot, strike, years and volatility
 * of zero or more; rates and yield of either sign. Dividends outside (0, years] do not count; `steps` are of the lattice,
 * where it is needed.
 */
export function americanPrice(
  spot: number,
  strike: number,
  years: number,
  volatility: number,
  rate: number,
  dividendYield: number,
  isCall: boolean,
  dividends: readonly CashDividend[] = NONE,
  steps: number = STEPS,
): number {
  const base = escrowedSpot(spot, years, rate, dividends);
  const discount = exp(-rate * years);
  const european = discount * black(base * exp((rate - dividendYield) * years), strike, volatility * Math.sqrt(years), isCall);
  const exercised = isCall ? spot - strike : strike - spot;
  const least = exercised > european ? exercised : european;
  if (!(years > 0)) return least;
  const kind = earlyExerciseKind(years, rate, dividendYield, isCall);
  if (kind === 'never' && !(isCall && base < spot)) return least;
  let price = european;
  if (kind === 'boundary' && base === spot) {
    price = priceByBoundary(spot, strike, years, volatility, rate, dividendYield, isCall, european, exercised);
  } else {
    extrapolate(today, base, strike, years, volatility, rate, dividendYield, isCall, dividends, steps);
    ({ price } = today);
  }
  const most = isCall ? spot * (dividendYield < 0 ? exp(-dividendYield * years) : 1) : strike * (rate < 0 ? exp(-rate * years) : 1);
  if (price > most) return most;
  return price > least ? price : least;
}

/** How early exercise is priced without cash dividends. A call is a put with its sides changed: spot for strike, yield for rate. */
export function earlyExerciseKind(years: number, rate: number, dividendYield: number, isCall: boolean): ReturnType<typeof exerciseKind> {
  return isCall ? exerciseKind(dividendYield * years, rate * years) : exerciseKind(rate * years, dividendYield * years);
}

/** Without cash dividends: the European price and what early exercise adds to it. */
function priceByBoundary(spot: number, strike: number, years: number, volatility: number, rate: number, dividendYield: number, isCall: boolean, european: number, exercised: number): number {
  if (!(spot > 0 && strike > 0)) return european;
  const a = (isCall ? dividendYield : rate) * years;
  const b = (isCall ? rate : dividendYield) * years;
  const scale = isCall ? spot : strike;
  const x = isCall ? -logRatio(spot, strike) : logRatio(spot, strike);
  const total = Math.min(volatility * Math.sqrt(years), MOST_TOTAL);
  if (total < LEAST_TOTAL) return isCall ? certainPut(a, b, strike, spot) : certainPut(a, b, spot, strike);
  const boundary = exerciseBoundary(a, b, total);
  return x > boundary.today ? european + scale * earlyExercisePremium(boundary, x) : exercised;
}

const today: LatticeToday = { price: 0, delta: 0, gamma: 0 };
const coarse: LatticeToday = { price: 0, delta: 0, gamma: 0 };

/** Both trees, the smaller one's error used to take off half of the larger one's. `base` is the escrowed spot. */
export function extrapolate(
  today: LatticeToday,
  base: number,
  strike: number,
  years: number,
  volatility: number,
  rate: number,
  dividendYield: number,
  isCall: boolean,
  dividends: readonly CashDividend[],
  steps: number,
): void {
  runLattice(coarse, base, strike, years, volatility, rate, dividendYield, isCall, dividends, steps / 2);
  runLattice(today, base, strike, years, volatility, rate, dividendYield, isCall, dividends, steps);
  today.price += 0.5 * (today.price - coarse.price);
  today.delta += 0.5 * (today.delta - coarse.delta);
  today.gamma += 0.5 * (today.gamma - coarse.gamma);
}
