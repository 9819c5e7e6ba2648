import { describe, expect, test } from 'vitest';
import type { AccountInput, PoolInput } from '../../main/engine/input.ts';
import { accountStateOf, explainFigure, marginAccount } from '../../main/engine/margin.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { callPrice } from '../../main/engine/trigger.ts';
import { accountOf, cashRow, marketOf, stock, type Desk } from './build.ts';
import { wrongNodes } from './explain-checker.ts';

// 1,000 shares at 100 on a debt of 40,000 (house maintenance 30,000), and two E-minis at 24,000 each.
const desk: Desk = {
  instruments: { XYZ: stock(), ESZ6: { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'ES' } },
  prices: { XYZ: '100', ESZ6: '6000' },
  positions: [['XYZ', '1000']],
  cash: '-40000',
  packs: ['us-reg-t', 'house-standard'],
};
const market = marketOf(desk);

function futuresPool(settledPrice: string, cash: string): PoolInput {
  return {
    id: 'futures',
    mode: 'cross',
    model: 'fixed',
    currency: 'USD',
    packs: ['us-futures', 'house-futures'],
    cash: cash === '0' ? [] : [cashRow(cash, 'futuresSegment')],
    positions: [{ instrument: 'ESZ6', subType: 'futures', quantity: '2', entryPrice: null, settledPrice }],
    excluded: [],
  };
}

function account(futures: PoolInput, change: Partial<AccountInput> = {}): AccountInput {
  const base = accountOf(desk);
  return { ...base, pools: [...base.pools, futures], ...change };
}
const marginOf = (given: AccountInput) => marginAccount(given, market, shippedPacks());

describe('securities and futures in one account', () => {
  test('each pool has its own model; money adds up, and a shortfall in one is not met by the other', () => {
    const state = accountStateOf(marginOf(account(futuresPool('6000', '40000'))));
    expect(state).toMatchObject({ equity: '100000', maintenance: '78000', excess: '22000', deficit: '8000', status: 'call', healthPool: 'futures', healthRatio: '0.833333' });
    expect(state.pools.map(({ id, status, callAmount }) => [id, status, callAmount])).toEqual([['cross', 'healthy', undefined], ['futures', 'call', '12800']]);
  });
});

describe('a broker that sweeps', () => {
  const sweep = { from: 'cross', to: 'futures' };
  const swept = account(futuresPool('6100', '0'), { sweep });
  test('keeps the futures at their maintenance and leaves the rest of the money to the securities', () => {
    const state = accountStateOf(marginOf(swept));
    // 60,000 of equity less a loss of 10,000; 30,000 + 48,000 asked for.
    expect(state).toMatchObject({ equity: '50000', maintenance: '78000', excess: '-28000', deficit: '28000', status: 'liquidation', healthPool: 'cross' });
    expect(state.pools[1]).toMatchObject({ equity: '48000', deficit: '0', status: 'healthy' });
  });
  test('is bankrupt when all the money together is gone, and not before', () => {
    const at = (debt: string) => {
      const [cross, futures] = swept.pools;
      if (!cross || !futures) throw new Error('no pools');
      return accountStateOf(marginOf({ ...swept, pools: [{ ...cross, cash: [cashRow(`-${debt}`)] }, futures] }));
    };
    expect(at('89999')).toMatchObject({ netLiq: '1', status: 'liquidation' });
    expect(at('90001')).toMatchObject({ netLiq: '-1', status: 'bankrupt' });
  });
  test('its sums are those without the sweep, and its deficit is that of all the money together', () => {
    const without = accountStateOf(marginOf(account(futuresPool('6100', '0'))));
    const { equity, netLiq, initial, maintenance, excess, available } = accountStateOf(marginOf(swept));
    expect(without).toMatchObject({ equity, netLiq, initial, maintenance, excess, available });
  });
  test('hands on what the futures have beyond their requirement', () => {
    expect(accountStateOf(marginOf(account(futuresPool('5000', '0'), { sweep })))).toMatchObject({ deficit: '0', excess: '82000', status: 'healthy' });
  });
  test('every tree adds up, and none is without the sweep', () => {
    const margin = marginOf(swept);
    for (const figure of ['equity', 'excess', 'deficit', 'healthRatio'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
    expect(JSON.stringify(explainFigure(margin, 'excess'))).toContain('kept at its maintenance requirement');
  });
  test('a future’s price reaches the securities’ excess: the call price is where all the money is used up', () => {
    const rich = account(futuresPool('6000', '0'), { sweep });
    const at = callPrice({ ...rich, pools: rich.pools.map((pool) => (pool.id === 'cross' ? { ...pool, cash: [cashRow('0')] } : pool)) }, market, shippedPacks(), 'ESZ6');
    // Equity 100,000 less 78,000 leaves 22,000: 220 points of two contracts at 50.
    expect(at).toEqual({ down: '5780', up: null });
  });
});

describe('an isolated pool', () => {
  const isolated = (debt: string, mode: PoolInput['mode'] = 'isolated'): PoolInput => {
    const [cross] = accountOf(desk).pools;
    if (!cross) throw new Error('no pool');
    return { ...cross, id: 'isolated', mode, cash: [cashRow(`-${debt}`)] };
  };
  test('within its collateral counts like any other', () => {
    expect(accountStateOf(marginOf(account(isolated('80000'))))).toMatchObject({ equity: '80000', excess: '20000', deficit: '10000' });
  });
  test('beyond its collateral costs the account no more than that', () => {
    const state = accountStateOf(marginOf(account(isolated('130000'))));
    expect(state).toMatchObject({ equity: '60000', netLiq: '60000', maintenance: '60000', excess: '0', available: '-40000', deficit: '30000', status: 'bankrupt' });
    expect(state.pools[1]).toMatchObject({ equity: '-30000', deficit: '60000', status: 'bankrupt' });
  });
  test('leaves the cross pool as it is', () => {
    const [cross] = accountStateOf(marginOf(account(isolated('130000')))).pools;
    expect(cross).toEqual(accountStateOf(marginOf(accountOf(desk))).pools[0]);
  });
  test('a cross pool below zero is not floored', () => {
    expect(accountStateOf(marginOf(account(isolated('130000', 'cross'))))).toMatchObject({ equity: '30000', deficit: '60000' });
  });
  test('its trees add up', () => {
    const margin = marginOf(account(isolated('130000')));
    for (const figure of ['equity', 'netLiq', 'excess', 'available', 'deficit'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
  });
});
