import { expect, test } from 'vitest';
import { americanPrice } from '../../../main/engine/pricing/american.ts';
import { blackScholes } from '../../../main/engine/pricing/european.ts';
import { americanGreeks, blackDelta, europeanGreeks, type Greeks } from '../../../main/engine/pricing/greeks.ts';
import { spreadPoints } from './exact.ts';

type Terms = [spot: number, strike: number, years: number, volatility: number, rate: number, dividendYield: number];

function slopeOf(price: (terms: Terms) => number, terms: Terms, which: number, step: number): number {
  const moved = (by: number) => price(terms.map((term, index) => (index === which ? term + by : term)) as Terms);
  return (moved(step) - moved(-step)) / (2 * step);
}

function greeksBySlopes(price: (terms: Terms) => number, terms: Terms, steps: { spot: number; other: number }): Greeks {
  const [spot] = terms;
  const at = (spot: number) => price([spot, ...terms.slice(1)] as Terms);
  return {
    price: price(terms),
    delta: slopeOf(price, terms, 0, steps.spot),
    gamma: (at(spot + steps.spot) - 2 * at(spot) + at(spot - steps.spot)) / steps.spot ** 2,
    vega: slopeOf(price, terms, 3, steps.other),
    theta: -slopeOf(price, terms, 2, steps.other),
    rho: slopeOf(price, terms, 4, steps.other),
  };
}

test('European sensitivities are the slopes of the price', () => {
  for (const [index, u] of spreadPoints(100).entries()) {
    const terms: Terms = [100, 70 + 60 * u, 0.1 + (index % 7) / 3, 0.1 + (index % 5) / 8, (index % 4) / 40 - 0.02, (index % 3) / 30];
    const isCall = index % 2 === 0;
    const slopes = greeksBySlopes((terms) => blackScholes(...terms, isCall), terms, { spot: 0.02, other: 1e-5 });
    const greeks = europeanGreeks(...terms, isCall);
    for (const name of ['price', 'delta', 'vega', 'theta', 'rho'] as const) expect(greeks[name], `${name} of ${terms.join(' ')}`).toBeCloseTo(slopes[name], 5);
    expect(greeks.gamma).toBeCloseTo(slopes.gamma, 6);
  }
});

test('American sensitivities are the slopes of the price', () => {
  for (const [index, u] of spreadPoints(8).entries()) {
    const isCall = index % 2 === 0;
    const terms: Terms = [100, isCall ? 95 + 25 * u : 80 + 25 * u, 0.25 + (index % 3) / 4, 0.2 + (index % 4) / 10, 0.05, isCall ? 0.06 : 0.01];
    // Over a wide step, because the lattice's own error moves a little with the spot.
    const slopes = greeksBySlopes((terms) => americanPrice(...terms, isCall), terms, { spot: 2, other: 0.01 });
    const greeks = americanGreeks(...terms, isCall);
    expect(Math.abs(greeks.delta - slopes.delta)).toBeLessThan(2e-3);
    expect(Math.abs(greeks.gamma - slopes.gamma)).toBeLessThan(6e-4);
    for (const name of ['vega', 'theta', 'rho'] as const) expect(Math.abs(greeks[name] - slopes[name]), `${name} of ${terms.join(' ')}`).toBeLessThan(0.02 * Math.abs(slopes[name]) + 0.05);
  }
});

test('an option that is best exercised now moves with the spot and not with time', () => {
  const { price, delta, gamma, theta } = americanGreeks(60, 100, 1, 0.2, 0.08, 0, false);
  expect([price, theta]).toEqual([40, 0]);
  expect(delta).toBeCloseTo(-1, 10);
  expect(gamma).toBeCloseTo(0, 10);
});

test('an American option that is never exercised early has the European sensitivities', () => {
  expect(americanGreeks(100, 105, 0.5, 0.3, 0.05, 0, true)).toEqual(europeanGreeks(100, 105, 0.5, 0.3, 0.05, 0, true));
});

test('without time or volatility delta is that of what will be exercised', () => {
  expect(europeanGreeks(110, 100, 0, 0.3, 0.05, 0, true)).toEqual({ price: 10, delta: 1, gamma: 0, vega: 0, theta: -5, rho: 0 });
  expect(europeanGreeks(90, 100, 0, 0.3, 0.05, 0, true).delta).toBe(0);
  expect(blackDelta(100, 100, 0, true)).toBe(0.5);
  expect([blackDelta(110, 100, 0, true), blackDelta(110, 100, 0, false), blackDelta(90, 100, 0, false)]).toEqual([1, -0, -1]);
});
