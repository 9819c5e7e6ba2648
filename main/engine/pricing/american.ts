import { escrowedSpot, type CashDividend } from './dividends.ts';
import { exp } from './elementary.ts';
import { black } from './european.ts';
import { runLattice, type LatticeToday } from './lattice.ts';

// American options on a binomial lattice. The tree follows the forward, so its probabilities lie between 0 and 1 for any
// rate and volatility; the step before expiry is priced by Black's formula, which removes the sawtooth of the strike
// between nodes (the smoothing of Broadie and Detemple, 1996); a second tree of half the steps is used to take off half of
// the error that falls as 1 ÷ steps. Half, because the exercise boundary between nodes leaves a sawtooth that full
// extrapolation doubles: measured in the README. Each tree begins two steps before today, so that today has three prices
// from which delta and gamma are read.
//
// Cash dividends are escrowed: what is lognormal is the spot less the present value of the dividends to come until expiry,
// and volatility is of that. Where a dividend falls between two steps, a call may be exercised just before it and a put
// just after, not only at the steps.

const NONE: readonly CashDividend[] = [];
/** Steps of the larger tree; what they reach is in the README. Even. */
export const STEPS = 640;

/**
 * The price of an American option today; never below exercise or the European price. Spot, strike, years and volatility
 * of zero or more; rates and yield of either sign. Dividends outside (0, years] do not count.
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
  if (!(years > 0) || isNeverExercisedEarly(rate, dividendYield, isCall, base < spot)) return least;
  extrapolate(today, base, strike, years, volatility, rate, dividendYield, isCall, dividends, steps);
  const most = isCall ? spot * (dividendYield < 0 ? exp(-dividendYield * years) : 1) : strike * (rate < 0 ? exp(-rate * years) : 1);
  if (today.price > most) return most;
  return today.price > least ? today.price : least;
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

/** True where waiting costs nothing, so that the European price is the American one. */
export function isNeverExercisedEarly(rate: number, dividendYield: number, isCall: boolean, hasDividends: boolean): boolean {
  return isCall ? rate >= 0 && dividendYield <= 0 && !hasDividends : rate <= 0 && dividendYield >= 0;
}

