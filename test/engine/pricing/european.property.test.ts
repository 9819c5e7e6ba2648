import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { black, blackScholes } from '../../../main/engine/pricing/european.ts';
import { europeanGreeks } from '../../../main/engine/pricing/greeks.ts';
import { ABOVE_MAXIMUM, impliedVolSqrtT } from '../../../main/engine/pricing/implied-vol.ts';

const RUNS = { numRuns: 5_000 };
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const forward = between(-6, 6).map((exponent) => 10 ** exponent);
/** Strikes as far as 12 standard deviations, and further where volatility is small. */
const terms = fc.record({ forward, spread: between(-6, 1).map((exponent) => 10 ** exponent), distance: between(-12, 12), isCall: fc.boolean() }).map(({ forward, spread, distance, isCall }) => ({
  forward,
  spread,
  strike: forward * Math.exp(distance * Math.min(spread, 10)),
  isCall,
}));

test('put–call parity holds to the rounding of its terms', () => {
  fc.assert(
    fc.property(between(1, 500), between(1, 500), between(0, 5), between(0, 3), between(-0.1, 0.3), between(-0.1, 0.3), (spot, strike, years, volatility, rate, dividendYield) => {
      const call = blackScholes(spot, strike, years, volatility, rate, dividendYield, true);
      const put = blackScholes(spot, strike, years, volatility, rate, dividendYield, false);
      const carried = spot * Math.exp(-dividendYield * years);
      const owed = strike * Math.exp(-rate * years);
      expect(Math.abs(call - put - (carried - owed))).toBeLessThan(3e-15 * (carried + owed + call + put));
    }),
    RUNS,
  );
});

test('a price is never below intrinsic value nor above what is delivered', () => {
  fc.assert(
    fc.property(terms, ({ forward, strike, spread, isCall }) => {
      const price = black(forward, strike, spread, isCall);
      expect(price).toBeGreaterThanOrEqual(Math.max(0, isCall ? forward - strike : strike - forward));
      expect(price).toBeLessThanOrEqual((isCall ? forward : strike) * (1 + 3e-16));
    }),
    RUNS,
  );
});

test('more volatility never makes an option cheaper; a higher strike never a call dearer nor a put cheaper', () => {
  fc.assert(
    fc.property(terms, between(1e-9, 2), ({ forward, strike, spread, isCall }, more) => {
      const price = black(forward, strike, spread, isCall);
      const rounding = 1e-15 * (forward + strike);
      expect(black(forward, strike, spread * (1 + more), isCall)).toBeGreaterThanOrEqual(price - rounding);
      const further = black(forward, strike * (1 + more), spread, isCall) - price;
      expect(isCall ? further : -further).toBeLessThanOrEqual(rounding);
      expect(isCall ? -further : further).toBeLessThanOrEqual(strike * more + rounding);
    }),
    RUNS,
  );
});

test('implied volatility gives back the price and, where the price tells it, the volatility: no failure on any valid price', () => {
  fc.assert(
    fc.property(terms, ({ forward, strike, spread, isCall }) => {
      const price = black(forward, strike, spread, isCall);
      const intrinsic = Math.max(0, isCall ? forward - strike : strike - forward);
      const timeValue = price - intrinsic;
      const found = impliedVolSqrtT(price, forward, strike, isCall);
      if (timeValue >= Math.min(forward, strike) || timeValue === 0) {
        expect(found).toBe(timeValue === 0 ? 0 : ABOVE_MAXIMUM);
        return;
      }
      expect(found).toBeGreaterThan(0);
      // Prices of 1e-32 of the forward at twelve deviations: rounding of the distance alone is worth 1e-13 of them.
      expect(Math.abs(black(forward, strike, found, isCall) / price - 1)).toBeLessThan(1e-13);
      if (intrinsic > 0) return;
      const elasticity = (europeanGreeks(forward, strike, 1, spread, 0, 0, isCall).vega * spread) / price;
      expect(Math.abs(found / spread - 1)).toBeLessThan(1e-14 + 1e-14 / elasticity);
    }),
    { numRuns: 20_000 },
  );
});
