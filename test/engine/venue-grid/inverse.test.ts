import { describe, expect, test } from 'vitest';
import { explainFigure } from '../../../main/engine/margin.ts';
import { Decimal } from '../../../shared/money.ts';
import { wrongNodes } from '../explain-checker.ts';
import { gridMargin, gridState, IN_A_YEAR, option, type GridPool } from './pool.ts';

/** Options on a coin at 40,000 that are paid out in it. Without volatility they are worth what they are in the money. */
const inCoin = (right: 'call' | 'put', strike: string, vol = '0') => ({ ...option(right, strike, vol), currency: 'BTC', underlying: 'BTC', settlement: 'inverse' as const });
const instruments = { BTC: { kind: 'coin' as const, currency: 'USD', price: '40000' }, C: inCoin('call', '30000'), P: inCoin('put', '50000'), PERP: { kind: 'perpetual' as const, currency: 'USD', underlying: 'BTC', settlement: 'inverse' as const, multiplier: '1', price: '40000' } };
const grid = { scenarios: [{ price: '1', vol: 'none' }, { price: '0.8', vol: 'none' }, { price: '1.25', vol: 'none' }], factors: { initial: '1', maintenance: '0.8' } };
const pool = (positions: Record<string, string>, change: Partial<GridPool> = {}): GridPool => ({ grid, currency: 'BTC', cash: '1', positions: Object.entries(positions).map(([instrument, quantity]) => ({ instrument, quantity })), ...change, rest: { instruments, market: { forwards: [{ underlying: 'BTC', expiresAt: IN_A_YEAR, price: '40000' }] }, ...change.rest } });

describe('options paid out in coin', () => {
  test('are worth their value in money by the spot, and lose what that is after the move by the spot then', () => {
    // Now 10,000 ÷ 40,000; at 32,000 it is 2,000 ÷ 32,000.
    expect(gridState(pool({ C: '4' }))).toMatchObject({ equity: '2', initial: '0.75', maintenance: '0.6', status: 'healthy' });
    // At 50,000: 20,000 ÷ 50,000.
    expect(gridState(pool({ C: '-4' }))).toMatchObject({ equity: '0', initial: '0.6' });
  });
  test('a put that is short loses more coin than money: 18,000 at 32,000 is 0.5625', () => {
    expect(gridState(pool({ P: '-2' }))).toMatchObject({ equity: '0.5', initial: '0.625' });
  });
  test('a call less a put of one strike is one coin less the strike in coin: with an inverse perpetual short of the strike nothing is left to lose', () => {
    const even = { ...instruments, C: inCoin('call', '40000', '0.7'), P: inCoin('put', '40000', '0.7') };
    // 1 − 40,000 ÷ S is what a long of 40,000 contracts from 40,000 gains.
    expect(gridState(pool({ C: '1', P: '-1', PERP: '-40000' }, { rest: { instruments: even } }))).toMatchObject({ initial: '0', equity: '1' });
  });
  test('a pool in money counts coin at the rate of now', () => {
    const change: Partial<GridPool> = { currency: 'USD', cash: '40000', rest: { fx: { BTC: '40000' } } };
    expect(gridState(pool({ C: '4' }, change))).toMatchObject({ equity: '80000', initial: '30000' });
    expect(gridState(pool({ PERP: '80000' }, change))).toMatchObject({ equity: '40000', initial: '20000' });
  });
  test('without a rate into the pool’s currency nothing is known', () => {
    expect(gridState(pool({ C: '-4' }, { currency: 'EUR' })).unpriced).toMatchObject([{ instrument: 'C', reason: 'no exchange rate from BTC into EUR is known', indeterminate: true }]);
  });
  test('a venue may price by the forward, undiscounted, or by the spot, discounted', () => {
    const forward = (rate: string) => ({ market: { forwards: [{ underlying: 'BTC', expiresAt: IN_A_YEAR, price: '50000', rate }] } });
    const worth = (pricedBy: string, rate: string) => Number(gridState(pool({ C: '1' }, { cash: '0', grid: { ...grid, inverse: { pricedBy } }, rest: forward(rate) })).netLiq);
    expect([worth('spot', '0'), worth('forward', '0'), worth('forward', '0.1')]).toEqual([0.5, 0.4, 0.4]);
    expect(worth('spot', '0.1')).toBeCloseTo(0.5 * Math.exp(-0.1), 12);
  });
});

