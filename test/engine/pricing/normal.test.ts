import { expect, test } from 'vitest';
import { erfc, inverseNormal, normalDensity, normalDistribution, tailRatio, tailRatioSlope } from '../../../main/engine/pricing/normal.ts';
import { Decimal } from '../../../shared/money.ts';
import { exactDensity, exactly, exactNormal, relativeError, spreadPoints } from './exact.ts';

const points = spreadPoints(40);

test('the distribution function is right to 1e-15 from −37 to 9', () => {
  const worst = Math.max(...[...points.map((u) => -37 + 46 * u), ...points.map((u) => 4 * u - 2)].map((x) => relativeError(normalDistribution(x), exactNormal(exactly(x)))));
  expect(worst).toBeLessThan(1e-15);
});

test('so are the density and the complementary error function', () => {
  expect(Math.max(...points.map((u) => 74 * u - 37).map((x) => relativeError(normalDensity(x), exactDensity(exactly(x)))))).toBeLessThan(1e-15);
  const exactErfc = (x: number) => exactNormal(exactly(x).times(new Decimal(2).sqrt()).negated()).times(2);
  expect(Math.max(...points.map((u) => 28 * u - 2).map((x) => relativeError(erfc(x), exactErfc(x))))).toBeLessThan(1.5e-15);
});

test('the tail without its exponential, and the slope of that, are right to 1e-15 on both sides of the change of fit', () => {
  for (const y of [0, 1e-8, ...points.map((u) => 12 * u), 4.999999, 5, 5.000001, 40, 1_000]) {
    const exact = exactly(y);
    const ratio = exactNormal(exact.negated()).div(exactDensity(exact)).div(new Decimal('6.283185307179586476925286766559005768394338798750211641949889').sqrt());
    const slope = exactDensity(new Decimal(0)).minus(exact.times(ratio));
    expect(relativeError(tailRatio(y), ratio), `ratio at ${y}`).toBeLessThan(1e-15);
    expect(relativeError(tailRatioSlope(y), slope), `slope at ${y}`).toBeLessThan(1.2e-15);
  }
  expect([tailRatio(Infinity), tailRatioSlope(Infinity)]).toEqual([0, 0]);
});

test('the inverse is right to a few units in the last place, as far as doubles reach', () => {
  const probabilities = [...points.filter((u) => u !== 0.5), ...points.map((u) => 10 ** (-300 * u)), 0.0745, 0.0755, 0.075, 0.925, 1.3e-11, 1.4e-11, 0.4999999, 1 - 1e-12];
  for (const p of probabilities) {
    const x = inverseNormal(p);
    // The error of x is the error of its probability over the density: measured where the tail is small, to keep digits.
    const miss = x < 0 ? exactNormal(exactly(x)).minus(exactly(p)) : exactNormal(exactly(-x)).minus(new Decimal(1).minus(exactly(p)));
    const error = miss.div(exactDensity(exactly(x))).div(exactly(x)).abs().toNumber();
    expect(error, `at ${p}`).toBeLessThan(1.5e-15);
  }
  expect([inverseNormal(0), inverseNormal(0.5), inverseNormal(1)]).toEqual([-Infinity, 0, Infinity]);
  expect([inverseNormal(-1), inverseNormal(2), inverseNormal(NaN)]).toEqual([NaN, NaN, NaN]);
});

test('limits are limits, and NaN stays NaN', () => {
  expect([normalDistribution(-Infinity), normalDistribution(Infinity), normalDistribution(0)]).toEqual([0, 1, 0.5]);
  expect([normalDensity(Infinity), erfc(Infinity), erfc(-Infinity), erfc(0)]).toEqual([0, 0, 2, 1]);
  expect(normalDistribution(NaN)).toBeNaN();
});
