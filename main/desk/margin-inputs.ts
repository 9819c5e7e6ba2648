import type { AccountInput, MarketInput, PoolInput } from '../engine/input.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { marksAsOf } from './holdings.ts';
import { packsForRegime } from './pools.ts';

/** The one pool of an account in this slice: everything margins together under the strategy model. */
export const CROSS_POOL = 'cross';

/** What the engine needs to know of one account on a business day. */
export function accountInput(holdings: AccountHoldings, businessDate: string): AccountInput {
  const { account } = holdings;
  const pool: PoolInput = {
    id: CROSS_POOL,
    mode: 'cross',
    model: 'strategy',
    currency: account.baseCurrency,
    packs: packsForRegime(account.regime),
    cash: holdings.cash.map(({ currency, kind, amount, valueDate }) => ({ currency, kind, amount, valueDate })),
    positions: holdings.positions.map(({ instrument, subType, quantity, entryPrice }) => ({ instrument, subType, quantity, entryPrice })),
    excluded: holdings.exclusions.map(({ symbol, reason, short }) => ({ symbol, reason, short })),
  };
  // A positions-only source knows no trades: it shows a Reg T requirement and never a Reg T call.
  const today = holdings.activity.filter(({ tradeDate }) => tradeDate === businessDate);
  return {
    id: account.account,
    baseCurrency: account.baseCurrency,
    regime: account.regime,
    newAccount: false,
    prior: null,
    activity: today.length > 0 ? today : null,
    pools: [pool],
  };
}

/** The market as the engine sees it: instruments, marks, exchange rates and the day. */
export function marketInput(holdings: Holdings): MarketInput {
  const businessDate = holdings.businessDate ?? '1970-01-01';
  const asOf = marksAsOf(holdings) ?? businessDate;
  return {
    asOf: asOf.length === 10 ? `${asOf}T21:00:00Z` : asOf,
    businessDate,
    instruments: new Map([...holdings.instruments].map(([id, { terms }]) => [id, terms])),
    marks: holdings.marks,
    fx: holdings.fx,
  };
}
