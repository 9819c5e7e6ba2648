import { describe, expect, test } from 'vitest';
import { blackDelta } from '../../../main/engine/pricing/greeks.ts';
import { explainFigure } from '../../../main/engine/margin.ts';
import { marginOf, stateOf, stock, fund, call, bond, type Desk } from '../build.ts';
import { wrongNodes } from '../explain-checker.ts';

const CALL = call('XYZ', '100', { expiry: '2027-11-20', style: 'european' });
const desk = (positions: Desk['positions'], more: Partial<Desk> = {}): Desk => ({
  instruments: { XYZ: stock(), ABC: stock(), SPY: fund({ class: 'broad' }), CALL, BOND: bond({ issuer: 'treasury', maturity: '2031-02-15', coupon: '4' }) },
  prices: { XYZ: '100', ABC: '100', SPY: '500', CALL: '13', BOND: '100' },
  positions,
  packs: ['house-delta-margin'],
  pool: { model: 'delta' },
  cash: '100000',
  ...more,
});
const asked = (positions: Desk['positions']): string => stateOf(desk(positions)).maintenance;

describe('delta margin', () => {
  test('stock is asked a share of its value, either side; underlyings do not offset each other', () => {
    expect([asked([['XYZ', '100']]), asked([['XYZ', '-100']]), asked([['XYZ', '100'], ['ABC', '-100']])]).toEqual(['1500', '1500', '3000']);
    expect(asked([['SPY', '100']])).toBe('4000');
  });
  test('an option counts by its delta at the volatility its mark implies', () => {
    // Mark 13 at rate 0.04 for a year: about 28 %.
    const { maintenance, pools } = stateOf(desk([['CALL', '10']]));
    const delta = Number(maintenance) / (0.15 * 10 * 100 * 100);
    expect(delta).toBeGreaterThan(0.55);
    expect(delta).toBeCloseTo(blackDelta(100 * Math.exp(0.04), 100, 0.2786, true), 2);
    expect(pools[0]?.positions[0]).toMatchObject({ strategy: 'delta margin', group: 'XYZ', houseMaintenance: maintenance });
  });
  test('a hedged book is asked the share of its gross delta', () => {
    const hedge = stateOf(desk([['XYZ', '-600'], ['CALL', '10']]));
    const gross = 60_000 + Number(asked([['CALL', '10']])) / 0.15;
    expect(Number(hedge.maintenance)).toBeCloseTo(gross * 0.02, 3);
  });
  test('bonds are charged beside it, and every node is its operation on its children', () => {
    const given = desk([['XYZ', '-100'], ['CALL', '3'], ['BOND', '10000']]);
    expect(stateOf(given).pools[0]?.positions.map(({ instrument, strategy }) => [instrument, strategy])).toEqual([['BOND', 'beside portfolio margin'], ['CALL', 'delta margin'], ['XYZ', 'delta margin']]);
    for (const figure of ['maintenance', 'equity', 'excess'] as const) expect(wrongNodes(explainFigure(marginOf(given), figure))).toEqual([]);
  });
  test('splitting a position and the order of rows change nothing', () => {
    expect(stateOf(desk([['CALL', '5'], ['XYZ', '-300'], ['CALL', '-2'], ['XYZ', '100']]))).toEqual(stateOf(desk([['XYZ', '-200'], ['CALL', '3']])));
  });
  test('a short option that cannot be priced leaves the pool indeterminate, a long one counts for nothing', () => {
    const dear = { prices: { XYZ: '100', CALL: '101' } };
    expect(stateOf(desk([['CALL', '-1']], dear)).status).toBe('indeterminate');
    expect(stateOf(desk([['CALL', '1']], dear))).toMatchObject({ status: 'healthy', equity: '100000', maintenance: '0' });
  });
});
