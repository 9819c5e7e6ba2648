import { expect, test } from 'vitest';
import { inverseOptionPayoff, inverseProfit, inverseProfitOfMove, linearProfit, premiumInCoin } from '../../../main/engine/pricing/settlement.ts';

test('an inverse contract of 10,000 dollars bought at 50,000 and marked at 40,000 loses a twentieth of a coin', () => {
  expect(inverseProfit(10_000, 50_000, 40_000)).toBeCloseTo(-0.05, 15); // 10,000 × (1/50,000 − 1/40,000) = 0.2 − 0.25
  expect(inverseProfit(-10_000, 50_000, 40_000)).toBeCloseTo(0.05, 15);
  expect(linearProfit(2, 10, 50, 40)).toBe(-200);
});

test('a small move keeps its digits where the two reciprocals would lose them', () => {
  // 1/65,000 − 1/65,000.01 = 0.01 ÷ (65,000 × 65,000.01)
  expect(inverseProfit(1e6, 65_000, 65_000.01) / (0.01 / 65_000 / 65_000.01 / 1e-6)).toBeCloseTo(1, 9);
});

test('as a share of the position, a move up gains less than the same move down loses', () => {
  expect(inverseProfitOfMove(1, 0.25)).toBe(0.2);
  expect(inverseProfitOfMove(1, -0.2)).toBe(-0.25);
  expect(inverseProfitOfMove(2, 0.1)).toBeCloseTo(inverseProfit(2 * 50_000, 50_000, 55_000), 15);
});

test('a published portfolio-margin example: 0.314538364 coin of a perpetual, moved down by 16 %', () => {
  // The exchange gives 0.05968587238095239 as worst loss of this with −0.001187534 of a future beside it.
  expect(inverseProfitOfMove(0.314538364 - 0.001187534, -0.16)).toBeCloseTo(-0.05968587238095239, 15);
});

test('options that are settled in coin pay their intrinsic value at the settlement price', () => {
  expect(inverseOptionPayoff(50_000, 40_000, true)).toBe(0.2);
  expect(inverseOptionPayoff(50_000, 60_000, false)).toBe(0.2);
  expect(inverseOptionPayoff(50_000, 60_000, true)).toBe(0);
  expect(premiumInCoin(2_500, 50_000)).toBe(0.05);
});
