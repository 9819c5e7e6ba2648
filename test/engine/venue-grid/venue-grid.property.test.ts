import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../../shared/money.ts';
import { gridState, option, type GridPool, type Positions } from './pool.ts';
import { SEED } from '../same-books.ts';

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

/** The same options paid out in coin, in a pool kept in it, with a perpetual of so many coins. */
function coinPoolOf(options: readonly Leg[], perpetual: number): GridPool {
  const pool = poolOf(options, 0);
  const instruments = Object.fromEntries(Object.entries(pool.rest?.instruments ?? {}).map(([name, terms]) => [name, { ...terms, currency: 'ETH', settlement: 'inverse' as const }]));
  const contract = { kind: 'perpetual' as const, currency: 'USDC', underlying: 'ETH', settlement: 'inverse' as const, multiplier: '1', price: '2000' };
  const held: Positions = perpetual === 0 ? [] : [{ instrument: 'INV', quantity: String(perpetual * 2000) }];
  return { ...pool, currency: 'ETH', positions: [...(pool.positions ?? []), ...held], rest: { instruments: { ...instruments, INV: contract } } };
}

/** The slow, obvious scan: every scenario, every leg, the worst of them. In coin, money is divided by the spot of the scenario. */
function scanByHand(options: readonly Leg[], perpetual: number, isInCoin = false): number {
  const term = (30 / DAYS) ** 0.13;
  const multiple = { up: 1 + GRID.rangeUp * term, down: Math.max(0, 1 - GRID.rangeDown * term), none: 1 };
  const valueAt = (price: number, vol: 'up' | 'down' | 'none'): number =>
    options.reduce((sum, leg) => {
      const shocked = leg.vol * multiple[vol];
      return sum + (leg.quantity / (isInCoin ? 2000 * price : 1)) * priceByIntegration(2000 * price, leg.strike, vol === 'up' ? Math.max(shocked, 0.45) : shocked, leg.right === 'call');
    }, 0);
  const now = valueAt(1, 'none');
  const results = scenarios.map(({ price, vol }) => valueAt(Number(price), vol) - now + (isInCoin ? perpetual * (1 - 1 / Number(price)) : perpetual * 2010 * (Number(price) - 1)));
  return Math.max(0, -Math.min(...results));
}

const RUNS = Number(process.env['PLIMSOLL_SCAN_RUNS'] ?? 150);

test(`${RUNS} pools: the worst loss is that of a slow scan that shares no code, seed ${SEED}`, () => {
  fc.assert(
    fc.property(legs, perpetuals, (options, perpetual) => {
      const found = Number(gridState(poolOf(options, perpetual)).maintenance);
      expect(Math.abs(found - scanByHand(options, perpetual))).toBeLessThan(1e-5);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test(`${RUNS} pools kept in coin, their options and perpetuals paid out in it: the same, seed ${SEED}`, () => {
  fc.assert(
    fc.property(legs, perpetuals, (options, perpetual) => {
      const found = Number(gridState(coinPoolOf(options, perpetual)).maintenance);
      expect(Math.abs(found - scanByHand(options, perpetual, true))).toBeLessThan(1e-8);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

const WHOLE_RUNS = Number(process.env['PLIMSOLL_BOOK_PROPERTY_RUNS'] ?? 600);

const CHARGES = {
  contingencies: { perpetualMaintenance: '0.015', perpetualInitial: '0.005', optionMaintenance: '0.003', optionInitial: '0.002' },
  basis: { up: '1.045', down: '0.955', added: '0.5', multiple: '2' },
  roll: { least: '0.01', rate: '0.075' },
  deltaShock: { threshold: '1000', increment: '0.0001', most: '0.1' },
  futuresOffset: '0.01',
  factors: { initial: '1.1', maintenance: '0.8' },
  worstPlaces: 9,
};

test('the requirements of the positions add up to the pool’s, of both stacks, in money and in coin', () => {
  fc.assert(
    fc.property(legs, perpetuals, fc.boolean(), (options, perpetual, isInCoin) => {
      const some = options.slice(0, 3);
      const pool = isInCoin ? coinPoolOf(some, perpetual) : poolOf(some, perpetual);
      const [state] = gridState({ ...pool, grid: { ...grid, ...CHARGES, scenarios: [...scenarios.filter(({ vol, price }) => vol === 'up' && price !== '1'), { price: '1', vol: 'absolute' }], skew: { linearCap: '0.15', linearCapSlope: '-0.05', absoluteCap: '0.15', absoluteCapSlope: '-0.05', leastWidth: '0.01', widthScale: '4', vol0: '0.6', volSlope: '-0.1' } } }).pools;
      const total = (of: 'houseMaintenance' | 'houseInitial') => state?.positions.reduce((sum, row) => sum.plus(row[of]), new Decimal(0)).toFixed();
      expect([total('houseMaintenance'), total('houseInitial')]).toEqual([state?.maintenance, state?.initial]);
    }),
    { numRuns: WHOLE_RUNS },
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
    { numRuns: WHOLE_RUNS },
  );
});
