import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountStateOf, marginAccount } from '../../main/engine/margin.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { Decimal } from '../../shared/money.ts';
import { accountOf, marketOf } from './build.ts';
import { decimalBetween, randomDesk } from './random-book.ts';

const shelf = shippedPacks();

test('whatever happens in an isolated pool, the cross pool stays as it is and the account loses no more than the collateral', () => {
  fc.assert(
    fc.property(randomDesk(), decimalBetween(-200_000, 200_000, 2), (desk, cash) => {
      const account = accountOf(desk);
      const market = marketOf(desk);
      const [cross] = account.pools;
      if (!cross) throw new Error('no pool');
      const isolated = { ...cross, id: 'isolated', mode: 'isolated' as const, cash: [{ currency: 'USD', kind: 'tradeDate' as const, amount: cash, valueDate: null }] };
      const alone = accountStateOf(marginAccount(account, market, shelf));
      const both = accountStateOf(marginAccount({ ...account, pools: [cross, isolated] }, market, shelf));
      expect(both.pools[0]).toEqual(alone.pools[0]);
      const [, pool] = both.pools;
      const gained = new Decimal(both.equity).minus(alone.equity);
      expect(gained.eq(Decimal.max(0, pool?.equity ?? 0))).toBe(true);
      expect(new Decimal(both.excess).eq(new Decimal(both.equity).minus(both.maintenance))).toBe(true);
      expect(new Decimal(both.available).eq(new Decimal(both.equity).minus(both.initial))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