describe('beside the grid, in coin', () => {
  const still = { scenarios: [{ price: '1', vol: 'none' }], factors: { initial: '1', maintenance: '1' } };
  const at = (positions: Record<string, string>, added: Record<string, unknown>) => gridState(pool(positions, { grid: { ...still, ...added } })).maintenance;
  test('what is short by strike, and perpetuals, count for their coins', () => {
    const contingencies = { perpetualMaintenance: '0.1', perpetualInitial: '0', optionMaintenance: '0.01', optionInitial: '0' };
    expect([at({ C: '-3' }, { contingencies }), at({ PERP: '-20000' }, { contingencies })]).toEqual(['0.03', '0.05']);
  });
  test('rolling over is of each expiry’s delta, options with it', () => {
    // Certain to be exercised: a delta of one coin each; the perpetual is half a coin, and rolls apart.
    expect(at({ C: '-3', PERP: '20000' }, { roll: { least: '0.01', rate: '0' } })).toBe('0.035');
  });
  test('large deltas: a share that grows with the money beyond the threshold, up to a most', () => {
    // Three coins are 120,000: 20,000 beyond × 0.000001 is 0.02 of three coins.
    expect(at({ C: '-3' }, { deltaShock: { threshold: '100000', increment: '0.000001', most: '0.1' } })).toBe('0.06');
    expect(at({ C: '-3' }, { deltaShock: { threshold: '100000', increment: '0.00005', most: '0.1' } })).toBe('0.3');
    expect(at({ C: '-3', PERP: '120000' }, { deltaShock: { threshold: '0', increment: '1', most: '0.1' } })).toBe('0');
    expect(at({ C: '-3' }, { deltaShock: { threshold: '120000', increment: '1', most: '0.1' } })).toBe('0');
  });
  test('what a far move loses is dampened by an amount for each range beyond the first, at the price at the end of the grid, and never turned into a gain', () => {
    const far = { ...still, underlying: 'BTC', scenarios: [{ price: '2', vol: 'none', counts: '0.5', tail: true }] };
    // Short 4: 50,000 ÷ 80,000 less 0.25, a half of it counts: 0.75 lost. Three ranges beyond the first × 5,000 ÷ 50,000.
    expect(at({ C: '-4' }, far)).toBe('0.75');
    expect(at({ C: '-4' }, { ...far, dampener: { amount: '5000', range: '0.25' } })).toBe('0.45');
    expect(at({ C: '-4' }, { ...far, dampener: { amount: '50000', range: '0.25' } })).toBe('0');
    expect(at({ C: '-4' }, { ...far, scenarios: far.scenarios.map((row) => ({ ...row, tail: false })), dampener: { amount: '5000', range: '0.25' } })).toBe('0.75');
  });
});

describe('the shipped grid for BTC', () => {
  const vol = { ...instruments, C: inCoin('call', '45000', '0.55'), P: inCoin('put', '38000', '0.6') };
  const shipped = (positions: Record<string, string>) => gridMargin({ ...pool(positions, { cash: '3', rest: { instruments: vol } }), packs: ['deribit-portfolio'] });
  const margin = shipped({ C: '-10', P: '-4', PERP: '20000' });
  test('margins options in coin, and its rows add up to what the pool is asked, level by level', () => {
    expect(margin.status).not.toBe('indeterminate');
    const [only] = margin.pools;
    for (const [stack, figure] of [['houseMaintenance', 'maintenance'], ['houseInitial', 'initial']] as const) {
      const total = only?.positions.reduce((sum, row) => sum.plus(row.requirement?.[stack].amount ?? 0), new Decimal(0));
      expect(total?.toFixed()).toBe(only?.figures[figure].amount.toFixed());
      expect(total?.gt(0)).toBe(true);
    }
    expect(only?.positions.map(({ rule }) => rule)).not.toContain('');
  });
  test('every tree adds up', () => {
    for (const figure of ['equity', 'maintenance', 'initial', 'excess', 'netLiq'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
  });
  test('each part rests on its own source: the table of far moves, the dampener and large deltas on an unofficial one', () => {
    const statuses = new Map<string, string>();
    const walk = (node: ReturnType<typeof explainFigure>): void => {
      if (node.rule?.parameter) statuses.set(node.rule.parameter, node.rule.status);
      node.children.forEach(walk);
    };
    walk(explainFigure(margin, 'maintenance'));
    expect(Object.fromEntries(statuses)).toMatchObject({ 'venueGrid.scenarios': 'secondary', 'venueGrid.tails': 'unverified', 'venueGrid.dampener': 'unverified', 'venueGrid.deltaShock': 'unverified', 'venueGrid.roll': 'secondary', 'venueGrid.factors': 'secondary' });
    expect(margin.figures.maintenance.unverified).toBe(true);
  });
});
