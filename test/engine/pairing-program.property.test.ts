import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { provedBound } from '../../main/engine/strategy/pairing/certificate.ts';
import { formulate } from '../../main/engine/strategy/pairing/formulation.ts';
import { search } from '../../main/engine/strategy/pairing/search.ts';
import { aloneValues, gainOf, greedyValues, isAllowed } from '../../main/engine/strategy/pairing/start.ts';
import { groupTie, matchingTie, straddleTie } from '../../main/engine/strategy/pairing/ties.ts';
import { pairOptimally } from '../../main/engine/strategy/optimal-pairing.ts';
import { Decimal } from '../../shared/money.ts';
import { chainBook, holdingsOf } from '../bench/chain-book.ts';

const counts = (length: number): fc.Arbitrary<number[]> => fc.array(fc.integer({ min: 0, max: 4 }), { minLength: length, maxLength: length });

/** The most that a matching of single contracts saves, tried pair by pair. */
function savedByTrial(calls: readonly number[], puts: readonly number[]): number {
  const [first, ...others] = calls;
  if (first === undefined) return 0;
  return puts.reduce((most, put, index) => Math.max(most, Math.min(first, put) + savedByTrial(others, puts.toSpliced(index, 1))), savedByTrial(others, puts));
}

test('straddles matched level by level save as much as the best of all matchings', () => {
  const risks = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(risks, risks, (calls, puts) => {
      const tie = straddleTie(calls.map((at, use) => ({ use, at })), puts.map((at, index) => ({ use: calls.length + index, at })), 0);
      const values = [...calls, ...puts].map(() => 1);
      const whole = calls.reduce((total, risk) => total + risk, 0);
      expect(whole - tie.least(values)).toBe(savedByTrial(calls, puts));
    }),
    { numRuns: 1_000 },
  );
});

test('a row of the straddles is never above their loss, and the one that is broken touches it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 6, maxLength: 6 }), counts(6), counts(6), (risks, values, others) => {
      const placed = risks.map((at, use) => ({ use, at }));
      const tie = straddleTie(placed.slice(0, 3), placed.slice(3), 0);
      const row = tie.broken(values, -1, 0);
      if (row) {
        const { from, coefficients } = row;
        const at = (point: number[]): number => coefficients.reduce((total, coefficient, index) => total + coefficient * (point[from + index] as number), 0);
        expect(at(values)).toBe(tie.least(values));
        expect(at(others)).toBeLessThanOrEqual(tie.least(others));
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the rows of a collar are kept exactly when every call finds a put of its own at its strike or below', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 6, maxLength: 6 }), counts(6), (strikes, values) => {
      const placed = strikes.map((at, use) => ({ use, at }));
      const [calls, puts] = [placed.slice(0, 3), placed.slice(3)];
      const contracts = (side: typeof placed): number[] => side.flatMap(({ use, at }) => Array.from({ length: values[use] as number }, () => at)).toSorted((a, b) => a - b);
      const free = contracts(puts);
      // The lowest call takes the lowest put: no other choice leaves the higher calls more.
      const all = contracts(calls).every((call) => (free.shift() ?? Infinity) <= call);
      expect(matchingTie(calls, puts).broken(values, 0, 1e-9) === null).toBe(all);
    }),
    { numRuns: 1_000 },
  );
});

test('the loss of a group is the largest of what its legs come to at nothing and at every strike', () => {
  const legs = fc.array(fc.record({ point: fc.integer({ min: 1, max: 4 }), call: fc.boolean(), short: fc.boolean() }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(legs, counts(5), (members, values) => {
      const points = [0, 10, 15, 40, 42];
      const at = (price: number): number => members.reduce((total, { point, call, short }, use) => total + (short ? 1 : -1) * (values[use] as number) * Math.max(0, call ? price - (points[point] as number) : (points[point] as number) - price), 0);
      const tie = groupTie(members.map((leg, use) => ({ ...leg, use })), points, 0);
      expect(tie.least(values)).toBe(Math.max(0, ...points.map(at)));
    }),
    { numRuns: 1_000 },
  );
});

const books = fc.record({ legTypes: fc.integer({ min: 3, max: 14 }), seed: fc.integer({ min: 0, max: 1e6 }), kind: fc.constantFrom('traded' as const, 'scattered' as const) });

function programOf(legTypes: number, seed: number, kind: 'traded' | 'scattered') {
  const { holdings, context } = holdingsOf(chainBook(legTypes, seed, kind));
  const options = holdings.filter((holding) => holding.class === 'option');
  const longs = options.map(({ quantity }) => (quantity.isNegative() ? 0 : 1));
  const formulation = formulate(holdings, options, new Decimal(1), options.map(({ quantity }) => quantity.abs().toNumber()), context());
  return { formulation, found: search(formulation.program, greedyValues(formulation), longs, { climb: 1e6, branch: 2e4 }) };
}

test('whatever the prices of the rows, the bound they prove is not below what was found; with the search’s own it is near', () => {
  let near = 0;
  let runs = 0;
  fc.assert(
    fc.property(books, fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 }), ({ legTypes, seed, kind }, factors) => {
      const { formulation: { program }, found } = programOf(legTypes, seed, kind);
      const gain = BigInt(Math.round(found.gain / program.quantum));
      const own = provedBound(program, found.rows, found.prices);
      expect(own >= gain).toBe(true);
      expect(provedBound(program, found.rows, found.prices.map((price, row) => price * (factors[row % factors.length] as number))) >= gain).toBe(true);
      runs += 1;
      if (own - gain <= gain / 50n) near += 1;
    }),
    { numRuns: 400 },
  );
  expect(near).toBeGreaterThan(0.9 * runs);
});

