import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOfPack } from '../../../main/engine/calc-pack/account-of-pack.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { inputsOfAccount, packOfAccount } from '../../../main/engine/calc-pack/pack-of-account.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { verifyPack } from '../../../main/engine/calc-pack/verify-pack.ts';
import { accountStateOf, marginAccount } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import type { AccountInput, PoolInput } from '../../../main/engine/input.ts';
import { accountOf, marketOf, markOf, trade, type Desk } from '../build.ts';
import { decimalBetween, randomDesk } from '../random-book.ts';

const shelf = shippedPacks();
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A random securities pool, at times with futures beside it, a sweep, trades of the day, and a rate back. */
const accounts = fc
  .record({ desk: randomDesk(), contracts: fc.integer({ min: -3, max: 3 }), settled: fc.option(decimalBetween(5000, 7000, 2)), sweeps: fc.boolean(), trades: fc.boolean() })
  .map(({ desk, contracts, settled, sweeps, trades }) => {
    const futures: PoolInput = {
      id: 'futures',
      mode: 'cross',
      model: 'fixed',
      currency: 'USD',
      packs: ['us-futures', 'house-futures'],
      cash: [],
      positions: [{ instrument: 'ESZ6', subType: 'futures', quantity: String(contracts || 1), entryPrice: null, settledPrice: settled }],
      excluded: [{ symbol: 'ODD', reason: 'cannot be read', short: contracts < 0 }],
    };
    const base = accountOf(desk);
    const market = marketOf(desk);
    const account: AccountInput = {
      ...base,
      prior: { sma: '1000', equity: '5000' },
      activity: trades ? [trade(desk.positions[0]?.[0] ?? 'PLAIN', '1', '50')] : null,
      pools: [...base.pools, futures],
      sweep: sweeps ? { from: 'cross', to: 'futures' } : null,
    };
    const instruments = new Map(market.instruments).set('ESZ6', { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'ES' });
    return { account, market: { ...market, instruments, marks: new Map(market.marks).set('ESZ6', markOf('ESZ6', '6000')) } };
  });

test('a pack gives the figures of the account it was made of, trees and all', () => {
  fc.assert(
    fc.property(accounts, ({ account, market }) => {
      const read = readCalcPack(plain(inputsOfAccount(account, market, shelf)));
      const prepared = read.ok ? preparePack(read.value) : read;
      if (!prepared.ok) throw new Error(`${prepared.fault.at} ${prepared.fault.message}`);
      const [replayed] = prepared.value.accounts;
      if (!replayed) throw new Error('no account');
      expect(plain(accountStateOf(marginAccount(replayed, prepared.value.market, prepared.value.shelf)))).toEqual(plain(accountStateOf(marginAccount(account, market, shelf))));
    }),
    { numRuns: 1000 },
  );
});

test('a pack with its result, written to JSON and read back, verifies and has the same bytes when made again', () => {
  fc.assert(
    fc.property(accounts, ({ account, market }) => {
      const pack = packOfAccount(account, market, shelf);
      if (!pack.ok) throw new Error(pack.fault.message);
      const text = JSON.stringify(pack.value);
      const read = readCalcPack(JSON.parse(text));
      if (!read.ok) throw new Error(`${read.fault.at} ${read.fault.message}`);
      const verified = verifyPack(read.value);
      expect(verified.ok && verified.value.differences).toEqual([]);
      const again = packOfAccount(account, market, shelf);
      expect(again.ok && JSON.stringify(again.value)).toBe(text);
    }),
    { numRuns: 100 },
  );
});

test('a changed input is told by the places where the figures differ', () => {
  const desk: Desk = { instruments: { XYZ: { kind: 'equity', currency: 'USD' }, OTHER: { kind: 'equity', currency: 'USD' } }, prices: { XYZ: '100', OTHER: '1' }, positions: [['XYZ', '100']], cash: '-5000' };
  const made = packOfAccount(accountOf(desk), marketOf(desk), shelf);
  if (!made.ok) throw new Error(made.fault.message);
  expect(Object.keys(made.value.instruments)).toEqual(['XYZ']);
  expect(Object.keys(made.value.rulePacks)).toEqual(['us-reg-t']);
  expect(made.value.result?.accounts[0]).toMatchObject({ equity: '5000', maintenance: '2500' });
  const changed = readCalcPack({ ...(plain(made.value) as object), accounts: [{ ...made.value.accounts[0], pools: made.value.accounts[0]?.pools.map((pool) => ({ ...pool, cashRows: [{ currency: 'USD', kind: 'tradeDate', amount: '-5001' }] })) }] });
  if (!changed.ok) throw new Error(changed.fault.message);
  const verified = verifyPack(changed.value);
  if (!verified.ok) throw new Error(verified.fault.message);
  expect(verified.value.differences).toContainEqual({ at: 'result.accounts[0].equity', before: '5000', after: '4999' });
  const first = changed.value.accounts[0];
  expect(first && accountOfPack(changed.value, first).ok).toBe(true);
});

test('a pack without a result has nothing to verify', () => {
  const desk: Desk = { instruments: {}, prices: {}, positions: [] };
  const verified = verifyPack(inputsOfAccount(accountOf(desk), marketOf(desk), shelf));
  expect(verified.ok ? null : verified.fault.code).toBe('nothing-to-verify');
});
