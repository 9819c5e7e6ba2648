import { expect, test } from 'vitest';
import { accountInput, marketInput } from '../../main/desk/margin-inputs.ts';
import { deskPacks } from '../../main/desk/compute.ts';
import { marginAccount } from '../../main/engine/margin.ts';
import { playDemo, stateOf } from './play.ts';

test('the pairing of every underlying of the demo book is proved to be the least, and often beats the greedy one', () => {
  const { holdings } = stateOf(playDemo());
  const market = marketInput(holdings);
  const accounts = [...holdings.accounts.values()].map((account) => marginAccount(accountInput(account, holdings), market, deskPacks()));
  const pairings = accounts.flatMap(({ pools }) => pools.flatMap((pool) => pool.pairings ?? []));
  expect(pairings.length).toBeGreaterThan(500);
  expect(pairings.filter(({ proved }) => !proved).map(({ group }) => group)).toEqual([]);
  const qualities = pairings.map(({ quality }) => quality());
  expect(qualities.filter(({ gap }) => !gap.isZero())).toEqual([]);
  // Nearly always the bound without whole contracts is met exactly, which needs no trust in the search.
  expect(qualities.filter(({ relaxed, cost }) => relaxed.eq(cost)).length).toBeGreaterThan(0.99 * qualities.length);
  expect(qualities.filter(({ greedy, cost }) => greedy().gt(cost)).length).toBeGreaterThan(50);
});
