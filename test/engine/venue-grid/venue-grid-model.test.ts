import { describe, expect, test } from 'vitest';
import { explainFigure } from '../../../main/engine/margin.ts';
import { wrongNodes } from '../explain-checker.ts';
import { gridMargin, gridState, option, SAID, type GridPool } from './pool.ts';

const still = { price: '1', vol: 'none' };
const plain = { scenarios: [still, { price: '0.9', vol: 'none' }, { price: '1.1', vol: 'none' }], factors: { initial: '1.25', maintenance: '1' } };
const perpetual: GridPool = { grid: plain, positions: [{ instrument: 'PERP', quantity: '-3', entryPrice: '2050' }], cash: '1000' };

describe('perpetuals', () => {
  test('the worst move of the grid, times the factor of each level; gains are equity', () => {
    expect(gridState(perpetual)).toMatchObject({ equity: '1120', maintenance: '603', initial: '753.75', excess: '517' });
  });
  test('a tail counts in part', () => {
    const grid = { ...plain, scenarios: [...plain.scenarios, { price: '2', vol: 'none', counts: '0.25', tail: true }] };
    expect(gridState({ ...perpetual, grid })).toMatchObject({ maintenance: '1507.5' });
  });
  test('beside the grid, a share of spot value; doubt of a feed on opening alone', () => {
    const grid = { ...plain, contingencies: { perpetualMaintenance: '0.01', perpetualInitial: '0.02', optionMaintenance: '0', optionInitial: '0' }, confidence: { threshold: '0.5', factor: '0.4' } };
    const rest = { market: { marks: { PERP: { value: '2010', confidence: '0.2' } } } };
    expect(gridState({ ...perpetual, grid, rest })).toMatchObject({ maintenance: '663', initial: '2853.75' });
  });
  test('an inverse contract gains in coin: more on the way down than on the way up', () => {
    const rest = { instruments: { INV: { kind: 'perpetual' as const, currency: 'USD', underlying: 'BTC', settlement: 'inverse' as const, multiplier: '1', price: '50000' }, BTC: { kind: 'coin' as const, currency: 'USD', price: '50000' } } };
    const state = gridState({ grid: { ...plain, scenarios: [{ price: '0.8', vol: 'none' }, { price: '1.25', vol: 'none' }] }, positions: [{ instrument: 'INV', quantity: '50000' }], currency: 'BTC', rest });
    expect(state).toMatchObject({ maintenance: '0.25' });
  });
  test('rolling over is asked with the worst loss, which is rounded where the venue rounds it', () => {
    const grid = { scenarios: [{ price: '0.9995', vol: 'none' }, { price: '1.0005', vol: 'none' }], factors: { initial: '1', maintenance: '0.8' }, worstPlaces: 2, roll: { least: '0.01', rate: '0.075' } };
    // 0.0005 × 6,030 is 3.015, to even 3.02; a hundredth of 6,030 for the roll.
    expect(gridState({ ...perpetual, grid })).toMatchObject({ initial: '63.32', maintenance: '50.656' });
  });
});

describe('options', () => {
  const box: GridPool = { grid: { ...plain, discount: { long: '0.95', short: '1.04', longRateMultiple: '1', longRateAdded: '0', shortRateMultiple: '1', shortRateAdded: '0' } }, rest: { instruments: { C1: option('call', '1800'), P1: option('put', '1800'), C2: option('call', '2200', '0.7'), P2: option('put', '2200', '0.7') } } };
  const legs = (size: string) => [['C1', size], ['P1', `-${size}`], ['C2', `-${size}`], ['P2', size]].map(([instrument = '', quantity = '']) => ({ instrument, quantity: quantity.replace('--', '') }));
  test('a box is worth what its strikes say whatever spot and volatilities do, and counts at the static discount', () => {
    // Worth 400, of which 0.95 counts in every scenario.
    expect(gridState({ ...box, positions: legs('1') })).toMatchObject({ netLiq: '400', maintenance: '20' });
    // Owed: 1.04 × 400, but never more than it is owed undiscounted at a rate of nothing.
    expect(gridState({ ...box, positions: legs('-1') })).toMatchObject({ netLiq: '-400', maintenance: '0' });
  });
  test('with a rate, what is owed counts up to its undiscounted value; a rate below zero is none', () => {
    const owed = gridState({ ...box, forward: { rate: '0.1' }, positions: legs('-1') });
    expect(Number(owed.netLiq)).toBeCloseTo(-400 * Math.exp(-0.1), 9);
    // 400 e^−0.1 × min(e^0.1, 1.04 e^0.1) = 400: the discount is lost.
    expect(Number(owed.maintenance)).toBeCloseTo(400 - 400 * Math.exp(-0.1), 9);
    expect(gridState({ ...box, forward: { rate: '-0.2' }, positions: legs('-1') }).netLiq).toBe('-400');
  });
  test('a skew scenario charges both ways', () => {
    const grid = { scenarios: [{ price: '1', vol: 'linear' }, { price: '1', vol: 'absolute' }], factors: { initial: '1', maintenance: '1' }, skew: { linearCap: '0.15', linearCapSlope: '-0.05', absoluteCap: '0.15', absoluteCapSlope: '-0.05', leastWidth: '0.01', widthScale: '4', vol0: '0.6', volSlope: '-0.1' } };
    const rest = { instruments: { C1: option('call', '2600') } };
    const at = (quantity: string) => gridState({ grid, rest, positions: [{ instrument: 'C1', quantity }] }).maintenance;
    expect(at('5')).toBe(at('-5'));
    expect(Number(at('5'))).toBeGreaterThan(0);
  });
  test('options short by strike: a put held covers a call that is short at the same strike, not at another', () => {
    const grid = { scenarios: [still], factors: { initial: '1', maintenance: '1' }, contingencies: { perpetualMaintenance: '0', perpetualInitial: '0', optionMaintenance: '0.01', optionInitial: '0' } };
    const rest = { instruments: { C1: option('call', '2600'), P1: option('put', '2600'), P2: option('put', '2500') } };
    const asked = (...held: string[]) => gridState({ grid, rest, positions: [{ instrument: 'C1', quantity: '-3' }, ...held.map((instrument) => ({ instrument, quantity: '2' }))] }).maintenance;
    expect([asked(), asked('P1'), asked('P2')]).toEqual(['60', '20', '60']);
  });
  test('the forward alone may move against an expiry, the more the longer it lives', () => {
    const grid = { scenarios: [still], factors: { initial: '1', maintenance: '1' }, basis: { up: '1.1', down: '0.9', added: '0.5', multiple: '2' } };
    // A synthetic long of one: a tenth of 2,000, times 0.5 + 2 × one year.
    const rest = { instruments: { C1: option('call', '2000'), P1: option('put', '2000') } };
    expect(gridState({ grid, rest, positions: [{ instrument: 'C1', quantity: '1' }, { instrument: 'P1', quantity: '-1' }] })).toMatchObject({ maintenance: '500' });
  });
  test('without a volatility or a moment of expiry nothing can be told', () => {
    const { impliedVol: _, ...unknown } = option('call', '2600');
    expect(gridState({ grid: plain, rest: { instruments: { C1: unknown } }, positions: [{ instrument: 'C1', quantity: '-1' }] })).toMatchObject({ status: 'indeterminate', unpriced: [{ instrument: 'C1', indeterminate: true }] });
  });
});

