import { expect, test } from 'vitest';
import { stateOf } from '../engine/build.ts';
import { accountPoolsOf, poolView } from '../../shared/pool-view.ts';

const portfolio = stateOf({
  instruments: { XYZ: { kind: 'equity', currency: 'USD' }, ABC: { kind: 'equity', currency: 'USD' } },
  prices: { XYZ: '100', ABC: '50' },
  positions: [['XYZ', '100'], ['ABC', '-100', 'short']],
  cash: '10000',
  packs: ['us-portfolio-margin'],
  pool: { model: 'scan' },
});

test('scenarios of each class come with bars of the largest result either way, and the one that decides', () => {
  const [pool] = accountPoolsOf(portfolio).pools;
  expect(pool && poolView.parse(pool)).toEqual(pool);
  expect(pool?.strips.map(({ title, loss, worst, bars }) => [title, loss, worst, bars.length])).toEqual([['ABC', '750', 9, 10], ['XYZ', '1500', 0, 10]]);
  const [, xyz] = pool?.strips ?? [];
  expect(xyz?.bars.map(({ amount }) => amount)).toEqual(['-1500', '-1200', '-900', '-600', '-300', '300', '600', '900', '1200', '1500']);
  expect(xyz?.bars.map(({ length }) => length)).toEqual([-100, -80, -60, -40, -20, 20, 40, 60, 80, 100]);
});

test('the risk stack stands apart and the model has words; a pool by rule has no strips and no risk stack', () => {
  expect(accountPoolsOf(portfolio).pools[0]).toMatchObject({ modelWords: 'by risk scenarios', risk: { initial: '2250', maintenance: '2250' } });
  const plain = stateOf({ instruments: { XYZ: { kind: 'equity', currency: 'USD' } }, prices: { XYZ: '100' }, positions: [['XYZ', '100']] });
  expect(accountPoolsOf(plain)).toMatchObject({ pools: [{ modelWords: 'by rule and strategy', risk: null, strips: [], prices: [] }], movable: [] });
});
