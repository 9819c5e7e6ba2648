import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../../shared/money.ts';
import { gridState, option, type GridPool, type Positions } from './pool.ts';

// Shares no code with the engine: normal distribution by quadrature, options by integrating their payoff.
const GRID = { rangeUp: 0.5, rangeDown: 0.275 };
const DAYS = 365;

/** Black (1976) by Simpson's rule over the lognormal density. */
function priceByIntegration(forward: number, strike: number, sigma: number, isCall: boolean): number {
  const payoff = (price: number): number => Math.max(0, isCall ? price - strike : strike - price);
  if (sigma === 0) return payoff(forward);
  const [from, to, steps] = [-9, 9, 1800];
  const width = (to - from) / steps;
  // The kink is where Simpson's rule is weak: integrate on either side of it.
  const kink = (Math.log(strike / forward) + sigma * sigma / 2) / sigma;
  const part = (a: number, b: number): number => {
    const count = Math.max(2, 2 * Math.ceil((b - a) / width / 2));
    const h = (b - a) / count;
    let sum = 0;
    for (let at = 0; at <= count; at += 1) {
      const z = a + at * h;
      const weight = at === 0 || at === count ? 1 : at % 2 === 1 ? 4 : 2;
      sum += weight * payoff(forward * Math.exp(sigma * z - sigma * sigma / 2)) * Math.exp(-z * z / 2);
    }
    return (sum * h) / 3 / Math.sqrt(2 * Math.PI);
  };
  const at = Math.min(to, Math.max(from, kink));
  return part(from, at) + part(at, to);
}

const moves = [0.82, 0.91, 1, 1.09, 1.18];
const scenarios = moves.flatMap((price) => (['up', 'down', 'none'] as const).map((vol) => ({ price: String(price), vol })));
const grid = { scenarios, factors: { initial: '1', maintenance: '1' }, vol: { rangeUp: String(GRID.rangeUp), rangeDown: String(GRID.rangeDown), powerUpTo30Days: '0.3', powerBeyond: '0.13', floorDays: '1', leastUp: '0.45' } };

interface Leg {
  right: 'call' | 'put';
  strike: number;
  vol: number;
  quantity: number;
}

const legs: fc.Arbitrary<Leg[]> = fc.array(
  fc.record({ right: fc.constantFrom('call' as const, 'put' as const), strike: fc.integer({ min: 10, max: 60 }).map((n) => n * 100), vol: fc.integer({ min: 5, max: 150 }).map((n) => n / 100), quantity: fc.integer({ min: -50, max: 50 }).filter((n) => n !== 0).map((n) => n / 10) }),
  { minLength: 1, maxLength: 4 },
);
const perpetuals = fc.integer({ min: -30, max: 30 }).map((n) => n / 10);

function poolOf(options: readonly Leg[], perpetual: number): GridPool {
  const instruments = Object.fromEntries(options.map(({ right, strike, vol }, index) => [`O${index}`, option(right, String(strike), String(vol))]));
  const positions: Positions = [...options.map(({ quantity }, index) => ({ instrument: `O${index}`, quantity: String(quantity) })), ...(perpetual === 0 ? [] : [{ instrument: 'PERP', quantity: String(perpetual), entryPrice: '2010' }])];
  return { grid, positions, rest: { instruments } };
}

/** The slow, obvious scan: every scenario, every leg, the worst of them. */
function scanByHand(options: readonly Leg[], perpetual: number): number {
  const term = (30 / DAYS) ** 0.13;
  const multiple = { up: 1 + GRID.rangeUp * term, down: Math.max(0, 1 - GRID.rangeDown * term), none: 1 };
  const valueAt = (price: number, vol: 'up' | 'down' | 'none'): number =>
    options.reduce((sum, leg) => {
      const shocked = leg.vol * multiple[vol];
      return sum + leg.quantity * priceByIntegration(2000 * price, leg.strike, vol === 'up' ? Math.max(shocked, 0.45) : shocked, leg.right === 'call');
    }, 0);
  const now = valueAt(1, 'none');
  const results = scenarios.map(({ price, vol }) => valueAt(Number(price), vol) - now + perpetual * 2010 * (Number(price) - 1));
  return Math.max(0, -Math.min(...results));
}

const RUNS = Number(process.env['PLIMSOLL_SCAN_RUNS'] ?? 150);
const SEED = Number(process.env['PLIMSOLL_SEED'] ?? Date.now() % 1_000_000);

test(`${RUNS} pools: the worst loss is that of a slow scan that shares no code, seed ${SEED}`, () => {
  fc.assert(
    fc.property(legs, perpetuals, (options, perpetual) => {
      const found = Number(gridState(poolOf(options, perpetual)).maintenance);
      expect(Math.abs(found - scanByHand(options, perpetual))).toBeLessThan(1e-5);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('order and splitting do not matter, scaling scales, and two pools together ask no more than apart', () => {
  fc.assert(
    fc.property(legs, legs, perpetuals, (some, more, perpetual) => {
      const [first, second] = [some.slice(0, 2), more.slice(0, 1)];
      const corners = (options: readonly Leg[], size: number): GridPool => ({ ...poolOf(options, size), grid: { ...grid, scenarios: scenarios.filter(({ price, vol }) => vol !== 'none' && price !== '0.91' && price !== '1.09') } });
      const whole = corners([...first, ...second], perpetual);
      const asked = new Decimal(gridState(whole).maintenance);
      // Each row in two parts, one of half and one of five halves of it, the other way round: three times all of it.
      const parts = (whole.positions ?? []).flatMap((row) => ['0.5', '2.5'].map((part) => ({ ...row, quantity: new Decimal(row.quantity).times(part).toFixed() })));
      expect(gridState({ ...whole, positions: parts.toReversed() }).maintenance).toBe(asked.times(3).toFixed());
      const apart = new Decimal(gridState(corners(first, perpetual)).maintenance).plus(gridState(corners(second, 0)).maintenance);
      expect(asked.lte(apart)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
