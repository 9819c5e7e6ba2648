import { expect, test } from 'vitest';
import { earlyExercisePremium, exerciseKind } from '../../../main/engine/pricing/early-exercise.ts';
import { exerciseBoundary } from '../../../main/engine/pricing/exercise-boundary.ts';
import { forgetPremiumTables, newCurve, premiumOn, premiumTable, readCurve } from '../../../main/engine/pricing/premium-table.ts';
import { drawWidely, randomFrom } from './slow-pricing.ts';

const curve = newCurve();

function fromTable(a: number, b: number, s: number, x: number): number {
  expect(readCurve(curve, premiumTable(a, b), s)).toBe(true);
  return x > curve.boundary ? premiumOn(curve, x) : NaN;
}

test('between its points the table is within 5e-6 of the strike of the integral over the boundary', () => {
  const random = randomFrom(7);
  let compared = 0;
  for (let drawn = 0; drawn < 60; drawn++) {
    const { years, volatility, rate, dividendYield } = drawWidely(random);
    const [a, b, s] = [rate * years, dividendYield * years, volatility * Math.sqrt(years)];
    if (exerciseKind(a, b) !== 'boundary') continue;
    const boundary = exerciseBoundary(a, b, s);
    for (const deviations of [0.001, 0.01, 0.05, 0.2, 0.5, 1, 2, 3, 5, 40]) {
      const x = boundary.today + deviations * s;
      const found = fromTable(a, b, s, x);
      if (Number.isNaN(found)) continue;
      compared += 1;
      expect(Math.abs(found - earlyExercisePremium(boundary, x)), `${a} ${b} ${s} at ${deviations}`).toBeLessThan(5e-6);
    }
    expect(Math.abs(curve.boundary - boundary.today)).toBeLessThan(1e-3 * s);
  }
  expect(compared).toBeGreaterThan(400);
});

test('the same bits come out whatever was asked for before, and after everything was forgotten', () => {
  const asked = Array.from({ length: 200 }, (_, at) => [0.02 + (at % 5) / 100, (at % 3) / 50, 0.05 + ((at * 7) % 90) / 100, ((at * 11) % 30) / 50 - 0.2] as const);
  const price = ([a, b, s, x]: (typeof asked)[number]) => fromTable(a, b, s, x);
  forgetPremiumTables();
  const forwards = asked.map(price);
  forgetPremiumTables();
  const backwards = asked.toReversed().map(price).toReversed();
  expect(backwards).toEqual(forwards);
  // More tables than are kept: the first ones are made a second time.
  for (let other = 0; other < 1_100; other++) premiumTable(1 + other / 1_000, 0);
  expect(asked.map(price)).toEqual(forwards);
});

test('infinitely far from the boundary exercise is worth nothing; below the first column nothing is read', () => {
  readCurve(curve, premiumTable(0.05, 0.02), 0.3);
  expect(premiumOn(curve, Infinity)).toBe(0);
  expect(premiumOn(curve, 1e300)).toBe(0);
  expect(readCurve(curve, premiumTable(0.05, 0.02), 0)).toBe(false);
  expect(readCurve(curve, premiumTable(0.05, 0.02), 1e-6)).toBe(false);
  expect(readCurve(curve, premiumTable(0.05, 0.02), 16)).toBe(true);
});

test('premiums have the bits that they had when they were first computed', () => {
  const asked = Array.from({ length: 500 }, (_, at) => fromTable(0.01 + (at % 7) / 50, (at % 4) / 40 - 0.02, 0.03 + (at % 50) / 25, (at % 23) / 20));
  let hash = 2_166_136_261;
  for (const byte of new Uint8Array(new Float64Array(asked).buffer)) hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  expect(hash.toString(16)).toBe('925606c');
});
