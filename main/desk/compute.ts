import type { AccountState } from '../../shared/domain/margin-state.ts';
import type { AccountInput, MarketInput } from '../engine/input.ts';
import { accountStateOf, marginAccount, type AccountMargin } from '../engine/margin.ts';
import { shippedPacks, type PackShelf } from '../engine/packs/shelf.ts';
import type { Kept } from '../engine/pool/kept.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { accountInput, marketInput } from './margin-inputs.ts';
import type { Parts } from './pools.ts';

/** One account as the engine sees it now: the figures, and the nodes they can be explained from. */
export interface Computed {
  margin: AccountMargin;
  readonly state: AccountState;
}

/** The packs every figure of these holdings rests on: those of the program, with a calc pack's own on top. */
export function shelfOf({ given }: Pick<Holdings, 'given'>): PackShelf {
  return given?.shelf ?? shippedPacks();
}

// One market for all accounts of one version of the holdings: building it is linear in the book.
const markets = new WeakMap<Holdings, MarketInput>();

export function marketOf(holdings: Holdings): MarketInput {
  const known = markets.get(holdings);
  if (known) return known;
  const market = marketInput(holdings);
  markets.set(holdings, market);
  return market;
}

/** One account of these holdings as the engine takes it; `parts` are its positions, where those are taken already. */
export function inputOf(holdings: Holdings, account: AccountHoldings, parts?: Parts): AccountInput {
  return accountInput(account, holdings, parts);
}

/** `kept` is what was made before of the same account and still holds. */
export function computeAccount(holdings: Holdings, account: AccountHoldings, kept?: Kept, parts?: Parts): Computed {
  const margin = marginAccount(inputOf(holdings, account, parts), marketOf(holdings), shelfOf(holdings), kept);
  let state: AccountState | null = null;
  return {
    margin,
    // Text of every position: an edit of a large account goes without it.
    get state() {
      return (state ??= accountStateOf(margin));
    },
  };
}
