import type { Difference } from '../../shared/difference.ts';
import type { AccountId } from '../../shared/domain/facts.ts';
import type { AccountState } from '../../shared/domain/margin-state.ts';
import { differencesBetween } from '../engine/calc-pack/differences.ts';
import type { LaneText } from '../engine/columns/lane-text.ts';
import { figuresInLanes } from '../engine/columns/open-pools.ts';
import { viewMarket } from '../engine/market/market-view.ts';
import { inputOf, marketOf, shelfOf } from './compute.ts';
import type { Holdings } from './holdings.ts';

export interface ColumnsVerified {
  /** Pools that the columns have figures of; the explaining engine alone has the others'. */
  pools: number;
  differences: (Difference & { account: AccountId })[];
}

/**
 * The figures of the whole book once more, by the columns: another way of computing, which shares the pricing functions and
 * the search for a pairing with the engine that explains, and nothing else. Compared with what is shown, pool by pool.
 */
export function verifyColumns(holdings: Holdings, shown: (account: AccountId) => readonly LaneText[] | undefined): ColumnsVerified {
  const rows = [...holdings.accounts.values()].flatMap((account) => {
    const input = inputOf(holdings, account);
    return input.pools.map((pool, place) => ({ account: input, pool, place }));
  });
  const verified: ColumnsVerified = { pools: 0, differences: [] };
  figuresInLanes(rows, viewMarket(marketOf(holdings)), shelfOf(holdings)).forEach((text, at) => {
    const row = rows[at];
    const pool = row && shown(row.account.id)?.[row.place];
    if (!text || !row || !pool) return;
    verified.pools += 1;
    for (const difference of differencesBetween(pool, text, ['pools', row.place])) verified.differences.push({ account: row.account.id, ...difference });
  });
  return verified;
}

/** A pool as the explaining engine states it, in the columns' words. */
export function asLane({ status, netLiq, equity, initial, maintenance, excess, deficit, stacks: { regT, exchange } }: AccountState['pools'][number]): LaneText {
  return { status, netLiq, equity, regT: regT.initial, exchange: exchange.maintenance, exchangeInitial: exchange.initial, initial, maintenance, excess, deficit };
}
