import { presentValue, exDateIn, type CashDividend } from './dividends.ts';
import { exp } from './elementary.ts';
import { black } from './european.ts';

// One binomial tree. What it rests on is told in american.ts, which puts two of them together.

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
let values = new Float64Array(0);
let gainsAtStart = new Float64Array(0);
let gainsAtEnd = new Float64Array(0);
let ladder = new Float64Array(0);

/** Rolls one tree back. `base` is the escrowed spot. */
export function runLattice(
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
    const ex = exDateIn(dividends, time, i === steps - 1 ? years : (i + 1) * step, isCall);
    if (i < steps - 1 && !(ex > 0)) {
      rollBack(i + 2, steps, weightUp, weightDown, sign * growth, constant);
      continue;
    }
    const wait = ex - time;
    const atEx = sign * (isCall ? exp(rate * wait) * presentValue(dividends, time, years, rate) - strike : presentValue(dividends, ex, years, rate) - strike);
    const slopeBefore = sign * growth * exp(-dividendYield * wait);
    const before = exp(-rate * wait) * atEx;
    if (i === steps - 1) {
      if (ex > 0) {
        const left = years - ex;
        const owed = -sign * atEx * exp(rate * left);
        decideInLastStep(isCall, base * exp(carry * years + dividendYield * left), owed, exp(-rate * step), deviation, steps, wait / step, slopeBefore, before);
      }
      exerciseAt(i + 2, steps, sign * growth, constant);
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

/** As rollBackAcross, where the step's end is expiry: exercise beside the dividend then pays a European option's worth. */
function decideInLastStep(
  isCall: boolean,
  forward: number,
  owed: number,
  discount: number,
  deviation: number,
  steps: number,
  late: number,
  slopeAtStart: number,
  constantAtStart: number,
): void {
  for (let j = 0; j <= steps + 1; j++) {
    const kept = values[j] as number;
    const rung = ladder[2 * j + 1] as number;
    const decidedAtEnd = Math.max(kept, discount * black(forward * rung, owed, deviation, isCall));
    const decidedAtStart = Math.max(kept, slopeAtStart * rung + constantAtStart);
    values[j] = late * decidedAtEnd + (1 - late) * decidedAtStart;
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

/** Raises each value of a level to what exercise brings: slope × e^(k × deviation) + constant. */
function exerciseAt(level: number, steps: number, slope: number, constant: number): void {
  const first = steps + 2 - level;
  for (let j = 0; j <= level; j++) {
    const exercised = slope * (ladder[first + 2 * j] as number) + constant;
    if (exercised > (values[j] as number)) values[j] = exercised;
  }
}
