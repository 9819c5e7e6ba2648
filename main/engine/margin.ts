import type { SubType } from '../../shared/domain/facts.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';
import type { ExplainNode } from '../../shared/explain.ts';
import { toExplain } from './figure/to-explain.ts';
import type { AccountInput, MarketInput } from './input.ts';
import type { PoolMargin } from './margin-model.ts';
import { viewMarket } from './market/market-view.ts';
import type { PackShelf } from './packs/shelf.ts';
import type { Kept } from './pool/kept.ts';
import { movableOf, type Movable } from './movable.ts';
import { rollUp, type RollUp } from './roll-up.ts';
import { marginPoolsOf } from './sweep.ts';

export { accountStateOf } from './state.ts';

/** Raised whenever a figure can come out differently for the same input. */
export const ENGINE_VERSION = '1.0.0';

/** The margin state of an account, every figure with the tree it was computed from. */
export interface AccountMargin extends RollUp {
  id: string;
  currency: string;
  pools: PoolMargin[];
  /** What pools could send each other; left out where no route is known. */
  movable?: Movable[];
}

/**
 * Computes an account: equity, the requirement stacks, ratios and status of each pool, and their roll-up. Pure: the same
 * input gives the same figures, in any order of its rows. Bad market data is a status with a reason, never a throw;
 * amounts in the input that are no canonical decimals throw. `kept` is what was made of the same account before and still
 * holds; the figures are the same without it.
 */
export function marginAccount(account: AccountInput, market: MarketInput, shelf: PackShelf, kept?: Kept): AccountMargin {
  const view = { ...viewMarket(market), ...(kept ? { kept } : {}) };
  const pools = marginPoolsOf(account, view, shelf);
  const movable = movableOf(account, pools, view);
  return { id: account.id, currency: account.baseCurrency, pools, ...rollUp(account, pools, view), ...(movable.length > 0 ? { movable } : {}) };
}

/** The tree of one figure of the account: account → pool → group → strategy → leg → inputs. */
export function explainFigure(margin: AccountMargin, figure: FigureName): ExplainNode {
  return toExplain(margin.figures[figure]);
}

/** The tree of one position's house maintenance, in one pool where that is named; null when no requirement includes the position. */
export function explainPosition(margin: AccountMargin, instrument: string, subType: SubType, pool?: string): ExplainNode | null {
  for (const { id, positions } of margin.pools) {
    if (pool !== undefined && pool !== id) continue;
    const found = positions.find((position) => position.instrument === instrument && position.subType === subType);
    if (found?.requirement) return toExplain(found.requirement.houseMaintenance);
  }
  return null;
}
