import { expect, test } from 'vitest';
import { exp, expm1, log, log1p, logRatio } from '../../../main/engine/pricing/elementary.ts';
import { black } from '../../../main/engine/pricing/european.ts';
import { inverseNormal, normalDistribution } from '../../../main/engine/pricing/normal.ts';
import type { Decimal } from '../../../shared/money.ts';
import { exactly, relativeError, spreadPoints } from './exact.ts';

const ONE_UNIT = 2.3e-16;
const points = spreadPoints(150);

function worst(values: readonly number[], computed: (x: number) => number, truth: (x: Decimal) => Decimal): number {
  return Math.max(...values.map((x) => relativeError(computed(x), truth(exactly(x)))));
}

test('exp is right to a unit in the last place from e⁻⁷⁰⁰ to e⁷⁰⁰', () => {
  expect(worst(points.map((u) => (u - 0.5) * 1_400), exp, (x) => x.exp())).toBeLessThan(ONE_UNIT);
  expect(worst(points.map((u) => u - 0.5), exp, (x) => x.exp())).toBeLessThan(ONE_UNIT);
});

test('log is right to a unit in the last place, next to 1 and at both ends of the doubles', () => {
  expect(worst(points.map((u) => 10 ** ((u - 0.5) * 600)), log, (x) => x.ln())).toBeLessThan(ONE_UNIT);
  expect(worst(points.map((u) => 0.99 + 0.02 * u), log, (x) => x.ln())).toBeLessThan(ONE_UNIT);
  expect(worst([5e-324, 1e-310, 2.2250738585072014e-308, 1.7976931348623157e308], log, (x) => x.ln())).toBeLessThan(ONE_UNIT);
});

test('expm1 and log1p keep their digits next to zero', () => {
  const small = points.flatMap((u) => [10 ** (-16 * u), -(10 ** (-16 * u)) / 2]);
  expect(worst(small, log1p, (x) => x.plus(1).ln())).toBeLessThan(5e-16);
  expect(worst(small, expm1, (x) => (x.abs().lessThan('1e-6') ? x.plus(x.pow(2).div(2)).plus(x.pow(3).div(6)).plus(x.pow(4).div(24)) : x.exp().minus(1)))).toBeLessThan(5e-16);
});

test('the ratio of two nearly equal prices keeps its digits', () => {
  expect(relativeError(logRatio(100, 100.0000001), exactly(100).div(exactly(100.0000001)).ln())).toBeLessThan(5e-16);
  expect(logRatio(7, 7)).toBe(0);
  expect(relativeError(logRatio(1e-200, 1e200), exactly(1e-200).div(exactly(1e200)).ln())).toBeLessThan(5e-16);
});

test('the ends of the range are what they are for the platform', () => {
  for (const x of [NaN, Infinity, -Infinity, 0, -0, 800, -800, 1e308, -1e308]) expect(exp(x)).toBe(Math.exp(x));
  for (const x of [NaN, Infinity, 0, -1, 1]) expect(log(x)).toBe(Math.log(x));
  expect([log1p(-1), log1p(-2), log1p(Infinity), log1p(0)]).toEqual([-Infinity, NaN, Infinity, 0]);
  expect([expm1(0), expm1(-800), expm1(800)]).toEqual([0, -1, Infinity]);
  expect(exp(-745.13)).toBe(5e-324);
  expect(exp(709.7827128933839)).toBeLessThan(Infinity);
  expect(exp(709.79)).toBe(Infinity);
});

test('results have the bits that they had when they were first computed', () => {
  // A change in any bit of any of these is a change of every price on record: it must be meant.
  const results = new Float64Array(spreadPoints(1_000).flatMap((u) => [exp((u - 0.5) * 1_400), log(u + 1e-9), expm1(u - 0.5), log1p(u), inverseNormal(u), normalDistribution(8 * u - 6), black(100, 50 + 100 * u, 0.3, true)]));
  let hash = 2_166_136_261;
  for (const byte of new Uint8Array(results.buffer)) hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  expect(hash.toString(16)).toBe('a13542a3');
});
