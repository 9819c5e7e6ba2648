import { fromDecimalText, isDecimalText, toDecimalText } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';
import type { AccountInput, PoolInput, PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { Overlay } from '../overlay/overlay.ts';
import { prepareCash, type PreparedCash } from './cash.ts';
import type { Holding, SetAside } from './holding.ts';
import { keep } from './kept.ts';
import { preparePosition } from './prepare-position.ts';

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
  /** Sorted by instrument and sub-type; rows with the same key added up. */
  holdings: Holding[];
  setAside: SetAside[];
  /** See Swept. */
  beside: Figure | null;
  /** What the packs lay over the model's requirement; left out where they lay nothing. */
  overlay?: Overlay;
}

export function preparePool(account: AccountInput, pool: PoolInput, market: MarketView, rules: Rules): PreparedPool {
  const holdings: Holding[] = [];
  const setAside: SetAside[] = [];
  for (const position of merged(pool.positions)) {
    // Rows that could not be added up are told apart by their quantity.
    const prepared = keep(market.kept, `position ${pool.id} ${position.subType} ${position.instrument} ${position.quantity}`, [position.instrument], () => preparePosition(position, pool.currency, market, rules));
    if ('holding' in prepared) holdings.push(prepared.holding);
    else setAside.push(prepared.setAside);
  }
  return { account, input: pool, cash: prepareCash(pool, market), holdings, setAside, beside: null };
}

/** One row for each sub-type and instrument, so that neither order nor splitting can change a figure. */
function merged(positions: readonly PositionInput[]): PositionInput[] {
  const rows = new Map<string, PositionInput>();
  for (const position of positions) {
    const key = `${position.instrument}\n${position.subType}`;
    const before = rows.get(key);
    const quantity = before ? toDecimalText(fromDecimalText(before.quantity).plus(fromDecimalText(position.quantity))) : position.quantity;
    // A total too long to write stays apart; each part then has too many digits and is set aside with that reason.
    if (isDecimalText(quantity)) rows.set(key, { ...position, quantity });
    else rows.set(`${key}\n${rows.size}`, position);
  }
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([, position]) => position).filter(({ quantity }) => quantity !== '0');
}
