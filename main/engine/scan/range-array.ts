import { Decimal } from '../../../shared/money.ts';
import { input, type Figure } from '../figure/figure.ts';
import type { UnitArray } from './leg.ts';
import { reachOf, shareOf } from './rules.ts';
import type { Scenario } from './section.ts';
import { rowOf } from './whole-numbers.ts';

/** How far a price moves up and down, as fractions of it. */
export interface PriceRange {
  down: Decimal;
  up: Decimal;
}

type Extreme = { multiplier: string; coveredFraction: string } | null;

/** The price's change in each scenario as a fraction of it: never below −1, since a price does not go below nothing. */
export function priceMoves(scenarios: readonly Scenario[], { down, up }: PriceRange, extreme: Extreme): Decimal[] {
  return scenarios.map((scenario) => {
    const { price, multiplier } = reachOf(scenario, extreme);
    return Decimal.max(-1, shareOf((price.startsWith('-') ? down : up).times(multiplier), price));
  });
}

/** Something that moves one for one with a price: stock, or a fund. Its gain is price × move, exactly. */
export function stockArray(instrument: string, price: Figure, scenarios: readonly Scenario[], range: PriceRange, extreme: Extreme): UnitArray {
  const moves = priceMoves(scenarios, range, extreme);
  const weights = scenarios.map((scenario) => reachOf(scenario, extreme).weight);
  return {
    ...rowOf(moves.map((move, at) => price.amount.times(move).times(weights[at] as Decimal))),
    perContract: false,
    compositeDelta: new Decimal(1),
    factors: (scenario) => {
      const move = input(moves[scenario] as Decimal, 'ratio', { label: () => `Move of ${instrument}, ${scenarios[scenario]?.label ?? ''}`, source: 'scenario of the rule packs', subject: { instrument } });
      return [price, move, ...weightFigures(weights[scenario] as Decimal)];
    },
  };
}

/** A future whose gain over the whole range is known as money of one contract. */
export function futureArray(instrument: string, range: Decimal, scenarios: readonly Scenario[], extreme: Extreme, currency: string): UnitArray {
  const gains = scenarios.map((scenario) => {
    const { price, multiplier } = reachOf(scenario, extreme);
    return shareOf(range.times(multiplier), price);
  });
  const weights = scenarios.map((scenario) => reachOf(scenario, extreme).weight);
  return {
    ...rowOf(gains.map((gain, at) => gain.times(weights[at] as Decimal))),
    perContract: true,
    compositeDelta: new Decimal(1),
    factors: (scenario) => {
      const gain = input(gains[scenario] as Decimal, `${currency}/contract`, { label: () => `Gain of one ${instrument}, ${scenarios[scenario]?.label ?? ''}`, source: `price scan range of ${range.toFixed()}`, subject: { instrument } });
      return [gain, ...weightFigures(weights[scenario] as Decimal)];
    },
  };
}

export function weightFigures(weight: Decimal): Figure[] {
  return weight.eq(1) ? [] : [input(weight, 'ratio', { label: 'Share of the result that counts', source: 'scenario of the rule packs' })];
}
