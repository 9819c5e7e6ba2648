import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { openDesk, type RunningDesk } from '../../main/desk/open-desk.ts';
import { computeDocument } from '../../main/desk/packs.ts';
import { temporaryFolder, valueOf } from './desk-fixture.ts';

const PERPETUAL = { kind: 'perpetual', currency: 'USD', underlying: 'BTC', multiplier: '1', price: '30000' };
const COIN = { kind: 'coin', currency: 'USD', multiplier: '1' };

/** Two venue pools with the same contract, one in two lots, and a loan. */
const PACK = {
  format: 'plimsoll/calc-pack@1',
  asOf: '2026-11-20T21:00:00Z',
  baseCurrency: 'USD',
  instruments: { BTCUSDT: PERPETUAL, ETH: { ...COIN, price: '2000' }, DAI: { ...COIN, price: '1' } },
  accounts: [
    {
      id: 'V1',
      regime: 'venue',
      pools: [
        { id: 'a', mode: 'venue', model: 'bracket', packs: ['binance-usdm'], cash: { USD: '5000' }, positions: [{ instrument: 'BTCUSDT', quantity: '1', settledPrice: '32000' }, { instrument: 'BTCUSDT', quantity: '1', settledPrice: '31000' }] },
        { id: 'b', mode: 'venue', model: 'bracket', packs: ['hyperliquid'], cash: { USD: '50000' }, positions: [{ instrument: 'BTCUSDT', quantity: '-1', settledPrice: '32000' }] },
      ],
    },
    { id: 'L1', regime: 'venue', pools: [{ id: 'loan', model: 'lending', packs: ['lending-aave-v3'], collateral: [{ instrument: 'ETH', quantity: '10', loanToValue: '0.8', liquidationThreshold: '0.825' }], debt: [{ instrument: 'DAI', quantity: '12000' }] }] },
  ],
};

async function packDesk(pack: unknown = PACK): Promise<RunningDesk> {
  const book = join(temporaryFolder(), 'venues.json');
  writeFileSync(book, JSON.stringify(pack));
  const desk = valueOf(await openDesk({ book, user: 'tester', program: 'test' }));
  onTestFinished(() => desk.close());
  return desk;
}

test('a calc pack opens as a book that cannot be changed, with the figures that computing it gives', async () => {
  const desk = await packDesk();
  expect(valueOf(await desk.ask('book.info', {}))).toMatchObject({ name: 'venues · calc pack', readOnly: true, accounts: 2, businessDate: '2026-11-20' });
  const computed = valueOf(computeDocument(JSON.stringify(PACK)));
  const states = computed.kind === 'pack' ? computed.result.accounts : [];
  for (const { id, equity, maintenance, status } of states) {
    const { row } = valueOf(await desk.ask('accounts.view', { account: id }));
    expect(row).toMatchObject({ equity, maintenance, status, indicative: false });
  }
  expect(states).toHaveLength(2);
  expect(await desk.ask('marks.set', { instrument: 'BTCUSDT', price: '1' })).toMatchObject({ ok: false, fault: { code: 'calc-pack' } });
  expect(valueOf(await desk.ask('imports.list', {})).rows).toEqual([]);
});

test('lots of one pool are one row, the same contract in another pool is another; each opens its own tree', async () => {
  const desk = await packDesk();
  const { positions } = valueOf(await desk.ask('accounts.view', { account: 'V1' }));
  expect(positions.map(({ group, quantity, valueInBase, houseMaintenance }) => [group, quantity, valueInBase, houseMaintenance])).toEqual([
    ['BTC · a', '2', '-3000', '250'],
    ['BTC · b', '-1', '2000', '375'],
  ]);
  for (const { key, houseMaintenance } of positions) expect(valueOf(await desk.ask('margin.explain', { account: 'V1', figure: 'maintenance', position: key })).amount).toBe(houseMaintenance);
});

test('a loan shows what secures it and what is owed', async () => {
  const desk = await packDesk();
  const { positions } = valueOf(await desk.ask('accounts.view', { account: 'L1' }));
  expect(positions.map(({ instrument, quantity, valueInBase }) => [instrument, quantity, valueInBase])).toEqual([['ETH', '10', '20000'], ['DAI', '-12000', '-12000']]);
});

