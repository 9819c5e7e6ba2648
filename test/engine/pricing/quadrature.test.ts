import { expect, test } from 'vitest';
import { chebyshevPoints, chebyshevWeights, cosineOfPart, gaussLegendre } from '../../../main/engine/pricing/quadrature.ts';

test('cosine is that of the platform to the last place but two', () => {
  for (let part = 0; part <= 1; part += 1 / 512) expect(Math.abs(cosineOfPart(part) - Math.cos(part * Math.PI)), `${part}`).toBeLessThan(4e-16);
});

test('a rule of n points is exact for powers up to 2n − 1, and no longer for 2n', () => {
  for (const count of [1, 2, 5, 20, 24]) {
    const { nodes, weights } = gaussLegendre(count);
    const integral = (power: number) => nodes.reduce((sum, node, at) => sum + (weights[at] as number) * node ** power, 0);
    for (let power = 0; power < 2 * count; power++) expect(Math.abs(integral(power) * (power + 1) - 1), `${count} points, power ${power}`).toBeLessThan(1e-13);
    if (count <= 5) expect(Math.abs(integral(2 * count) * (2 * count + 1) - 1)).toBeGreaterThan(1e-6);
    expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b));
  }
});

test('values at n + 1 points give a polynomial of degree n back anywhere', () => {
  const points = chebyshevPoints(10);
  expect([points[0], points[10]]).toEqual([1, 0]);
  for (const place of [0, 0.1, 0.37, 0.5, 0.93, 1, points[3] as number]) {
    const weights = chebyshevWeights(points, place);
    for (let power = 0; power <= 10; power++) {
      const value = points.reduce((sum, point, at) => sum + (weights[at] as number) * point ** power, 0);
      expect(Math.abs(value - place ** power), `${place} to the ${power}`).toBeLessThan(1e-14);
    }
  }
});
