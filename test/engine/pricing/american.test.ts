import { expect, test } from 'vitest';
import { americanPrice } from '../../../main/engine/pricing/american.ts';
import { escrowedSpot } from '../../../main/engine/pricing/dividends.ts';
import { blackScholes } from '../../../main/engine/pricing/european.ts';
import { fineTreePrice } from './slow-pricing.ts';

test('puts that were published with 50 days of exercise a year are worth a little more with any day', () => {
  // Longstaff and Schwartz (2001), table 1, finite differences: strike 40, rate 6 %, no dividend.
  const published: [spot: number, volatility: number, years: number, price: number][] = [
    [36, 0.2, 1, 4.478],
    [36, 0.2, 2, 4.84],
    [36, 0.4, 1, 7.101],
    [36, 0.4, 2, 8.508],
    [40, 0.2, 1, 2.314],
    [44, 0.2, 1, 1.11],
  ];
  for (const [spot, volatility, years, price] of published) {
    const more = americanPrice(spot, 40, years, volatility, 0.06, 0, false) - price;
    expect(more, `${spot} ${volatility} ${years}`).toBeGreaterThan(0);
    expect(more, `${spot} ${volatility} ${years}`).toBeLessThan(0.015);
  }
});

test('a call without dividends is the European call; with a rate of zero so is a put', () => {
  expect(americanPrice(100, 90, 1, 0.3, 0.05, 0, true)).toBe(blackScholes(100, 90, 1, 0.3, 0.05, 0, true));
  expect(americanPrice(100, 110, 1, 0.3, 0, 0.03, false)).toBe(blackScholes(100, 110, 1, 0.3, 0, 0.03, false));
});

test('deep in the money it is exercised: the price is intrinsic value to the last digit', () => {
  expect(americanPrice(50, 100, 2, 0.2, 0.1, 0, false)).toBe(50);
  expect(americanPrice(200, 100, 2, 0.2, 0, 0.1, true)).toBe(100);
});

test('a dividend makes a call worth exercising just before it, wherever it falls between the steps', () => {
  // 0.4 years from now a dividend of 10 takes the stock from about 100 to 90: until then the call is all there is.
  for (const ex of [0.4, 0.4007, 0.4015, 0.4023, 0.4031]) {
    const dividends = [{ years: ex, amount: 10 }];
    const call = americanPrice(100, 80, 1, 0.15, 0.05, 0, true, dividends);
    const option = { spot: 100, strike: 80, years: 1, volatility: 0.15, rate: 0.05, dividendYield: 0, isCall: true };
    expect(Math.abs(call - fineTreePrice(option, dividends)), `ex ${ex}`).toBeLessThan(0.01);
    expect(call).toBeGreaterThan(blackScholes(escrowedSpot(100, 1, 0.05, dividends), 80, 1, 0.15, 0.05, 0, true) + 1);
  }
});

test('a dividend on the day of expiry counts, one after it or today does not', () => {
  const plain = americanPrice(100, 100, 0.5, 0.3, 0.05, 0, false);
  expect(americanPrice(100, 100, 0.5, 0.3, 0.05, 0, false, [{ years: 0.51, amount: 5 }, { years: 0, amount: 5 }])).toBe(plain);
  expect(americanPrice(100, 100, 0.5, 0.3, 0.05, 0, false, [{ years: 0.5, amount: 5 }])).toBeGreaterThan(plain + 1);
});

test('put and call are one option seen from two sides: spot and strike, rate and yield change places', () => {
  for (const [spot, strike, rate, yieldRate] of [[100, 90, 0.05, 0.02], [100, 120, 0.01, 0.08]] as const) {
    const call = americanPrice(spot, strike, 1, 0.3, rate, yieldRate, true);
    expect(Math.abs(call - americanPrice(strike, spot, 1, 0.3, yieldRate, rate, false))).toBeLessThan(1e-4 * spot);
  }
});

test('terms at the edge give the value of exercise or of waiting, never NaN', () => {
  expect(americanPrice(100, 0, 1, 0.2, 0.05, 0.03, true)).toBe(100);
  expect(americanPrice(0, 100, 1, 0.2, 0.05, 0, false)).toBe(100);
  expect(americanPrice(0, 100, 1, 0.2, 0.05, 0.05, true)).toBe(0);
  expect(americanPrice(100, 110, 0, 0.2, 0.05, 0, false)).toBe(10);
  expect(americanPrice(100, 110, 1, 0, 0.05, 0, false)).toBe(10);
  expect(americanPrice(100, 90, 1, 0, 0, 0.1, true)).toBe(10);
  expect(americanPrice(100, 100, 1, 0, 0.05, 0.01, true)).toBeCloseTo(blackScholes(100, 100, 1, 0, 0.05, 0.01, true), 10);
  expect(americanPrice(10, 8, 1, 0.2, 0.05, 0, true, [{ years: 0.5, amount: 20 }])).toBeGreaterThanOrEqual(2);
  for (const volatility of [1e-12, 1e-6, 5, 100, 1e9, Infinity]) for (const isCall of [true, false]) {
    const price = americanPrice(100, 95, 2, volatility, 0.05, 0.03, isCall);
    expect(price).toBeGreaterThanOrEqual(isCall ? 5 : 0);
    expect(price).toBeLessThanOrEqual(isCall ? 100 : 95);
  }
  for (const [rate, yieldRate] of [[-0.03, 0.02], [0.02, -0.03], [-0.02, -0.04], [-0.04, -0.02]] as const) {
    for (const isCall of [true, false]) expect(americanPrice(100, 105, 1, 0.25, rate, yieldRate, isCall)).toBeGreaterThanOrEqual(blackScholes(100, 105, 1, 0.25, rate, yieldRate, isCall));
  }
});

test('a call that is sure to be exercised beside a dividend costs the spot less the strike of that very day', () => {
  // Between two of the 640 steps of a year lie 0.47 cents of interest on the strike: half a step amiss would show.
  for (const ex of [0.4, 0.4004, 0.4008, 0.4012, 0.999, 0.9995, 1]) {
    const call = americanPrice(100, 60, 1, 0.05, 0.05, 0, true, [{ years: ex, amount: 15 }]);
    expect(Math.abs(call - (100 - 60 * Math.exp(-0.05 * ex))), `ex ${ex}`).toBeLessThan(1e-4);
  }
});
