import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fireSale, type FireSale } from '../../../main/engine/cascade/fire-sale.ts';
import { dropOfForcedSales } from '../../../main/engine/cascade/fixed-point.ts';

const sale: FireSale = {
  holders: [{ securities: 90, equity: 4, illiquid: [10] }, { securities: 70, equity: 9, illiquid: [0] }],
  shock: [0.2],
  price: 1, floor: 0.5, averageVolume: 50, volatility: 0.02, depthFactor: 0.4, days: 20, maximumLeverage: 30, targetLeverage: 28, soldBears: 0.5,
};

describe('a fire sale', () => {
  test('a holder sells back to its target before the price moves, and what it still holds falls with all of the price', () => {
    const [first] = fireSale(sale, 1).rounds;
    // (90 + 8 − 28 × 2) / 90 of its securities.
    expect(first?.sold).toEqual([42 / 90, 0]);
    expect(first?.loss[1]).toBe(70 * (first?.impact ?? 0));
    expect(first?.equity[1]).toBe(9 - 70 * (first?.impact ?? 0));
  });
  test('nobody too leveraged: no round at all', () => {
    expect(fireSale({ ...sale, shock: [0], maximumLeverage: 40 }, 9).rounds).toEqual([]);
  });
  test('rounds end, equity only falls, and the price stays above its floor', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (shock, soldBears) => {
        const { rounds } = fireSale({ ...sale, shock: [shock], soldBears }, 500);
        expect(rounds.length).toBeLessThan(500);
        rounds.forEach((round, index) => {
          expect(round.price).toBeGreaterThan(sale.floor);
          expect(round.equity[1]).toBeLessThanOrEqual(rounds[index - 1]?.equity[1] ?? 9);
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the drop at which sales and impact agree', () => {
  const holders = [{ equity: 10, securities: 50, loans: 150 }, { equity: 30, securities: 200, loans: 220 }];
  test('without anybody above the bound there is none', () => {
    expect(dropOfForcedSales(holders, 25, 0.0001, 'none')).toMatchObject({ drop: 0, sold: [0, 0] });
  });
  test('the drop is that of the sales it makes, and never more from below than from above', () => {
    fc.assert(
      fc.property(fc.double({ min: 8, max: 30, noNaN: true }), fc.double({ min: 0, max: 0.001, noNaN: true }), (bound, coefficient) => {
        const [least, greatest] = (['none', 'largest'] as const).map((from) => dropOfForcedSales(holders, bound, coefficient, from));
        for (const { drop, sold } of [least, greatest].filter((found) => found !== undefined)) {
          const volume = sold.reduce((sum, share, index) => sum + share * (holders[index]?.securities ?? 0), 0);
          expect(Math.min(1, Math.sqrt(coefficient * volume))).toBeCloseTo(drop, 12);
        }
        expect(least?.drop).toBeLessThanOrEqual((greatest?.drop ?? 0) + 1e-12);
      }),
      { numRuns: 1000 },
    );
  });
});