test('prices that add up to more than 1 over a loss are cut, since a loss is paid once', () => {
  // One contract gains 10 and loses 5: no pairing gains more than 5, whatever is charged for its loss.
  const program = { counts: [1], optionOf: [0, 0], gains: [0, 10], losses: 1, ties: [], quantum: 1 };
  const row = { from: 1, coefficients: [5], limit: 0, loss: 0 };
  expect([[0], [0.5], [1], [2]].map((prices) => provedBound(program, [row], prices))).toEqual([10n, 7n, 5n, 5n]);
  expect(provedBound(program, [row, row], [0.75, 0.75])).toBe(5n);
});

test('what a search finds is allowed, splits every count, and gains at least what the greedy pairing does', () => {
  fc.assert(
    fc.property(books, ({ legTypes, seed, kind }) => {
      const { formulation, found } = programOf(legTypes, seed, kind);
      const { program } = formulation;
      expect(isAllowed(program, found.values)).toBe(true);
      expect(gainOf(program, found.values)).toBe(found.gain);
      expect(found.gain).toBeGreaterThanOrEqual(Math.max(gainOf(program, greedyValues(formulation)), gainOf(program, aloneValues(program))));
      const used = program.counts.map(() => 0);
      found.values.forEach((value, use) => {
        const option = program.optionOf[use] as number;
        used[option] = (used[option] as number) + value;
      });
      expect(used).toEqual(program.counts);
    }),
    { numRuns: 400 },
  );
});

test('what is proved to be the least does not depend on the order of the book', () => {
  // The order changes every step of the search: where it cut away a branch that it should not have, the two would part.
  let both = 0;
  fc.assert(
    fc.property(fc.record({ legTypes: fc.integer({ min: 12, max: 26 }), seed: fc.integer({ min: 0, max: 1e6 }), kind: fc.constantFrom('traded' as const, 'scattered' as const) }), ({ legTypes, seed, kind }) => {
      const { holdings, context } = holdingsOf(chainBook(legTypes, seed, kind));
      const qualities = [holdings, holdings.toReversed()].map((book) => pairOptimally(book, context()).quality?.());
      const [first, second] = qualities;
      if (!first || !second) return;
      for (const quality of [first, second]) expect(quality.relaxed().lte(quality.cost)).toBe(true);
      expect(first.relaxed().lte(second.cost) && second.relaxed().lte(first.cost)).toBe(true);
      if (first.proved) expect(first.cost.lte(second.cost)).toBe(true);
      if (second.proved) expect(second.cost.lte(first.cost)).toBe(true);
      if (first.proved && second.proved) both += 1;
    }),
    { numRuns: 60 },
  );
  expect(both).toBeGreaterThan(40);
});

test.each([
  [1, 'traded'],
  // A long climb: stopped before its end it leaves no more than the greedy pairing.
  [51, 'traded'],
  [5, 'scattered'],
] as const)('a book of two hundred leg types (seed %i, %s) is paired within two hundredths of the least, and saves against the greedy pairing', (seed, kind) => {
  const { holdings, context } = holdingsOf(chainBook(200, seed, kind));
  const quality = pairOptimally(holdings, context()).quality?.();
  expect(quality?.gap.div(quality.cost).toNumber()).toBeLessThan(0.02);
  expect(quality?.saving().eq(quality.greedy().minus(quality.cost))).toBe(true);
  expect(quality?.saving().gt(0)).toBe(true);
});
