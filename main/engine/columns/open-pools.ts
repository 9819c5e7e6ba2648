import type { MarketView } from '../market/market-view.ts';
import type { PackShelf } from '../packs/shelf.ts';
import { openBookLanes, poolInLanes } from './book/book-lanes.ts';
import type { LaneText } from './lane-text.ts';
import type { PoolRow } from './pool-row.ts';

/**
 * Every pool in the lane of its model, computed: its figures as text by the place it was given in, or null where the
 * explaining engine must compute it. Rows of one account follow each other.
 */
export function figuresInLanes(rows: readonly PoolRow[], market: MarketView, shelf: PackShelf): (LaneText | null)[] {
  const book = openBookLanes(rows, market, shelf);
  const places = new Map<string, number>();
  return rows.map(({ account: { id } }) => {
    const place = places.get(id) ?? 0;
    places.set(id, place + 1);
    const pool = poolInLanes(book, id, place);
    if (!pool) return null;
    const { status, netLiq, equity, initial, maintenance, excess, deficit, stacks: { regT, exchange } } = pool;
    return { status, netLiq, equity, regT: regT.initial, exchange: exchange.maintenance, exchangeInitial: exchange.initial, initial, maintenance, excess, deficit };
  });
}
