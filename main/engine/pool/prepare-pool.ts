import type { Figure } from '../figure/figure.ts';
import type { AccountInput, PoolInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { Overlay } from '../overlay/overlay.ts';
import { prepareCash, type PreparedCash } from './cash.ts';
import type { Holding, SetAside } from './holding.ts';
import type { Remembering } from './kept.ts';
import { nearFlat, nearMade } from './near.ts';
import { byInstrument, preparedGroups, type PreparedGroup } from './prepared-group.ts';

/** What a sweep between two pools does to one of them. */
export interface Swept {
  /** Added to its cash; negative where money is taken. */
  moved: Figure;
  /** Net liquidation value of the pool it keeps, which is the same money; null for the pool that is kept. */
  beside: Figure | null;
}

/** A pool with everything valued that can be, ready for a margin model. */
export interface PreparedPool {
  account: AccountInput;
  input: PoolInput;
  cash: PreparedCash;
  /** By name. What an edit does not touch is the very group that it was before, with all that was made of it. */
  groups: readonly PreparedGroup[];
  setAside: readonly SetAside[];
  /** Totals of the pool remember here what they last added up to; left out where it is computed once. */
  near?: Remembering;
  /** See Swept. */
  beside: Figure | null;
  /** What the packs lay over the model's requirement; left out where they lay nothing. */
  overlay?: Overlay;
}

export function preparePool(account: AccountInput, pool: PoolInput, market: MarketView, rules: Rules): PreparedPool {
  const near = market.kept;
  const groups = preparedGroups(pool, market, rules);
  const asides = nearFlat(near, `${pool.id} asides`, groups, ({ setAside }) => setAside);
  const setAside = nearMade(near, `${pool.id} asides sorted`, asides, () => asides.toSorted(byInstrument));
  return { account, input: pool, cash: prepareCash(pool, market), groups, setAside, ...(near ? { near } : {}), beside: null };
}

/** What a pool holds, sorted by instrument and sub-type; rows with the same key added up. */
export function holdingsOf({ groups }: Pick<PreparedPool, 'groups'>): Holding[] {
  return groups.flatMap(({ holdings }) => holdings).toSorted(byInstrument);
}
