import { expect, test } from 'vitest';
import { black, blackScholes, outOfMoneyPrice } from '../../../main/engine/pricing/european.ts';
import { exactBlack, relativeError, spreadPoints } from './exact.ts';
import { integratedPrice } from './slow-pricing.ts';

test('the textbook example: stock 42, strike 40, half a year, 20 %, rate 10 %', () => {
  expect(blackScholes(42, 40, 0.5, 0.2, 0.1, 0, true)).toBeCloseTo(4.76, 2);
  expect(blackScholes(42, 40, 0.5, 0.2, 0.1, 0, false)).toBeCloseTo(0.81, 2);
});

test('an index option with a yield: 930, strike 900, two months, 20 %, rate 8 %, yield 3 %', () => {
  expect(blackScholes(930, 900, 2 / 12, 0.2, 0.08, 0.03, true)).toBeCloseTo(51.83, 2);
});

test('out of the money the relative error stays below 2e-14 down to prices of 1e-90, and grows with the distance beyond', () => {
  for (const [index, u] of spreadPoints(60).entries()) {
    const volSqrtT = 10 ** (4 * u - 3);
    const distance = (index % 20) + u;
    const strike = 100 * Math.exp((index % 2 === 0 ? 1 : -1) * distance * volSqrtT);
    if (!(strike > 1e-30 && strike < 1e30)) continue;
    const price = outOfMoneyPrice(100, strike, volSqrtT);
    // A relative error ε of ln(strike ÷ forward) is one of distance² ε in the price: no formula can do better.
    const error = relativeError(price, exactBlack(100, strike, volSqrtT, strike > 100));
    expect(error, `strike ${strike}, σ√T ${volSqrtT}`).toBeLessThan(1e-14 + 3e-16 * distance ** 2);
  }
});

test('at the money with next to no volatility the price is σ√T ÷ √2π of the forward, to the last digits', () => {
  for (const volSqrtT of [1e-12, 1e-8, 1e-4]) expect(relativeError(black(100, 100, volSqrtT, true), exactBlack(100, 100, volSqrtT, true))).toBeLessThan(1e-15);
});

test('where one form of the price takes over from another, nothing jumps', () => {
  const around = (volSqrtT: number, strike: number) => {
    const [before, after] = [black(100, strike, volSqrtT * (1 - 1e-12), true), black(100, strike, volSqrtT * (1 + 1e-12), true)];
    return Math.abs(after / before - 1);
  };
  for (const strike of [100, 103, 120, 160]) for (const volSqrtT of [0.5, Math.sqrt(2 * Math.log(strike / 100)) || 0.5]) expect(around(volSqrtT, strike)).toBeLessThan(1e-10);
});

test('without volatility, time, strike or forward the price is what is left', () => {
  expect(black(110, 100, 0, true)).toBe(10);
  expect(black(110, 100, 0, false)).toBe(0);
  expect(black(110, 0, 0.3, true)).toBe(110);
  expect(black(110, 0, 0.3, false)).toBe(0);
  expect(black(0, 100, 0.3, false)).toBe(100);
  expect(black(0, 0, 0, true)).toBe(0);
  expect(blackScholes(110, 100, 0, 0.3, 0.05, 0.02, true)).toBe(10);
  expect(black(110, 100, Infinity, true)).toBe(110);
  expect(black(110, 100, Infinity, false)).toBe(100);
});

test('no valid terms give NaN, however far apart they are', () => {
  const amounts = [0, 5e-324, 1e-200, 1e-3, 1, 100, 1e8, 1e200, 1.7e308];
  const spreads = [0, 5e-324, 1e-300, 1e-9, 0.1, 1, 30, 1e5, 1e160, 1.7e308, Infinity];
  const wrong: string[] = [];
  for (const forward of amounts) for (const strike of amounts) for (const spread of spreads) for (const isCall of [true, false]) {
    const price = black(forward, strike, spread, isCall);
    const isWithin = price >= Math.max(0, isCall ? forward - strike : strike - forward) && price <= (isCall ? forward : strike) * (1 + 1e-15);
    if (!isWithin) wrong.push(`${forward} ${strike} ${spread} ${isCall}: ${price}`);
  }
  expect(wrong).toEqual([]);
  expect([black(NaN, 1, 1, true), black(1, NaN, 1, true), black(1, 1, NaN, true), black(0, 0, NaN, true)]).toEqual([NaN, NaN, NaN, NaN]);
});

test('an integral over the distribution gives the same price', () => {
  for (const [index, u] of spreadPoints(200).entries()) {
    const option = { spot: 100, strike: 40 + 130 * u, years: 0.02 + (index % 7) / 3, volatility: 0.05 + (index % 11) / 10, rate: (index % 5) / 50 - 0.02, dividendYield: (index % 3) / 40, isCall: index % 2 === 0 };
    const { spot, strike, years, volatility, rate, dividendYield, isCall } = option;
    expect(Math.abs(blackScholes(spot, strike, years, volatility, rate, dividendYield, isCall) - integratedPrice(option))).toBeLessThan(1e-8);
  }
});
