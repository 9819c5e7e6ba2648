import { describe, expect, test } from 'vitest';
import type { PoolInput } from '../../main/engine/input.ts';
import { accountStateOf, explainFigure, marginAccount } from '../../main/engine/margin.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { accountOf, cashRow, marketOf, rate, stock, type Desk } from './build.ts';
import { wrongNodes } from './explain-checker.ts';

const desk: Desk = { instruments: { XYZ: stock() }, prices: { XYZ: '100' }, positions: [], fx: [rate('EUR', 'USD', '1.25')], packs: ['us-reg-t', 'house-standard'] };
const plain = accountOf(desk);

/** A pool of 1,000 shares at 100 (house maintenance 30,000) on a debt. */
function pool(id: string, debt: string, change: Partial<PoolInput> = {}): PoolInput {
  const [base] = plain.pools;
  if (!base) throw new Error('no pool');
  return { ...base, id, positions: [{ instrument: 'XYZ', subType: 'margin', quantity: '1000', entryPrice: null }], cash: [cashRow(`-${debt}`)], ...change };
}
const marginOf = (...pools: PoolInput[]) => marginAccount({ ...plain, pools }, marketOf(desk), shippedPacks());

describe('the account is the roll-up of its pools', () => {
  const margin = marginOf(pool('rich', '10000'), pool('poor', '75000'), pool('middle', '40000'));
  const state = accountStateOf(margin);
  test('money adds up; a deficit in one pool and an excess in another both show', () => {
    expect(state).toMatchObject({ equity: '175000', maintenance: '90000', excess: '85000', deficit: '5000' });
  });
  test('health and status are the worst pool’s, named; never the ratio of the sums', () => {
    expect(state).toMatchObject({ healthPool: 'poor', healthRatio: '0.833333', status: 'call' });
    expect(state.statusReason).toContain('25,000.00 USD');
  });
  test('its trees hold the pools', () => {
    const tree = explainFigure(margin, 'maintenance');
    expect(tree.children.map(({ subject }) => subject?.pool)).toEqual(['rich', 'poor', 'middle']);
    expect(wrongNodes(tree)).toEqual([]);
    expect(wrongNodes(explainFigure(margin, 'healthRatio'))).toEqual([]);
  });
});

describe('pools at venues are out of each other’s reach', () => {
  const atVenue = { mode: 'venue' as const };
  test('where one is short, what another has over is not counted: the deficit is what excess is below nothing', () => {
    const margin = marginOf(pool('rich', '10000', atVenue), pool('poor', '75000', atVenue), pool('middle', '40000'));
    expect(accountStateOf(margin)).toMatchObject({ equity: '175000', maintenance: '90000', excess: '-5000', deficit: '5000', status: 'call' });
    // Initial is as much again as the debts leave: 50,000 a pool.
    expect(accountStateOf(margin)).toMatchObject({ initial: '150000', available: '-25000' });
    for (const figure of ['excess', 'available'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
  });
  test('where none is short they add up', () => {
    expect(accountStateOf(marginOf(pool('rich', '10000', atVenue), pool('middle', '40000', atVenue)))).toMatchObject({ excess: '90000', deficit: '0' });
  });
});

test('a pool in another currency comes in at its exchange rate', () => {
  const margin = marginOf(pool('usd', '10000'), pool('eur', '0', { currency: 'EUR', positions: [], cash: [cashRow('200', 'tradeDate', 'EUR')] }));
  expect(accountStateOf(margin)).toMatchObject({ equity: '90250' });
  expect(wrongNodes(explainFigure(margin, 'equity'))).toEqual([]);
});

test('a pool in a currency without a rate leaves the account indeterminate and out of the sums', () => {
  const state = accountStateOf(marginOf(pool('usd', '10000'), pool('chf', '0', { currency: 'CHF', positions: [], cash: [cashRow('200', 'tradeDate', 'CHF')] })));
  expect(state).toMatchObject({ equity: '90000', status: 'indeterminate' });
});

test('an account without pools holds nothing and is healthy', () => {
  expect(accountStateOf(marginOf())).toMatchObject({ equity: '0', status: 'healthy', healthPool: null, healthRatio: null, statusReason: 'Nothing is held.' });
});
