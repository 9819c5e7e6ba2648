import { americanPrice, earlyExerciseKind } from '../../pricing/american.ts';
import { escrowedSpot } from '../../pricing/dividends.ts';
import { MOST_TOTAL } from '../../pricing/early-exercise.ts';
import { exp, logRatio } from '../../pricing/elementary.ts';
import { blackScholes, forwardPrice } from '../../pricing/european.ts';
import { newCurve, premiumOn, premiumTable, readCurve } from '../../pricing/premium-table.ts';
import { NO_MOVE, type ScenarioMoves } from '../../pricing/scenario-moves.ts';
import { scenarioTimeValue } from '../../pricing/scenario-time-value.ts';
import type { PricedOption } from './option-terms.ts';

/**
 * Steps of the larger tree where an American option needs one: with cash dividends, or exercised between two boundaries.
 * Arrays are differences of prices of one tree, so what the tree is off by mostly cancels: twice the steps moves a gain by at
 * most a third of a cent on a share of 100.
 */
const LATTICE_STEPS = 128;

const single = new Float64Array(1);

/** Places that a model's price is taken to: what comes after is noise of the model. */
export const MODEL_PLACES = 6;
const ROUNDER = 6755399441055744; // 1.5 × 2⁵²: adding it leaves no place behind the point, half to even

/** A model's gain in whole millionths, as a double: what every array of an option is made of. For |gain| below 10⁹. */
export function wholeMillionths(gain: number): number {
  return gain * 1e6 + ROUNDER - ROUNDER;
}

/** The model's price of one unit of an option at a spot and a volatility. A spot of 0 is worth the strike to a put. */
export function optionValue(option: PricedOption, spot: number, volatility: number): number {
  optionValues(single, 0, option, spot, volatility, NO_MOVE);
  return single[0] as number;
}

/**
 * What is added to European prices: nothing where nobody would exercise early, or up to one `boundary`; null for prices that
 * are made otherwise, with cash dividends or by trees.
 */
export function onEuropean(option: PricedOption): 'nothing' | 'boundary' | null {
  const kind = exerciseOf(option);
  if (option.dividends.length > 0 || kind === 'tree') return null;
  return kind === 'never' ? 'nothing' : 'boundary';
}

function exerciseOf({ american, years, rate, dividendYield, isCall }: PricedOption): ReturnType<typeof earlyExerciseKind> {
  return american && years > 0 ? earlyExerciseKind(years, rate, dividendYield, isCall) : 'never';
}

/**
 * The model's prices of one unit in every scenario, written to `out` from `at` on: the spot times each factor, the volatility
 * plus each step, never below 0. Every price of an option comes from here, in whichever engine, so that they have the same bits.
 */
export function optionValues(out: Float64Array, at: number, option: PricedOption, spot: number, volatility: number, moves: ScenarioMoves): void {
  const added = onEuropean(option);
  if (added === null || !(spot > 0 && option.strike > 0)) return oneByOne(out, at, option, spot, volatility, moves);
  europeanValues(out, at, option, spot, volatility, moves);
  if (added === 'boundary') addEarlyExercise(out, at, option, spot, volatility, moves);
}

function oneByOne(out: Float64Array, at: number, option: PricedOption, spot: number, volatility: number, { factor, volatility: steps }: ScenarioMoves): void {
  const { strike, years, rate, dividendYield, dividends, isCall, american } = option;
  for (let scenario = 0; scenario < factor.length; scenario++) {
    const moved = spot * (factor[scenario] as number);
    const vol = Math.max(0, volatility + (steps[scenario] as number));
    out[at + scenario] = american
      ? americanPrice(moved, strike, years, vol, rate, dividendYield, isCall, dividends, LATTICE_STEPS)
      : blackScholes(escrowedSpot(moved, years, rate, dividends), strike, years, vol, rate, dividendYield, isCall);
  }
}

function europeanValues(out: Float64Array, at: number, { strike, years, rate, dividendYield, isCall }: PricedOption, spot: number, volatility: number, moves: ScenarioMoves): void {
  const discount = exp(-rate * years);
  const rootYears = Math.sqrt(years);
  const forward = forwardPrice(spot, rate, dividendYield, years);
  const distance = logRatio(forward, strike);
  const roots = Math.sqrt(forward) * Math.sqrt(strike);
  const sign = isCall ? 1 : -1;
  const { factor, logFactor, rootFactor, volatility: steps } = moves;
  for (let scenario = 0; scenario < factor.length; scenario++) {
    const moved = forward * (factor[scenario] as number);
    const intrinsic = sign * (moved - strike);
    const vol = volatility + (steps[scenario] as number);
    const timeValue = scenarioTimeValue(moved < strike ? moved : strike, roots * (rootFactor[scenario] as number), distance + (logFactor[scenario] as number), (vol > 0 ? vol : 0) * rootYears);
    out[at + scenario] = discount * (intrinsic > 0 ? intrinsic + timeValue : timeValue);
  }
}

const curve = newCurve();

/**
 * Makes European prices in `out` American ones, from the table of the option's expiry and yield. Its curve is read once for
 * the scenarios that share a volatility.
 */
export function addEarlyExercise(out: Float64Array, at: number, { strike, years, rate, dividendYield, isCall }: PricedOption, spot: number, volatility: number, moves: ScenarioMoves): void {
  const table = isCall ? premiumTable(dividendYield * years, rate * years) : premiumTable(rate * years, dividendYield * years);
  const rootYears = Math.sqrt(years);
  const sign = isCall ? -1 : 1;
  const distance = sign * logRatio(spot, strike);
  const { factor, logFactor, volatility: steps, order } = moves;
  let total = NaN;
  let isRead = false;
  for (let turn = 0; turn < order.length; turn++) {
    const scenario = order[turn] as number;
    const vol = volatility + (steps[scenario] as number);
    const wanted = vol > 0 ? Math.min(vol * rootYears, MOST_TOTAL) : 0;
    if (wanted !== total) {
      total = wanted;
      isRead = readCurve(curve, table, total);
    }
    const moved = spot * (factor[scenario] as number);
    const exercised = sign * (strike - moved);
    const x = distance + sign * (logFactor[scenario] as number);
    if (!isRead) {
      out[at + scenario] = americanPrice(moved, strike, years, total / rootYears, rate, dividendYield, isCall);
    } else if (x <= curve.boundary) {
      out[at + scenario] = exercised;
    } else {
      const price = (out[at + scenario] as number) + (isCall ? moved : strike) * premiumOn(curve, x);
      out[at + scenario] = price > exercised ? price : exercised;
    }
  }
}
