import { expect, test } from 'vitest';
import { openScanPools } from '../../../../main/engine/columns/scan/open-pools.ts';
import { SLOW } from '../../../../main/engine/columns/scan/lane.ts';
import { accountStateOf, marginAccount } from '../../../../main/engine/margin.ts';
import { viewMarket } from '../../../../main/engine/market/market-view.ts';
import type { AccountInput, PoolInput } from '../../../../main/engine/input.ts';
import { shippedPacks } from '../../../../main/engine/packs/shelf.ts';
import { accountOf, call, idOf, marketOf, put, stock, type Desk } from '../../build.ts';

const CALL = call('XYZ', '105', { style: 'european' });
const PUT = put('XYZ', '95', { style: 'european' });
const instruments = { XYZ: stock(), ABC: stock(), [idOf(CALL)]: CALL, [idOf(PUT)]: PUT };
const prices = { XYZ: '100', ABC: '40.25', [idOf(CALL)]: '2.5', [idOf(PUT)]: '1.85' };
const account = (positions: Desk['positions'], more: Partial<Desk> = {}): AccountInput => accountOf({ instruments, prices, positions, cash: '25000', packs: ['us-portfolio-margin'], ...more, pool: { model: 'scan', ...more.pool } });

const accounts = [
  account([['XYZ', '100'], [idOf(CALL), '-1'], [idOf(PUT), '1']]),
  account([['ABC', '-300', 'short'], ['ABC', '50'], ['XYZ', '7']]),
  account([['XYZ', '500']], { packs: ['us-reg-t'], pool: { model: 'strategy' } }),
  account([['XYZ', '0.5']]),
  account([['XYZ', '1000'], [idOf(PUT), '-20']], { cash: '-90000', packs: ['house-portfolio-hybrid'] }),
];
const market = marketOf({ instruments, prices, positions: [] });
const pools = accounts.map(({ pools: [pool] }) => pool as PoolInput);

test('pools of one stack of packs become one lane; other models, and rules without columns, are left to the explaining engine', () => {
  const opened = openScanPools(pools, viewMarket(market), shippedPacks());
  expect(opened.map(({ given }) => [...given])).toEqual([[0, 1, 3]]);
  const [lane] = opened;
  for (const pool of [0, 1]) {
    const { status, netLiq, equity, initial, maintenance, available, excess, deficit } = accountStateOf(marginAccount(accounts[pool] as AccountInput, market, shippedPacks()));
    expect(lane?.figures(pool)).toMatchObject({ status, netLiq, equity, initial, maintenance, available, excess, deficit });
  }
  // 350 shares at 40.25 and seven at 100.
  expect(lane?.figures(1)?.grossMarketValue).toBe('14787.5');
  // Half a share is no whole number.
  expect([lane?.figures(2), lane?.lane.totals.status[2]]).toEqual([null, SLOW]);
});
