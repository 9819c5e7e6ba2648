import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { americanPrice } from '../../../main/engine/pricing/american.ts';
import { blackScholes } from '../../../main/engine/pricing/european.ts';

// With cash dividends, an eighth of the default steps: these are truths of any lattice, and a thousand options must not take a minute.
const STEPS = 80;
const RUNS = { numRuns: 1_000 };
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const market = fc.record({
  strike: between(50, 200),
  years: between(0.01, 3),
  volatility: between(0.05, 1),
  rate: between(-0.03, 0.1),
  dividendYield: between(-0.03, 0.1),
  isCall: fc.boolean(),
  dividends: fc.array(fc.record({ years: between(0.001, 3), amount: between(0, 3) }), { maxLength: 3 }),
});
/** What two prices of 80 steps may be out by, of a spot of 100. */
const NOISE = 0.05;

test('an American option is worth at least the European one and at least its exercise', () => {
  fc.assert(
    fc.property(market, ({ strike, years, volatility, rate, dividendYield, isCall }) => {
      const price = americanPrice(100, strike, years, volatility, rate, dividendYield, isCall, [], STEPS);
      expect(price).toBeGreaterThanOrEqual(blackScholes(100, strike, years, volatility, rate, dividendYield, isCall));
      expect(price).toBeGreaterThanOrEqual(isCall ? 100 - strike : strike - 100);
    }),
    RUNS,
  );
});

test('more volatility and more time never make it cheaper; a higher strike moves it by no more than itself', () => {
  fc.assert(
    fc.property(market, between(0.01, 1), ({ strike, years, volatility, rate, dividendYield, isCall, dividends }, more) => {
      const price = (strike: number, years: number, volatility: number, paid = dividends) => americanPrice(100, strike, years, volatility, rate, dividendYield, isCall, paid, STEPS);
      const here = price(strike, years, volatility);
      expect(price(strike, years, volatility + more)).toBeGreaterThan(here - NOISE);
      // With cash dividends longer life may bring another one, which costs a call more than time gives it.
      expect(price(strike, years + more, volatility, [])).toBeGreaterThan(price(strike, years, volatility, []) - NOISE);
      const dearer = price(strike * (1 + more), years, volatility) - here;
      const most = strike * more * Math.max(1, Math.exp(-rate * years)) + NOISE;
      expect(isCall ? -dearer : dearer).toBeGreaterThan(-NOISE);
      expect(isCall ? -dearer : dearer).toBeLessThan(most);
    }),
    RUNS,
  );
});

test('call less put lies between what early exercise of either allows', () => {
  fc.assert(
    fc.property(market, ({ strike, years, volatility, rate, dividendYield }) => {
      const [r, q] = [Math.abs(rate), Math.abs(dividendYield)];
      const [call, put] = [true, false].map((isCall) => americanPrice(100, strike, years, volatility, r, q, isCall, [], STEPS)) as [number, number];
      expect(call - put).toBeGreaterThan(100 * Math.exp(-q * years) - strike - NOISE);
      expect(call - put).toBeLessThan(100 - strike * Math.exp(-r * years) + NOISE);
    }),
    RUNS,
  );
});
