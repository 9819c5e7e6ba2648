import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOfPack } from '../../../main/engine/calc-pack/account-of-pack.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { inputsOfAccount, packOfAccount } from '../../../main/engine/calc-pack/pack-of-account.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { verifyPack } from '../../../main/engine/calc-pack/verify-pack.ts';
import { accountStateOf, marginAccount } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import type { AccountInput } from '../../../main/engine/input.ts';
import { accountOf, marketOf, trade, type Desk } from '../build.ts';
import { decimalBetween, manyPools } from '../random-book.ts';
import { reduced } from './reduced.ts';

const shelf = shippedPacks();
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What a pack has to carry beside positions: pools of every kind, a sweep, a prior day, trades, statistics of the market. */
const accounts = fc
  .record({
    many: manyPools(),
    packs: fc.constantFrom(['us-reg-t', 'house-standard', 'broker-list'], ['us-reg-t', 'house-fidelity'], ['us-reg-t', 'house-standard', 'house-concentration']),
    trades: fc.option(fc.array(fc.tuple(decimalBetween(-50, 50, 0), decimalBetween(1, 100, 2)), { maxLength: 3 })),
    prior: fc.boolean(),
    newAccount: fc.boolean(),
    adv: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  })
  .map(({ many: { account, market }, packs, trades, prior, newAccount, adv }) => {
    const [cross, ...others] = account.pools;
    if (!cross) throw new Error('no pool');
    const traded = cross.positions[0]?.instrument ?? 'PLAIN';
    const full: AccountInput = {
      ...account,
      newAccount,
      prior: prior ? { sma: '1000', equity: '5000' } : null,
      activity: trades?.map(([quantity, price], at) => trade(traded, quantity, price, `T${at}`)) ?? null,
      pools: [{ ...cross, packs, excluded: newAccount ? [{ symbol: 'ODD', reason: 'cannot be read', short: prior }] : [] }, ...others],
    };
    const stats = adv === null ? null : new Map(['PLAIN', 'CHEAP', 'BROAD'].map((name) => [name, { adv20: String(adv), sharesOutstanding: '1000000', sector: 'Software' }]));
    return { account: full, market: { ...market, ...(stats ? { stats } : {}) } };
  });

test('a pack gives the figures of the account it was made of, trees and all', () => {
  fc.assert(
    fc.property(accounts, ({ account, market }) => {
      const read = readCalcPack(plain(inputsOfAccount(account, market, shelf)));
      const prepared = read.ok ? preparePack(read.value) : read;
      if (!prepared.ok) throw new Error(`${prepared.fault.at} ${prepared.fault.message}`);
      const [replayed] = prepared.value.accounts;
      if (!replayed) throw new Error('no account');
      const again = JSON.stringify(accountStateOf(marginAccount(replayed, prepared.value.market, prepared.value.shelf)));
      const before = JSON.stringify(accountStateOf(marginAccount(account, market, shelf)));
      // Bytes first: telling two trees apart takes long, and they seldom differ.
      if (again !== before) expect(JSON.parse(again)).toEqual(JSON.parse(before));
      expect(again === before).toBe(true);
    }),
    reduced(100),
  );
});

test('a pack with its result, written to JSON and read back, verifies and has the same bytes when made again', () => {
  fc.assert(
    fc.property(accounts, ({ account, market }) => {
      const pack = packOfAccount(account, market, shelf);
      if (!pack.ok) throw new Error(pack.fault.message);
      const text = JSON.stringify(pack.value);
      expect(text).not.toMatch(/NaN|Infinity/);
      const read = readCalcPack(JSON.parse(text));
      if (!read.ok) throw new Error(`${read.fault.at} ${read.fault.message}`);
      const verified = verifyPack(read.value);
      expect(verified.ok && verified.value.differences).toEqual([]);
      const again = packOfAccount(account, market, shelf);
      expect(again.ok && JSON.stringify(again.value) === text).toBe(true);
    }),
    reduced(15),
  );
});

/** The same document with the keys of every object in another order. */
function reordered(value: unknown, turn: number): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, turn));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, reordered(item, turn)] as const);
  const at = entries.length === 0 ? 0 : turn % entries.length;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].toReversed());
}

test('the order of keys in a pack changes no byte of its result', () => {
  fc.assert(
    fc.property(accounts, fc.integer({ min: 0, max: 20 }), ({ account, market }, turn) => {
      const pack = plain(inputsOfAccount(account, market, shelf));
      const [there, back] = [pack, reordered(pack, turn)].map((document) => {
        const read = readCalcPack(document);
        const prepared = read.ok ? preparePack(read.value) : read;
        if (!prepared.ok) throw new Error(prepared.fault.message);
        return JSON.stringify(prepared.value.accounts.map((input) => accountStateOf(marginAccount(input, prepared.value.market, prepared.value.shelf))));
      });
      expect(back === there).toBe(true);
    }),
    reduced(100),
  );
});

test('one changed amount is found, and told by the places it moved', () => {
  let told = 0;
  const runs = reduced(10);
  fc.assert(
    fc.property(accounts, ({ account, market }) => {
      const made = packOfAccount(account, market, shelf);
      if (!made.ok) throw new Error(made.fault.message);
      const [first, ...others] = made.value.accounts;
      const [pool, ...pools] = first?.pools ?? [];
      if (!first || !pool) throw new Error('no pool');
      const changed = { ...made.value, accounts: [{ ...first, pools: [{ ...pool, cash: { USD: '0.01' } }, ...pools] }, ...others] };
      const verified = verifyPack(changed);
      if (!verified.ok) throw new Error(verified.fault.message);
      expect(verified.value.differences.some(({ at }) => at === 'result.accounts[0].pools[0].netLiq')).toBe(true);
      told += 1;
    }),
    runs,
  );
  expect(told).toBe(runs.numRuns);
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
