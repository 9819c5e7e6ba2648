import { expect, test } from 'vitest';
import { earlyExercisePremium, exerciseKind } from '../../../main/engine/pricing/early-exercise.ts';
import { blackScholes } from '../../../main/engine/pricing/european.ts';
import { exerciseBoundary } from '../../../main/engine/pricing/exercise-boundary.ts';

/** rate × years, yield × years, σ√years: a short life, a long one, much and little volatility, each side of rate = yield. */
const TERMS: readonly [a: number, b: number, s: number][] = [
  [0.05, 0, 0.3],
  [0.05, 0.05, 0.3],
  [0.02, 0.08, 0.2],
  [0.3, 0.24, 0.0866],
  [0.3, 0, 0.0866],
  [0.0003, 0, 0.00274],
  [0.3, 0.06, 3.46],
  [0.05, -0.02, 0.25],
  [0, -0.03, 0.2],
];

/** In standard deviations of the whole life: what the boundary may be off by, since a price hardly minds. */
const CLOSE = 1e-3;

test('at the boundary holding and exercising are worth the same, and so are their slopes', () => {
  for (const [a, b, s] of TERMS) {
    const boundary = exerciseBoundary(a, b, s);
    const held = (x: number) => blackScholes(Math.exp(x), 1, 1, s, a, b, false) + earlyExercisePremium(boundary, x);
    const spot = Math.exp(boundary.today);
    const step = 0.002 * s;
    expect(Math.abs(held(boundary.today) - (1 - spot)), `value, ${a} ${b} ${s}`).toBeLessThan(2e-5);
    const slope = (held(boundary.today + step) - held(boundary.today)) / (spot * (Math.exp(step) - 1));
    expect(Math.abs(slope + 1), `slope, ${a} ${b} ${s}`).toBeLessThan(0.01);
  }
});

test('the boundary begins where interest on the strike meets the yield of the spot, and only falls', () => {
  for (const [a, b, s] of TERMS) {
    const { today, later } = exerciseBoundary(a, b, s);
    const start = b > a ? Math.log(a / b) : 0;
    // `later` begins just after today and ends close to expiry.
    const path = [today, ...later];
    for (let at = 1; at < path.length; at++) expect(path[at], `${a} ${b} ${s}, ${at}`).toBeGreaterThanOrEqual((path[at - 1] as number) - CLOSE * s);
    expect(path.at(-1)).toBeLessThanOrEqual(start);
    expect((path.at(-1) as number) - start).toBeGreaterThan(-0.3 * s);
  }
});

test('a very long life has the boundary of an endless one, which is known in closed form', () => {
  for (const [a, b, s] of [[3, 0, 1], [3, 1, 1.2], [2.5, 2.5, 1.5]] as const) {
    const half = (a - b) / s ** 2 - 0.5;
    const power = half + Math.sqrt(half ** 2 + (2 * a) / s ** 2);
    const { today } = exerciseBoundary(a, b, s);
    expect(today).toBeGreaterThan(Math.log(power / (1 + power)) - CLOSE * s);
    expect(today).toBeLessThan(Math.log(power / (1 + power)) + 0.03);
  }
});

test('who never exercises early, who does below one boundary, and who between two', () => {
  expect(exerciseKind(0, 0)).toBe('never');
  expect(exerciseKind(-0.01, 0.02)).toBe('never');
  expect(exerciseKind(-0.02, -0.01)).toBe('never');
  expect(exerciseKind(0, -0.01)).toBe('boundary');
  expect(exerciseKind(0.05, 0)).toBe('boundary');
  expect(exerciseKind(-0.01, -0.02)).toBe('tree');
  expect(exerciseKind(5, 0)).toBe('tree');
  expect(exerciseKind(NaN, 0)).toBe('tree');
});
