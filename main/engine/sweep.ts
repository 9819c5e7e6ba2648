import { Decimal } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';
import { difference, input, sum } from './figure/figure.ts';
import type { AccountInput, PoolInput } from './input.ts';
import type { PoolMargin } from './margin-model.ts';
import type { MarketView } from './market/market-view.ts';
import type { PackShelf } from './packs/shelf.ts';
import { marginPool } from './pool-margin.ts';
import { nearMade } from './pool/near.ts';
import type { Swept } from './pool/prepare-pool.ts';

/**
 * One pool of an account, with the money that the broker's sweep brings or takes. A broker that sweeps keeps its futures
 * segment at the maintenance requirement out of the securities segment, and takes back what is beyond it: the money is
 * one, so the securities pool stands for all of it, and a move in a future's price reaches its excess at once. A file
 * that states one balance for both segments is from such a broker; one that states two balances has no sweep.
 */
export function marginPoolOf(account: AccountInput, pool: PoolInput, market: MarketView, shelf: PackShelf): PoolMargin {
  const isSwept = pool.id === account.sweep?.from || pool.id === account.sweep?.to;
  return marginPool(account, pool, market, shelf, isSwept ? sweptFor(pool, sweptPools(account, market, shelf)) : null);
}

/** All pools of an account: what the sweep moves is looked for once. */
export function marginPoolsOf(account: AccountInput, market: MarketView, shelf: PackShelf): PoolMargin[] {
  const both = sweptPools(account, market, shelf);
  return account.pools.map((pool) => marginPool(account, pool, market, shelf, sweptFor(pool, both)));
}

/** What the sweep does to the cash of either pool. */
interface SweptPools {
  from: { pool: string; swept: Swept };
  to: { pool: string; swept: Swept };
}

/** Null for pools it does not touch. */
function sweptFor({ id }: PoolInput, both: SweptPools | null): Swept | null {
  return [both?.from, both?.to].find((side) => side?.pool === id)?.swept ?? null;
}

/** Null where the broker sweeps nothing. */
function sweptPools(account: AccountInput, market: MarketView, shelf: PackShelf): SweptPools | null {
  const { sweep } = account;
  if (!sweep) return null;
  const kept = account.pools.find(({ id }) => id === sweep.to);
  const giving = account.pools.find(({ id }) => id === sweep.from);
  assert(kept !== undefined && giving !== undefined && kept.id !== giving.id, 'a sweep is between two pools of the account');
  assert(kept.currency === giving.currency, 'a sweep is between pools in one currency');
  const alone = marginPool(account, kept, market, shelf, null);
  return nearMade(market.kept, 'sweep', [alone], () => sweptBetween(giving.id, alone));
}

function sweptBetween(giving: string, { id, currency, figures: { maintenance, equity, netLiq } }: PoolMargin): SweptPools {
  const moved = difference(currency, [maintenance, equity], { label: `Swept into pool ${id}, which is kept at its maintenance requirement` });
  const nothing = input(new Decimal(0), currency, { label: 'Nothing', source: 'by definition' });
  const given: Swept = {
    moved: difference(currency, [nothing, moved], { label: `Swept between this pool and pool ${id}` }),
    beside: sum(currency, [netLiq, moved], { label: `Net liquidation value of pool ${id}` }),
  };
  return { from: { pool: giving, swept: given }, to: { pool: id, swept: { moved, beside: null } } };
}
