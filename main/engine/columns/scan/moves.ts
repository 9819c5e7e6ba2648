import { Decimal } from '../../../../shared/money.ts';
import { scenarioMoves, type ScenarioMoves } from '../../pricing/scenario-moves.ts';
import type { UnderlyingRange } from '../../scan/classes/portfolio-type.ts';
import { priceMoves } from '../../scan/range-array.ts';
import { reachOf, shareOf, type ScanRules } from '../../scan/rules.ts';

/** Where the scenarios take an underlying of one portfolio type, in the numbers that rows are made of. */
export interface RangeMoves {
  /** For options: every scenario, and behind them one in which nothing moves. */
  priced: ScenarioMoves;
  /** For what moves one for one: move × weight of each scenario, a whole number of 10^−shiftPlaces. */
  shifts: Float64Array;
  shiftPlaces: number;
  /** The largest of them, without its sign. */
  shiftMost: number;
  /** Share of the result that counts, a whole number of 10^−weightPlaces. */
  weights: Float64Array;
  weightPlaces: number;
  /** For the kernel: factors of the price, their logarithms, their roots, steps of volatility and weights one after the other, each up to an even count. */
  packed: Float64Array;
}

/** The moves of a range under a scenario set; the same numbers that `optionArray` and `stockArray` use. */
export function rangeMoves({ down, up, vol }: Pick<UnderlyingRange, 'down' | 'up' | 'vol'>, scan: ScanRules, take: (length: number) => Float64Array): RangeMoves {
  const { scenarios } = scan.set;
  const moves = priceMoves(scenarios, { down, up }, scan.extreme);
  const weights = scenarios.map((scenario) => reachOf(scenario, scan.extreme).weight);
  const volatilities = scenarios.map((scenario) => (vol ? Number(shareOf(vol, scenario.vol).toFixed()) : 0));
  const shifts = wholeNumbers(moves.map((move, at) => move.times(weights[at] as Decimal)));
  const counted = wholeNumbers(weights);
  const priced = scenarioMoves([...moves.map((move) => Number(move.toFixed())), 0], [...volatilities, 0]);
  return {
    priced,
    packed: packedMoves(priced, counted.values, take),
    shifts: shifts.values,
    shiftPlaces: shifts.places,
    shiftMost: shifts.values.reduce((most, shift) => Math.max(most, Math.abs(shift)), 0),
    weights: counted.values,
    weightPlaces: counted.places,
  };
}

/** Even counts, so that the kernel takes two at a time; nothing moves in what is added, and it counts for nothing. */
export function packedCount(scenarios: number): number {
  return Math.ceil((scenarios + 1) / 2) * 2;
}

function packedMoves({ factor, logFactor, rootFactor, volatility }: ScenarioMoves, weights: Float64Array, take: (length: number) => Float64Array): Float64Array {
  const count = packedCount(weights.length);
  const packed = take(5 * count);
  packed.fill(1, 0, count).fill(1, 2 * count, 3 * count);
  for (const [at, column] of [factor, logFactor, rootFactor, volatility, weights].entries()) packed.set(column, at * count);
  return packed;
}

function wholeNumbers(amounts: readonly Decimal[]): { values: Float64Array; places: number } {
  const places = amounts.reduce((most, amount) => Math.max(most, amount.decimalPlaces()), 0);
  return { values: Float64Array.from(amounts, (amount) => Number(amount.times(new Decimal(10).pow(places)).toFixed())), places };
}