test('a loan has the prices at which it is liquidated, in its rows, in its pool and on a what-if', async () => {
  const desk = await packDesk();
  // 10 ETH at 82.5 % carry 12,000 down to 12,000 / 8.25; DAI up to 16,500 / 12,000.
  const prices = [['ETH', { down: '1454.5454545455', up: null }], ['DAI', { down: null, up: '1.375' }]];
  const { positions } = valueOf(await desk.ask('accounts.view', { account: 'L1' }));
  expect(positions.map(({ instrument, liquidation }) => [instrument, liquidation])).toEqual(prices);
  expect(positions.map(({ callPriceDown }) => callPriceDown)).toEqual(['1454.5454545455', null]);
  expect(valueOf(await desk.ask('account.pools', { account: 'L1' })).pools[0]?.prices.map(({ instrument, liquidation }) => [instrument, liquidation])).toEqual(prices);
  const { branchId } = valueOf(await desk.ask('whatif.open', { account: 'L1' }));
  const repaid = valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'setQuantity', position: positions[1]?.key ?? '', quantity: '-6000' } }));
  // The 6,000 are paid in cash that the pool does not have: what is owed in USD takes their place.
  expect(repaid.positions[0]?.liquidation?.up ?? null).toBeNull();
});

test('money in several pools says in which it is; a calc pack says that it is one', async () => {
  const desk = await packDesk();
  expect(valueOf(await desk.ask('accounts.view', { account: 'V1' })).cash.map(({ pool, amount }) => [pool, amount])).toEqual([['a', '5000'], ['b', '50000']]);
  expect(valueOf(await desk.ask('book.info', {})).isCalcPack).toBe(true);
});

test('a venue account is compared with another venue when nobody says with what, a loan with another lender', async () => {
  const desk = await packDesk();
  for (const [account, model] of [['V1', 'venue-standard'], ['L1', 'lending-standard']] as const) {
    const { regimes } = valueOf(await desk.ask('account.compare', { account, regimes: [] }));
    expect(regimes).toHaveLength(2);
    expect(regimes[1]?.status).not.toBe('indeterminate');
    expect(JSON.stringify(regimes[1])).toContain(model);
  }
});

test('a what-if trades at the mark in the position’s own pool, so that equity stands still; a smaller row gives up its lots in turn', async () => {
  const desk = await packDesk();
  const { positions } = valueOf(await desk.ask('accounts.view', { account: 'V1' }));
  const { branchId, headlines } = valueOf(await desk.ask('whatif.open', { account: 'V1' }));
  const equity = headlines.find(({ figure }) => figure === 'equity')?.live;
  // 3 contracts are 90,000 of notional, in the second tier: 0.5 % less 50.
  for (const [row, quantity, maintenance] of [[0, '3', '400'], [0, '0.5', '60'], [0, '0', '0'], [1, '-2', '750']] as const) {
    const view = valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'setQuantity', position: positions[row]?.key ?? '', quantity } }));
    expect([view.headlines.find(({ figure }) => figure === 'equity')?.branch, view.positions[row]?.quantity ?? quantity, view.positions[row]?.houseMaintenance ?? maintenance]).toEqual([equity, quantity, maintenance]);
  }
  const moved = valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'setPrice', instrument: 'BTCUSDT', price: '31000' } }));
  expect(moved.headlines.find(({ figure }) => figure === 'equity')).toMatchObject({ live: equity, change: '-2000' });
});

test('a file that is no calc pack is one fault that names the file and the place in it', async () => {
  const book = join(temporaryFolder(), 'broken.json');
  writeFileSync(book, JSON.stringify({ ...PACK, accounts: [{ id: 'V1', pools: [{ id: 'a', model: 'bracket' }] }] }));
  expect(await openDesk({ book, user: 'tester', program: 'test' })).toMatchObject({ ok: false, fault: { code: 'bad-calc-pack', at: `${book} accounts[0].pools[0]` } });
});
