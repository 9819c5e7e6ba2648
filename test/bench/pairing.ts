import { pairOptimally } from '../../main/engine/strategy/optimal-pairing.ts';
import { priceStrategy } from '../../main/engine/strategy/price-strategy.ts';
import { chainBook, holdingsOf } from './chain-book.ts';
import { inMilliseconds, measurement, seconds, type Measurement } from './measure.ts';

const BOOKS = 12;
const WARM_UP = 3;
const ROUNDS = 5;

/** Pairing of one underlying, with the charges of every leg, over books of growing size; and how near to the least it comes. */
export function pairingMeasurements(): Measurement[] {
  return [8, 50, 200].flatMap((legTypes) => measured(legTypes));
}

function measured(legTypes: number): Measurement[] {
  const books = Array.from({ length: BOOKS }, (_, seed) => holdingsOf(chainBook(legTypes, seed, 'traded')));
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const { holdings, context } of books) {
      const fresh = context();
      const time = seconds(() => {
        for (const strategy of pairOptimally(holdings, fresh).strategies) priceStrategy(strategy, fresh);
      });
      if (round >= WARM_UP) times.push(time);
    }
  }
  const pairings = books.map(({ holdings, context }) => pairOptimally(holdings, context()));
  const gaps = pairings.map(({ quality }) => {
    const found = quality?.();
    return found && !found.cost.isZero() ? found.gap.div(found.cost).abs().times(100).toNumber() : 0;
  });
  const proved = pairings.filter((pairing) => pairing.proved).length;
  return [
    inMilliseconds(`pairing and charges of ${legTypes} leg types`, times),
    measurement(`pairing of ${legTypes} leg types: proved to be the least`, [(100 * proved) / BOOKS], '% of books'),
    measurement(`pairing of ${legTypes} leg types: cost above the proved bound`, gaps, '%'),
  ];
}
