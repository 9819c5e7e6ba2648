import { describe, expect, test } from 'vitest';
import type { ExplainNode } from '../../shared/explain.ts';
import { accountStateOf, explainFigure, explainPosition } from '../../main/engine/margin.ts';
import { bond, call, idOf, marginOf, put, stock, type Desk } from './build.ts';
import { nodesOf } from './explain-checker.ts';

const short = put('XYZ', '80');
const desk: Desk = {
  instruments: { XYZ: stock(), T: bond({ issuer: 'treasury', maturity: '2030-05-15', coupon: '4' }), [idOf(short)]: short },
  prices: { XYZ: '95', T: '99.5', [idOf(short)]: '2' },
  positions: [['XYZ', '100'], ['T', '10000'], [idOf(short), '-1']],
  cash: '1000',
  packs: ['us-reg-t', 'house-standard'],
};
const margin = marginOf(desk);
const labels = (node: ExplainNode | undefined): string[] => node?.children.map(({ label }) => label) ?? [];

describe('the tree of maintenance', () => {
  const tree = explainFigure(margin, 'maintenance');
  test('goes account → pool → group → strategy → leg', () => {
    const [pool] = tree.children;
    expect([tree.label, tree.subject?.account, pool?.subject?.pool]).toEqual(['Maintenance requirement', 'A1', 'cross']);
    expect(labels(pool)).toEqual(['T', 'XYZ']);
    expect(labels(pool?.children[1])).toEqual(['long stock', 'uncovered put']);
    expect(labels(pool?.children[1]?.children[0])).toEqual(['House maintenance, XYZ']);
  });
  test('sets the exchange beside the house in each leg, with the rule of each', () => {
    const leg = tree.children[0]?.children[1]?.children[0]?.children[0];
    expect([leg?.op, leg?.chosen, leg?.amount]).toEqual(['greatest', 1, '2850']);
    expect(leg?.children.map(({ rule, arithmetic }) => [rule?.cites, arithmetic])).toEqual([
      ['FINRA 4210(c)(1)', '25% × 9,500.00 = 2,375.00'],
      ['House policy', '30% × 9,500.00 = 2,850.00'],
    ]);
  });
  test('writes the option’s line as a clerk does', () => {
    const line = nodesOf(tree).find(({ label }) => label === 'Rate times underlying, less out of the money');
    expect(line?.arithmetic).toBe('20% × 95.00 − 15.00 = 4.00');
  });
  test('ends in inputs that all say where they come from', () => {
    const inputs = nodesOf(tree).filter(({ op }) => op === 'input');
    expect(inputs.every(({ source }) => source !== undefined)).toBe(true);
    expect(inputs.map(({ source }) => source)).toEqual(expect.arrayContaining(['close 2026-11-20, test.csv', 'rule pack us-reg-t@2026-06-04, exchange.stock.long']));
  });
  test('shows that a rule is only recalled', () => {
    const recalled = nodesOf(tree).filter(({ rule }) => rule?.status === 'unverified');
    expect(recalled.map(({ rule }) => rule?.parameter)).toContain('exchange.bond.treasury.under5Years');
  });
});

test('initial names the rule that makes it the greatest of all', () => {
  const leg = nodesOf(explainFigure(margin, 'initial')).find(({ label }) => label === 'House initial, XYZ');
  expect([leg?.rule?.cites, leg?.amount, leg?.op]).toEqual(['FINRA 4210(b)', '4750', 'greatest']);
});

test('a position’s own tree is its share; null where there is none', () => {
  expect(explainPosition(margin, idOf(short), 'margin')?.amount).toBe('1000');
  expect(explainPosition(margin, 'XYZ', 'short')).toBe(null);
  expect(explainPosition(margin, 'NOPE', 'margin')).toBe(null);
});

test('what is due under Reg T cannot be said from positions, and the tree says why', () => {
  expect(explainFigure(margin, 'regTDueToday')).toMatchObject({ amount: null, arithmetic: 'trades are not known: a requirement is shown, never a call' });
});

test('the pool’s tree in the state is made when it is read, and is the same each time', () => {
  const [pool] = accountStateOf(margin).pools;
  expect(pool?.explain).toBe(pool?.explain);
  expect(structuredClone(pool)?.explain.amount).toBe('4447');
});

test('a call that stock covers shows the stock at no more than the strike', () => {
  const covered = call('XYZ', '90');
  const tree = explainFigure(marginOf({ ...desk, instruments: { ...desk.instruments, [idOf(covered)]: covered }, prices: { ...desk.prices, [idOf(covered)]: '6' }, positions: [['XYZ', '100'], [idOf(covered), '-1']] }), 'maintenance');
  const capped = nodesOf(tree).find(({ label }) => label === 'Stock counts at no more than the strike');
  expect([capped?.op, capped?.amount, capped?.rule?.cites]).toEqual(['least', '90', '12 CFR 220.4(b)(4), FINRA 4210(f)(2)']);
});
