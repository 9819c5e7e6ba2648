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
  /** Share of the result that counts, a whole number of 10^−weightPlaces. */
  weights: Float64Array;
  weightPlaces: number;
}

/** The moves of a range under a scenario set; the same numbers that `optionArray` and `stockArray` use. */
export function rangeMoves({ down, up, vol }: Pick<UnderlyingRange, 'down' | 'up' | 'vol'>, scan: ScanRules): RangeMoves {
  const { scenarios } = scan.set;
  const moves = priceMoves(scenarios, { down, up }, scan.extreme);
  const weights = scenarios.map((scenario) => reachOf(scenario, scan.extreme).weight);
  const volatilities = scenarios.map((scenario) => (vol ? Number(shareOf(vol, scenario.vol).toFixed()) : 0));
  const shifts = wholeNumbers(moves.map((move, at) => move.times(weights[at] as Decimal)));
  const counted = wholeNumbers(weights);
  return {
    priced: scenarioMoves([...moves.map((move) => Number(move.toFixed())), 0], [...volatilities, 0]),
    shifts: shifts.values,
    shiftPlaces: shifts.places,
    weights: counted.values,
    weightPlaces: counted.places,
  };
}

function wholeNumbers(amounts: readonly Decimal[]): { values: Float64Array; places: number } {
  const places = amounts.reduce((most, amount) => Math.max(most, amount.decimalPlaces()), 0);
  return { values: Float64Array.from(amounts, (amount) => Number(amount.times(new Decimal(10).pow(places)).toFixed())), places };
}
