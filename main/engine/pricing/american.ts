import { exp } from './elementary.ts';
import { black } from './european.ts';

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

/** One cash dividend a share, `years` from today. */
export interface CashDividend {
  readonly years: number;
  readonly amount: number;
}
const NONE: readonly CashDividend[] = [];

/** Steps of the larger tree; what they reach is in the README. Even. */
export const STEPS = 320;
/** Beyond this many standard deviations of one step from the strike, the last step's time value is below 1e-12. */
const SMOOTHED_DEVIATIONS = 7;
/** Nodes further than this from the middle, in standard deviations of the whole life, count for less than 1e-12. */
const REACH_DEVIATIONS = 7.5;
/** Total volatility σ√T beyond this is priced as this, so that no node is too large for a double; nothing traded comes near. */
const TOTAL_VOLATILITY_MAX = 16;

/** What a lattice says of today: price, and delta and gamma from the parabola through its three nodes of today. */
export interface LatticeToday {
  price: number;
  delta: number;
  gamma: number;
}

let reach = 0;
let values = new Float64Array(2 * STEPS);
let gainsAtStart = new Float64Array(2 * STEPS);
let gainsAtEnd = new Float64Array(2 * STEPS);
let ladder = new Float64Array(4 * STEPS);

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

/** The spot without the present value of the dividends until expiry. */
export function escrowedSpot(spot: number, years: number, rate: number, dividends: readonly CashDividend[]): number {
  const base = spot - presentValue(dividends, 0, years, rate);
  return base > 0 ? base : 0;
}

/** True where waiting costs nothing, so that the European price is the American one. */
export function isNeverExercisedEarly(rate: number, dividendYield: number, isCall: boolean, hasDividends: boolean): boolean {
  return isCall ? rate >= 0 && dividendYield <= 0 && !hasDividends : rate <= 0 && dividendYield >= 0;
}

/** What the dividends after `from` and until `until` are worth at `from`. */
function presentValue(dividends: readonly CashDividend[], from: number, until: number, rate: number): number {
  let sum = 0;
  for (const { years, amount } of dividends) if (years > from && years <= until) sum += amount * exp(-rate * (years - from));
  return sum;
}

/** Rolls one tree back. `base` is the escrowed spot. */
function runLattice(
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
  const step = years / steps;
  const total = volatility * Math.sqrt(years);
  const deviation = (total < TOTAL_VOLATILITY_MAX ? total : TOTAL_VOLATILITY_MAX) / Math.sqrt(steps);
  const sign = isCall ? 1 : -1;
  const carry = rate - dividendYield;
  reach = 2 + 0.5 * REACH_DEVIATIONS * Math.sqrt(steps);
  fillLadder(steps + 2, deviation);
  smoothLastStep(base * exp(carry * years), strike, exp(-rate * step), deviation, isCall, steps);
  const up = exp(deviation);
  const weightUp = exp(-rate * step) / (1 + up);
  const weightDown = up * weightUp;
  for (let i = steps - 1; i >= 0; i--) {
    const time = i * step;
    const growth = base * exp(carry * time);
    const constant = sign * (presentValue(dividends, time, years, rate) - strike);
    const ex = exDateIn(dividends, time, Math.min(time + step, years), isCall);
    if (i < steps - 1 && !(ex > 0)) {
      rollBack(i + 2, steps, weightUp, weightDown, sign * growth, constant);
      continue;
    }
    const wait = ex - time;
    const atEx = sign * (isCall ? exp(rate * wait) * presentValue(dividends, time, years, rate) - strike : presentValue(dividends, ex, years, rate) - strike);
    const slopeBefore = sign * growth * exp(-dividendYield * wait);
    const before = exp(-rate * wait) * atEx;
    if (i === steps - 1) {
      exerciseAt(i + 2, steps, sign * growth, constant);
      if (ex > 0) exerciseAt(i + 2, steps, slopeBefore, before);
    } else {
      rollBackAcross(i + 2, steps, weightUp, weightDown, wait / step, slopeBefore * exp(rate * step), exp(rate * step) * before, slopeBefore, before);
      exerciseAt(i + 2, steps, sign * growth, constant);
    }
  }
  readToday(today, base, steps);
}

function readToday(today: LatticeToday, base: number, steps: number): void {
  const price = values[1] as number;
  const up = base * ((ladder[steps + 4] as number) - 1);
  const down = base * (1 - (ladder[steps] as number));
  const slopeUp = ((values[2] as number) - price) / up;
  const slopeDown = (price - (values[0] as number)) / down;
  today.price = price;
  today.delta = (slopeUp * down + slopeDown * up) / (up + down);
  today.gamma = (2 * (slopeUp - slopeDown)) / (up + down);
}

