import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withBuffer } from '../../../main/engine/overlay/buffer.ts';
import { ewmaVariances, filteredReturns, moveOf, quantileOfSize } from '../../../main/engine/overlay/volatility.ts';
import { input } from '../../../main/engine/figure/figure.ts';
import { Decimal } from '../../../shared/money.ts';

const daily = fc.integer({ min: -2000, max: 2000 }).filter((n) => n !== 0).map((n) => n / 10_000);
const returns = fc.array(daily, { minLength: 2, maxLength: 60 });
const lambda = fc.integer({ min: 80, max: 99 }).map((n) => n / 100);
const RUNS = { numRuns: 1000 };

test('at a constant volatility filtered history is plain history', () => {
  fc.assert(
    fc.property(daily, fc.array(fc.boolean(), { minLength: 2, maxLength: 60 }), lambda, (size, signs, weight) => {
      const same = signs.map((up) => (up ? size : -size));
      filteredReturns(same, weight).forEach((value, index) => expect(value).toBeCloseTo(same[index] ?? 0, 12));
    }),
    RUNS,
  );
});

test('returns twice the size are moves twice the size under filtered history, and variances four times', () => {
  fc.assert(
    fc.property(returns, lambda, (past, weight) => {
      const twice = past.map((value) => value * 2);
      const terms = { method: 'filteredHistory', lambda: String(weight), quantile: '0.99', days: '1' } as const;
      expect(moveOf(twice, terms)).toBeCloseTo((moveOf(past, terms) ?? 0) * 2, 12);
      expect(ewmaVariances(twice, weight).at(-1)).toBeCloseTo((ewmaVariances(past, weight).at(-1) ?? 0) * 4, 12);
    }),
    RUNS,
  );
});

test('the quantile is one of the sizes, and no fewer than its share are at most that', () => {
  fc.assert(
    fc.property(returns, fc.integer({ min: 1, max: 100 }), (past, percent) => {
      const found = quantileOfSize(past, percent / 100);
      expect(past.map(Math.abs)).toContain(found);
      expect(past.filter((value) => Math.abs(value) <= found).length * 100).toBeGreaterThanOrEqual(past.length * percent);
    }),
    RUNS,
  );
});

test('a buffered requirement is at least the requirement, at most it and the buffer, and never above what was asked while it rises', () => {
  const money = fc.integer({ min: 0, max: 1_000_000 }).map((n) => new Decimal(n).div(100));
  fc.assert(
    fc.property(money, money, fc.integer({ min: 0, max: 100 }), (calculated, before, percent) => {
      const share = new Decimal(percent).div(100).toFixed();
      const asked = withBuffer(input(calculated, 'USD', { label: 'c', source: 's' }), before.toFixed(), share, { pack: 'p', cites: 'c', status: 'house' }, 'USD', 'x').amount;
      const full = calculated.times(new Decimal(1).plus(share));
      expect(asked.gte(calculated) && asked.lte(full)).toBe(true);
      if (full.gte(before)) expect(asked.lte(Decimal.max(before, calculated))).toBe(true);
      else expect(asked.eq(full)).toBe(true);
    }),
    RUNS,
  );
});
