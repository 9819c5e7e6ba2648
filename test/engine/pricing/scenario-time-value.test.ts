import { expect, test } from 'vitest';
import { outOfMoneyPrice } from '../../../main/engine/pricing/european.ts';
import { exp, expBelowZero, log } from '../../../main/engine/pricing/elementary.ts';
import { scenarioTimeValue } from '../../../main/engine/pricing/scenario-time-value.ts';

function timeValue(forward: number, strike: number, volSqrtT: number): number {
  return scenarioTimeValue(Math.min(forward, strike), Math.sqrt(forward * strike), log(forward / strike), volSqrtT);
}

test('the time value without branches is that of the full formula to 4e-15 of the forward, whatever moneyness and volatility', () => {
  let worst = 0;
  for (let step = -60; step <= 60; step += 1) {
    const strike = 100 * exp(step / 20);
    for (let volSqrtT = 1e-4; volSqrtT < 20; volSqrtT *= 1.17) worst = Math.max(worst, Math.abs(timeValue(100, strike, volSqrtT) - outOfMoneyPrice(100, strike, volSqrtT)) / Math.max(100, strike));
  }
  expect(worst).toBeLessThan(4e-15);
});

test('no volatility is worth nothing, endless volatility the lesser of forward and strike, and a price of nothing has no time value', () => {
  expect(timeValue(100, 100, 0)).toBe(0);
  expect(timeValue(100, 90, Infinity)).toBeCloseTo(90, 12);
  expect(scenarioTimeValue(0, 0, -Infinity, 0.3)).toBe(0);
  expect(timeValue(100, 100, NaN)).toBeNaN();
});

test('the exponential of the inner loops has the bits of exp', () => {
  for (let x = -700; x <= 0; x += 0.37) expect(Object.is(expBelowZero(x), exp(x))).toBe(true);
});