test('collateral counts less its haircut, moves with the spot where the pack says so, and is nothing where it does not take it', () => {
  const grid = { ...plain, collateral: { ETH: { maintenance: '0.1', initial: '0.05', moves: true, ...SAID } } };
  expect(gridState({ grid, collateral: [{ instrument: 'ETH', quantity: '2' }] })).toMatchObject({ netLiq: '4000', maintenance: '800', initial: '1100' });
  // A short perpetual of the same size takes the move out.
  expect(gridState({ grid, collateral: [{ instrument: 'ETH', quantity: '2' }], positions: [{ instrument: 'PERP', quantity: '-2', entryPrice: '2010' }] })).toMatchObject({ maintenance: '402' });
  expect(gridState({ grid: plain, collateral: [{ instrument: 'ETH', quantity: '2' }] })).toMatchObject({ netLiq: '0', unpriced: [{ instrument: 'ETH', indeterminate: false }] });
});

test('every tree of a pool with everything in it adds up', () => {
  const margin = gridMargin({
    grid: {
      ...plain,
      scenarios: [...plain.scenarios, { price: '0.82', vol: 'up' }, { price: '1.09', vol: 'down' }, { price: '3', vol: 'up', counts: '0.018', tail: true }, { price: '1', vol: 'linear' }, { price: '1', vol: 'absolute' }],
      vol: { rangeUp: '0.5', rangeDown: '0.275', powerUpTo30Days: '0.3', powerBeyond: '0.13', floorDays: '1', leastUp: '0.45' },
      skew: { linearCap: '0.15', linearCapSlope: '-0.05', absoluteCap: '0.15', absoluteCapSlope: '-0.05', leastWidth: '0.01', widthScale: '4', vol0: '0.6', volSlope: '-0.1' },
      discount: { long: '0.95', short: '1.04', longRateMultiple: '1', longRateAdded: '0.08', shortRateMultiple: '0.5', shortRateAdded: '0.08' },
      basis: { up: '1.045', down: '0.955', added: '0.5', multiple: '2' },
      contingencies: { perpetualMaintenance: '0.015', perpetualInitial: '0.005', optionMaintenance: '0.003', optionInitial: '0.002' },
      confidence: { threshold: '0.55', factor: '1' },
      peg: { threshold: '0.98', factor: '2' },
      collateral: { ETH: { maintenance: '0.1', initial: '0.05', moves: true, ...SAID } },
      roll: { least: '0.01', rate: '0.075' },
    },
    cash: '500',
    forward: { price: '2031', rate: '0.05', confidence: '0.4' },
    positions: [{ instrument: 'C1', quantity: '-3' }, { instrument: 'P1', quantity: '2.5' }, { instrument: 'PERP', quantity: '0.7', entryPrice: '1999.5' }],
    collateral: [{ instrument: 'ETH', quantity: '1.25' }],
    rest: { instruments: { C1: option('call', '2600'), P1: option('put', '1800', '0.62'), USDC: { kind: 'coin', currency: 'USD', price: '0.97' } } },
  });
  for (const figure of ['equity', 'maintenance', 'initial', 'excess', 'healthRatio', 'netLiq'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
});
