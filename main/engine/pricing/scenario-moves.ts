import { log } from './elementary.ts';

/**
 * Where a set of scenarios takes price and volatility, as pricing wants it: computed once, used for every option of an
 * underlying. All arrays are of the same length.
 */
export interface ScenarioMoves {
  /** The spot's factor, 1 + move: zero or more. */
  readonly factor: Float64Array;
  /** Its logarithm; −Infinity where the factor is 0. */
  readonly logFactor: Float64Array;
  readonly rootFactor: Float64Array;
  /** Added to the volatility, as a fraction a year. */
  readonly volatility: Float64Array;
  /** The scenarios by volatility: what depends on volatility alone is then computed once for all that share it. */
  readonly order: Int32Array;
}

/** `moves` are of the price, as fractions, never below −1; `volatilities` are added, in the same order. */
export function scenarioMoves(moves: readonly number[], volatilities: readonly number[]): ScenarioMoves {
  const factor = Float64Array.from(moves, (move) => 1 + move);
  return {
    factor,
    logFactor: factor.map(log),
    rootFactor: factor.map(Math.sqrt),
    volatility: Float64Array.from(volatilities),
    order: Int32Array.from(moves.keys()).sort((a, b) => (volatilities[a] as number) - (volatilities[b] as number) || a - b),
  };
}

/** Nothing moves: the price of now. */
export const NO_MOVE = scenarioMoves([0], [0]);