/** ladder[k + size] = e^(k × deviation), for |k| up to size. */
function fillLadder(size: number, deviation: number): void {
  if (ladder.length < 2 * size + 1) ladder = new Float64Array(2 * size + 1);
  if (values.length < size + 1) [values, gainsAtStart, gainsAtEnd] = [new Float64Array(size + 1), new Float64Array(size + 1), new Float64Array(size + 1)];
  const up = exp(deviation);
  const down = exp(-deviation);
  ladder[size] = 1;
  for (let k = 1; k <= size; k++) {
    ladder[size + k] = (ladder[size + k - 1] as number) * up;
    ladder[size - k] = (ladder[size - k + 1] as number) * down;
  }
}

/** The European values of the last step, at the nodes before it. */
function smoothLastStep(forward: number, strike: number, discount: number, deviation: number, isCall: boolean, steps: number): void {
  const far = exp(SMOOTHED_DEVIATIONS * deviation);
  const level = steps + 1;
  for (let j = 0; j <= level; j++) {
    const expected = forward * (ladder[2 * j + 1] as number);
    const isNear = expected < strike * far && expected * far > strike;
    const intrinsic = isCall ? expected - strike : strike - expected;
    if (isNear) values[j] = discount * black(expected, strike, deviation, isCall);
    else values[j] = intrinsic > 0 ? discount * intrinsic : 0;
  }
}

/** One step back: at each node the greater of waiting and exercise, which brings slope × e^(k × deviation) + constant. */
function rollBack(level: number, steps: number, weightUp: number, weightDown: number, slope: number, constant: number): void {
  const middle = 0.5 * level;
  const first = middle > reach ? Math.floor(middle - reach) : 0;
  const last = level - first;
  const offset = steps + 2 - level;
  let below = values[first] as number;
  for (let j = first; j <= last; j++) {
    const above = values[j + 1] as number;
    const waited = weightDown * below + weightUp * above;
    const exercised = slope * (ladder[offset + 2 * j] as number) + constant;
    values[j] = waited > exercised ? waited : exercised;
    below = above;
  }
}

/**
 * One step back over a dividend: whether to exercise beside it is decided at both ends of the step, each with the weight of
 * its nearness in time. `late` is how far into the step the dividend falls; slopes and constants are those of exercise on
 * its day, in the money of the step's end and of its beginning.
 */
function rollBackAcross(
  level: number,
  steps: number,
  weightUp: number,
  weightDown: number,
  late: number,
  slopeAtEnd: number,
  constantAtEnd: number,
  slopeAtStart: number,
  constantAtStart: number,
): void {
  findGains(gainsAtEnd, level + 1, steps, slopeAtEnd, constantAtEnd);
  for (let j = 0; j <= level; j++) {
    values[j] = weightDown * (values[j] as number) + weightUp * (values[j + 1] as number);
    gainsAtEnd[j] = weightDown * (gainsAtEnd[j] as number) + weightUp * (gainsAtEnd[j + 1] as number);
  }
  findGains(gainsAtStart, level, steps, slopeAtStart, constantAtStart);
  for (let j = 0; j <= level; j++) values[j] = (values[j] as number) + late * (gainsAtEnd[j] as number) + (1 - late) * (gainsAtStart[j] as number);
}

/**
 * What exercise brings beyond waiting, at each node of a level; zero where it brings less. The node whose cell the boundary
 * crosses takes the mean over the cell, since this happens on one day only and its place between nodes would show.
 */
function findGains(gains: Float64Array, level: number, steps: number, slope: number, constant: number): void {
  const offset = steps + 2 - level;
  let before = 0;
  for (let j = 0; j <= level; j++) {
    const gain = slope * (ladder[offset + 2 * j] as number) + constant - (values[j] as number);
    gains[j] = gain > 0 ? gain : 0;
    if (j > 0 && gain > 0 !== before > 0) {
      const jump = gain > before ? gain - before : before - gain;
      const place = (before > 0 ? before : -before) / jump;
      const rest = place < 0.5 ? 0.5 - place : place - 0.5;
      const nearest = place < 0.5 ? j - 1 : j;
      gains[nearest] = (gains[nearest] as number) + 0.5 * jump * rest * rest;
    }
    before = gain;
  }
}

/** The day in a step beside whose dividend exercise may be best: just before the first for a call, after the last for a put; or 0. */
function exDateIn(dividends: readonly CashDividend[], after: number, until: number, isCall: boolean): number {
  let found = 0;
  for (const { years } of dividends) if (years > after && years <= until && (found === 0 || (isCall ? years < found : years > found))) found = years;
  return found;
}

/** Raises each value of a level to what exercise brings: slope × e^(k × deviation) + constant. */
function exerciseAt(level: number, steps: number, slope: number, constant: number): void {
  const first = steps + 2 - level;
  for (let j = 0; j <= level; j++) {
    const exercised = slope * (ladder[first + 2 * j] as number) + constant;
    if (exercised > (values[j] as number)) values[j] = exercised;
  }
}
