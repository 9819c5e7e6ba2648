import { describe, expect, test } from 'vitest';
import { computePack } from '../../main/engine/calc-pack/compute-pack.ts';
import { inputsOfAccount } from '../../main/engine/calc-pack/pack-of-account.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { callPrice } from '../../main/engine/trigger.ts';
import { explainCallPrice } from '../../main/engine/trigger/explained.ts';
import type { ExplainNode } from '../../shared/explain.ts';
import { accountOf, call, idOf, marketOf, put, stock, type Desk } from './build.ts';
import { wrongNodes } from './explain-checker.ts';

const inputs = (desk: Desk) => [accountOf(desk), marketOf(desk), desk.shelf ?? shippedPacks()] as const;
const explained = (desk: Desk, instrument = 'XYZ'): ExplainNode => explainCallPrice(...inputs(desk), instrument);
const held = (quantity: string, price: string, cash: string): Desk => ({ instruments: { XYZ: stock() }, prices: { XYZ: price }, positions: [['XYZ', quantity]], cash });

/** A short strangle at 60 with puts at 55 and calls at 65, two of each; no stock. */
const strangle: Desk = {
  instruments: { XYZ: stock(), [idOf(call('XYZ', '65'))]: call('XYZ', '65'), [idOf(put('XYZ', '55'))]: put('XYZ', '55') },
  prices: { XYZ: '60', [idOf(call('XYZ', '65'))]: '3', [idOf(put('XYZ', '55'))]: '2' },
  positions: [[idOf(call('XYZ', '65')), '-2'], [idOf(put('XYZ', '55')), '-2']],
  cash: '3000',
};

describe('the tree of a call price', () => {
  test('is the price, with equity and requirement computed there, and they are equal', () => {
    const tree = explained(held('400', '100', '-18000'));
    expect(tree).toMatchObject({ label: 'Call price of XYZ', op: 'choice', amount: '60', unit: 'USD', arithmetic: 'the mark is 100; no price on the other side calls the account' });
    const [below] = tree.children;
    expect(below).toMatchObject({ label: 'Called below the mark, pool cross', amount: '60', arithmetic: 'at 60: equity 6,000.00, requirement 6,000.00; they are equal' });
    expect(below?.children.map(({ label, amount }) => [label, amount])).toEqual([['Price of XYZ below its mark', '60'], ['Excess', '0']]);
    expect(below?.children[1]?.children.map(({ amount }) => amount)).toEqual(['6000', '6000']);
  });
  test('re-evaluates to its root, node by node, and what is said there is the margin function at that price', () => {
    for (const desk of [held('400', '100', '-18000'), held('-500', '40', '39000'), held('100', '90', '-5000'), strangle]) {
      const tree = explained(desk);
      expect(wrongNodes(tree)).toEqual([]);
      const { down, up } = callPrice(...inputs(desk), 'XYZ');
      expect(tree.children.map(({ amount }) => amount)).toEqual([down, up].filter((price) => price !== null));
    }
  });
  test('has both prices where both call the account, and is the nearer', () => {
    const tree = explained(strangle);
    expect(tree.children).toHaveLength(2);
    expect(tree.chosen).toBe(1);
    expect(tree.arithmetic).toBe('the nearer to the mark of 60; both call the account');
  });
  test('says so where its last decimal does not meet the line exactly', () => {
    const [below] = explained(held('100', '90', '-5000')).children;
    expect(below?.amount).toBe('66.6666666667');
    expect(below?.arithmetic).toMatch(/from one step of its last decimal to the next their difference changes its sign$/);
  });
  test('of portfolio margin is what the search followed: options go with their underlying', () => {
    const P95 = put('XYZ', '95', { style: 'european' });
    const desk: Desk = { instruments: { XYZ: stock(), [idOf(P95)]: P95 }, prices: { XYZ: '100', [idOf(P95)]: '3' }, positions: [['XYZ', '1000'], [idOf(P95), '-10']], cash: '-60000', packs: ['us-portfolio-margin'], pool: { model: 'scan' } };
    const tree = explained(desk);
    expect(wrongNodes(tree)).toEqual([]);
    const [below] = tree.children;
    expect(below?.amount).toBe(callPrice(...inputs(desk), 'XYZ').down);
    // The price has six decimals, and a thousand shares hang on the last of them.
    expect(Math.abs(Number(below?.children[1]?.amount))).toBeLessThan(0.01);
    // With the put's mark standing still, excess there would be far above zero.
    const still = { ...desk, prices: { ...desk.prices, XYZ: below?.amount ?? '0' } };
    expect(callPrice(...inputs(still), 'XYZ').down).not.toBe(below?.amount);
  });
  test('has no amount where no price calls the account, or there is no mark, and says why', () => {
    expect(explained(held('400', '100', '10'))).toMatchObject({ amount: null, arithmetic: 'no price of XYZ alone, above or below 100, brings equity to the requirement' });
    expect(explained(held('400', '100', '10'), 'ABC')).toMatchObject({ amount: null, arithmetic: 'ABC has no mark to move' });
    expect(wrongNodes(explained(held('400', '100', '10')))).toEqual([]);
  });
});

test('a pool of options alone lists the call prices of their underlying; a pool that holds it does not list it twice', () => {
  const underlyingsOf = (desk: Desk) => {
    const [account, market, shelf] = inputs(desk);
    const result = computePack(inputsOfAccount(account, market, shelf));
    if (!result.ok) throw new Error(result.fault.message);
    return result.value.accounts[0]?.pools[0]?.underlyings;
  };
  expect(underlyingsOf(strangle)).toEqual([{ instrument: 'XYZ', callPrice: callPrice(...inputs(strangle), 'XYZ') }]);
  expect(underlyingsOf({ ...strangle, positions: [...strangle.positions, ['XYZ', '100']] })).toBe(undefined);
});
