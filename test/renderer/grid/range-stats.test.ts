import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { statsOf } from '../../../renderer/grid/range-stats.ts';

test('sum and average are exact where binary numbers are not', () => {
  const cells = Array.from({ length: 10 }, () => ({ amount: '0.1', unit: 'USD' }));
  expect(statsOf(cells)).toEqual({ cells: 10, numbers: 10, sum: '1', average: '0.1', unit: 'USD' });
  const large = statsOf([{ amount: '90071992547409931', unit: 'USD' }, { amount: '0.01', unit: 'USD' }]);
  expect(large.sum).toBe('90071992547409931.01');
});

test('text and blanks are counted as cells and not as numbers', () => {
  expect(statsOf([{ amount: null, unit: 'text' }, { amount: '4', unit: 'USD' }])).toEqual({ cells: 2, numbers: 1, sum: '4', average: '4', unit: 'USD' });
});

test('amounts of different units are not added up', () => {
  expect(statsOf([{ amount: '1', unit: 'USD' }, { amount: '1', unit: 'EUR' }])).toEqual({ cells: 2, numbers: 2, sum: null, average: null, unit: null });
});

test('nothing numeric, nothing to add', () => {
  expect(statsOf([])).toEqual({ cells: 0, numbers: 0, sum: null, average: null, unit: null });
});

test('the sum does not depend on the order, and equals that of whole cents', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), { minLength: 1, maxLength: 30 }), (amounts) => {
      const cells = amounts.map((each) => ({ amount: each.toString(), unit: 'USD' }));
      const total = amounts.reduce((sum, each) => sum + each, 0n).toString();
      expect(statsOf(cells).sum).toBe(total);
      expect(statsOf(cells.toReversed()).sum).toBe(total);
    }),
    { numRuns: 1_000 },
  );
});
