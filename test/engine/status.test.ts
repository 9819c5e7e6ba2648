import { describe, expect, test } from 'vitest';
import { shippedPacks, withPacks, type PackShelf } from '../../main/engine/packs/shelf.ts';
import { call, idOf, stateOf, stock, type Desk } from './build.ts';

const HOUSE = ['us-reg-t', 'house-standard'];

/** 1,000 shares at 100: house maintenance 30,000, exchange 25,000. Equity is 100,000 less the debt. */
function indebted(debt: string, more: Partial<Desk> = {}): ReturnType<typeof stateOf> {
  return stateOf({ instruments: { XYZ: stock() }, prices: { XYZ: '100' }, positions: [['XYZ', '1000']], cash: `-${debt}`, packs: HOUSE, ...more });
}

describe('the status ladder of the house pack', () => {
  test.each([
    ['66666.66', 'healthy'], // excess 3,333.34 of 33,333.34: a tenth and a little
    ['66666.67', 'warning'],
    ['70000', 'warning'], // exactly on the requirement: not a breach
    ['70000.01', 'call'],
    ['80000', 'call'], // a deficit of half of net liquidation value, exactly
    ['80000.01', 'liquidation'],
    ['100000', 'liquidation'],
    ['100000.01', 'bankrupt'],
  ])('a debt of %s is %s', (debt, status) => {
    expect(indebted(debt).status).toBe(status);
  });
});

test('a long option that gives no loan value does not make a small debt a bankruptcy', () => {
  const long = call('XYZ', '100');
  const state = stateOf({ instruments: { XYZ: stock(), [idOf(long)]: long }, prices: { XYZ: '100', [idOf(long)]: '5' }, positions: [[idOf(long), '2']], cash: '-100', packs: HOUSE });
  expect(state).toMatchObject({ netLiq: '900', equity: '-100', deficit: '100', status: 'call' });
});

test('an empty account is healthy', () => {
  expect(stateOf({ instruments: {}, prices: {}, positions: [], packs: HOUSE })).toMatchObject({ status: 'healthy', healthRatio: null });
});

describe('the reason is one sentence with the figures', () => {
  test('healthy, called, bankrupt', () => {
    expect(indebted('20000').statusReason).toBe('Equity 80,000.00 USD covers house maintenance 30,000.00 USD with 50,000.00 USD to spare.');
    expect(indebted('75000').statusReason).toBe('Equity 25,000.00 USD is below house maintenance 30,000.00 USD: 5,000.00 USD is missing.');
    expect(indebted('100500').statusReason).toBe('Net liquidation value is -500.00 USD: positions are worth less than the debt.');
  });
  test('all digits where two decimals would make the two sides look equal', () => {
    expect(indebted('70000.001').statusReason).toContain('Equity 29,999.999 USD is below house maintenance 30,000.00 USD');
  });
});

test('a call stands though something else is unknown, and the reason says so', () => {
  const state = indebted('75000', { instruments: { XYZ: stock(), DARK: stock() }, positions: [['XYZ', '1000'], ['DARK', '-1']] });
  expect(state.status).toBe('call');
  expect(state.statusReason).toContain('1 more not known: DARK');
});

test('unknown ranks above warning', () => {
  expect(indebted('69000', { instruments: { XYZ: stock(), DARK: stock() }, positions: [['XYZ', '1000'], ['DARK', '-1']] }).status).toBe('indeterminate');
});

describe('strictness is the rung’s own', () => {
  function shelfWith(strict: boolean, comparison: 'below' | 'above', value: string): PackShelf {
    const rung = { status: 'call', metric: 'equityToMaintenance', comparison, strict, value, cites: 'a test', certainty: 'house' };
    const changed = withPacks(shippedPacks(), [{ ...shippedPacks().packs.get('us-reg-t'), statusLadder: [rung] }]);
    if (!changed.ok) throw new Error(changed.fault.message);
    return changed.value;
  }
  test.each([
    [true, 'below', '75000', 'healthy'],
    [false, 'below', '75000', 'call'],
    [true, 'above', '75000', 'healthy'],
    [false, 'above', '75000', 'call'],
    [true, 'above', '74999.99', 'call'],
  ] as const)('strict %s, %s, a debt of %s: %s', (strict, comparison, debt, status) => {
    expect(indebted(debt, { packs: ['us-reg-t'], shelf: shelfWith(strict, comparison, '1') }).status).toBe(status);
  });
});
