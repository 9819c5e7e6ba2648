import { expect, test } from 'vitest';
import { americanImpliedVol } from '../../../main/engine/pricing/american-implied-vol.ts';
import { americanPrice } from '../../../main/engine/pricing/american.ts';
import { black } from '../../../main/engine/pricing/european.ts';
import { ABOVE_MAXIMUM, BELOW_INTRINSIC, impliedVolSqrtT } from '../../../main/engine/pricing/implied-vol.ts';

test('a grid over the whole range of prices comes back: money from a thousandth to a thousand, σ√T from 1e-6 to 15', () => {
  const wrong: string[] = [];
  let priced = 0;
  for (let moneyness = -70; moneyness <= 70; moneyness++) for (let exponent = -60; exponent <= 12; exponent++) {
    const [strike, spread] = [100 * 1.1 ** moneyness, 10 ** (exponent / 10)];
    const price = black(100, strike, spread, strike >= 100);
    if (price < 1e-250 || price >= Math.min(100, strike)) continue;
    priced += 1;
    const found = impliedVolSqrtT(price, 100, strike, strike >= 100);
    const again = black(100, strike, found, strike >= 100);
    // What is lost to rounding at d deviations from the strike is d² units of the price.
    const deviations = Math.log(strike / 100) / spread;
    if (!(Math.abs(again / price - 1) <= 6e-15 + 5e-16 * deviations ** 2)) wrong.push(`${strike} ${spread}: ${price} became ${again}`);
  }
  expect(wrong).toEqual([]);
  expect(priced).toBeGreaterThan(3_000);
});

test('every fraction of the maximum, from 1e-300 to all but 1e-15 of it, is the price of some volatility', () => {
  for (const strike of [100, 100.0000001, 101, 130, 1_000]) {
    for (let exponent = -300; exponent < 0; exponent += 3) {
      const price = 100 * 10 ** exponent;
      const found = impliedVolSqrtT(price, 100, strike, true);
      expect(Math.abs(black(100, strike, found, true) / price - 1), `${price} at ${strike}`).toBeLessThan(1e-12);
    }
    for (const missing of [0.3, 1e-3, 1e-6, 1e-9, 1e-12, 1e-15]) {
      const price = 100 * (1 - missing);
      expect(Math.abs(black(100, strike, impliedVolSqrtT(price, 100, strike, true), true) - price), `${price} at ${strike}`).toBeLessThan(1e-13);
    }
  }
});

test('a price that no volatility explains has a name, and is no number that could pass for one', () => {
  expect(impliedVolSqrtT(9.99, 110, 100, true)).toBe(BELOW_INTRINSIC);
  expect(impliedVolSqrtT(-0.01, 90, 100, true)).toBe(BELOW_INTRINSIC);
  expect(impliedVolSqrtT(110, 110, 100, true)).toBe(ABOVE_MAXIMUM);
  expect(impliedVolSqrtT(100.5, 110, 100, false)).toBe(ABOVE_MAXIMUM);
  expect(impliedVolSqrtT(10, 110, 100, true)).toBe(0);
  expect(impliedVolSqrtT(0, 90, 100, true)).toBe(0);
  expect([impliedVolSqrtT(NaN, 90, 100, true), impliedVolSqrtT(1, 0, 100, true), impliedVolSqrtT(1, 90, Infinity, true)]).toEqual([NaN, NaN, NaN]);
});

test('an American option gives back its volatility, and its names for what has none', () => {
  const dividends = [{ years: 0.2, amount: 1 }];
  for (const volatility of [0.12, 0.35, 0.9]) {
    const put = americanPrice(100, 105, 0.5, volatility, 0.05, 0.01, false);
    expect(Math.abs(americanImpliedVol(put, 100, 105, 0.5, 0.05, 0.01, false) - volatility)).toBeLessThan(1e-9);
    const call = americanPrice(100, 95, 0.5, volatility, 0.05, 0, true, dividends);
    expect(Math.abs(americanImpliedVol(call, 100, 95, 0.5, 0.05, 0, true, dividends) - volatility)).toBeLessThan(1e-9);
  }
  expect(americanImpliedVol(4.99, 100, 105, 0.5, 0.05, 0, false)).toBe(BELOW_INTRINSIC);
  expect(americanImpliedVol(5, 100, 105, 0.5, 0.05, 0, false)).toBe(0);
  expect(americanImpliedVol(105.1, 100, 105, 0.5, 0.05, 0, false)).toBe(ABOVE_MAXIMUM);
});
