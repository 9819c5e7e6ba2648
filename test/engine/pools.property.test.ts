import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { statusSeverity } from '../../shared/domain/status.ts';
import { Decimal } from '../../shared/money.ts';
import { accountStateOf, marginAccount } from '../../main/engine/margin.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { viewMarket } from '../../main/engine/market/market-view.ts';
import { accountOf, marketOf } from './build.ts';
import { decimalBetween, manyPools, randomDesk } from './random-book.ts';
import { marginOfMany, FEWER_BOOKS } from './same-books.ts';

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
      expect(JSON.stringify(both.pools[0]) === JSON.stringify(alone.pools[0])).toBe(true);
      const [, pool] = both.pools;
      const gained = new Decimal(both.equity).minus(alone.equity);
      expect(gained.eq(Decimal.max(0, pool?.equity ?? 0))).toBe(true);
      expect(new Decimal(both.excess).eq(new Decimal(both.equity).minus(both.maintenance))).toBe(true);
      expect(new Decimal(both.available).eq(new Decimal(both.equity).minus(both.initial))).toBe(true);
    }),
    FEWER_BOOKS,
  );
});

test('an account is as bad as its worst pool, and says which', () => {
  fc.assert(
    fc.property(manyPools(), (many) => {
      const margin = marginOfMany(many);
      const state = accountStateOf(margin);
      const converted = new Set(margin.pools.flatMap(({ currency }) => (viewMarket(many.market).conversion(currency, many.account.baseCurrency) ? [currency] : [])));
      const worst = Math.max(...state.pools.map(({ status }) => statusSeverity(status)));
      // A pool whose currency has no rate makes the account indeterminate besides.
      if (state.pools.every(({ currency }) => converted.has(currency))) expect(statusSeverity(state.status)).toBe(worst);
      else expect(statusSeverity(state.status)).toBe(Math.max(worst, statusSeverity('indeterminate')));
      const worstPools = state.pools.filter(({ status }) => status === state.status).map(({ id }) => `Pool ${id}: `);
      if (state.pools.length > 1 && worstPools.length > 0) expect(worstPools.some((start) => state.statusReason.startsWith(start))).toBe(true);
    }),
    FEWER_BOOKS,
  );
});

test('pools add up in the base currency, and one pool’s excess never makes up for another’s deficit', () => {
  fc.assert(
    fc.property(manyPools(), (many) => {
      const margin = marginOfMany(many);
      const view = viewMarket(many.market);
      for (const name of ['netLiq', 'equity', 'initial', 'maintenance', 'available', 'excess', 'deficit'] as const) {
        const parts = margin.pools.map((pool) => {
          const factors = view.conversion(pool.currency, many.account.baseCurrency) ?? [];
          const own = pool.figures[name].amount;
          // What is lost beyond an isolated pool's collateral is the lender's.
          const { equity, initial, maintenance } = pool.figures;
          const limits = { netLiq: new Decimal(0), equity: new Decimal(0), available: initial.amount.neg(), excess: maintenance.amount.neg(), initial: null, maintenance: null, deficit: Decimal.max(0, maintenance.amount) };
          const limit = pool.mode === 'isolated' && equity.amount.isNegative() ? limits[name] : null;
          const counted = limit === null ? own : name === 'deficit' ? Decimal.min(own, limit) : Decimal.max(own, limit);
          return factors.reduce((amount: Decimal, factor) => amount.times(factor.amount), counted);
        });
        // Beside a venue's pool that is out of reach, what one has over is not counted where another is short.
        const apart = (name === 'available' || name === 'excess') && parts.length > 1 && margin.pools.some(({ mode }) => mode === 'venue') && parts.some((part) => part.lt(0));
        const total = parts.reduce((sum: Decimal, part) => sum.plus(apart ? Decimal.min(part, 0) : part), new Decimal(0));
        expect(margin.figures[name].amount.toFixed(), name).toBe(total.toFixed());
      }
      expect(margin.figures.deficit.amount.isNegative() && !margin.figures.deficit.amount.isZero()).toBe(false);
      for (const pool of margin.pools) if (pool.mode !== 'isolated' && pool.currency === many.account.baseCurrency) expect(margin.figures.deficit.amount.gte(pool.figures.deficit.amount)).toBe(true);
    }),
    FEWER_BOOKS,
  );
});

test('the order of pools changes no figure of the account', () => {
  fc.assert(
    fc.property(manyPools(), (many) => {
      const there = marginOfMany(many);
      const back = marginOfMany({ ...many, account: { ...many.account, pools: many.account.pools.toReversed() } });
      expect(back.status).toBe(there.status);
      for (const name of ['netLiq', 'equity', 'initial', 'maintenance', 'excess', 'deficit', 'healthRatio'] as const) expect(back.figures[name].amount?.toFixed()).toBe(there.figures[name].amount?.toFixed());
    }),
    FEWER_BOOKS,
  );
});
