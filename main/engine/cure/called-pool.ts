import type { Decimal } from '../../../shared/money.ts';
import { hasAddOns } from '../add-ons/add-ons.ts';
import type { AccountInput, MarketInput, PoolInput } from '../input.ts';
import type { PoolMargin, PositionMargin } from '../margin-model.ts';
import { viewMarket, type MarketView } from '../market/market-view.ts';
import { resolveRules, type PackShelf } from '../packs/shelf.ts';
import { marginPoolOf } from '../sweep.ts';
import { partsOf } from '../trigger/parts.ts';
import { afterClosing, type Closing } from './closing.ts';

/** A position with the pool that holds it. */
export interface HeldPosition extends PositionMargin {
  pool: string;
}

/** A pool that misses something, and what it would miss after other trades. */
export interface CalledPool {
  account: AccountInput;
  input: PoolInput;
  market: MarketInput;
  view: MarketView;
  shelf: PackShelf;
  margin: PoolMargin;
  /** Its positions, and those of a pool that the broker's sweep keeps out of its money. */
  positions: readonly HeldPosition[];
  /** What restores it, in its currency; positive. */
  missing: Decimal;
  /** True where a rule looks at the account as a whole. */
  wholeAccountRules: boolean;
  /** What is missing after closing these at the mark; on the real margin function. Zero or more. */
  missingAfter: (closings: readonly Closing[]) => Decimal;
}

/** What is called: for futures what their rules restore to, which may be initial margin. */
function calledIn({ callAmount, figures }: PoolMargin): Decimal {
  return callAmount?.amount ?? figures.deficit.amount;
}

/** What is missing of a call that is open: being back above maintenance is not enough where it restores to initial margin. */
export function missingIn({ restoreAmount, callAmount, figures }: PoolMargin): Decimal {
  return restoreAmount?.amount ?? callAmount?.amount ?? figures.deficit.amount;
}

/** The pools of an account that miss something. One that a sweep keeps at its requirement never does. */
export function calledPools(account: AccountInput, market: MarketInput, shelf: PackShelf): CalledPool[] {
  const view = viewMarket(market);
  return account.pools.flatMap((pool) => {
    if (pool.id === account.sweep?.to) return [];
    const margin = marginPoolOf(account, pool, view, shelf);
    const missing = calledIn(margin);
    if (missing.lte(0)) return [];
    const wholeAccountRules = account.pools.some(({ packs }) => {
      const rules = resolveRules(shelf, packs, market.businessDate);
      return rules.ok && hasAddOns(rules.value);
    });
    const marginWith = (other: AccountInput): PoolMargin => marginPoolOf(other, other.pools.find(({ id }) => id === pool.id) ?? pool, view, shelf);
    const partwise = pool.model === 'strategy' && !wholeAccountRules;
    const missingAfter = partwise ? byParts(account, market, view, margin, marginWith) : (closings: readonly Closing[]) => missingIn(marginWith(afterClosing(account, market, closings)));
    const kept = account.sweep?.from === pool.id ? account.pools.filter(({ id }) => id === account.sweep?.to) : [];
    const positions = [margin, ...kept.map((other) => marginPoolOf(account, other, view, shelf))].flatMap(({ id, positions: held }) => held.map((position) => ({ ...position, pool: id })));
    return [{ positions, account, input: pool, market, view, shelf, margin, missing, wholeAccountRules, missingAfter }];
  });
}

/** A trade changes the excess of its own part of the pool alone, so only that part is computed again. */
function byParts(account: AccountInput, market: MarketInput, view: MarketView, margin: PoolMargin, marginWith: (other: AccountInput) => PoolMargin): (closings: readonly Closing[]) => Decimal {
  const partOf = partsOf(account, margin, view);
  const before = new Map<ReadonlySet<string>, { account: AccountInput; excess: Decimal }>();
  const standing = (part: ReadonlySet<string>): { account: AccountInput; excess: Decimal } => {
    const known = before.get(part);
    if (known) return known;
    const own = { ...account, activity: null, pools: account.pools.map((pool) => ({ ...pool, positions: pool.positions.filter(({ instrument }) => part.has(instrument)) })) };
    const made = { account: own, excess: marginWith(own).figures.excess.amount };
    before.set(part, made);
    return made;
  };
  return (closings) => {
    let { amount } = margin.figures.excess;
    for (const [part, own] of Map.groupBy(closings, ({ instrument }) => partOf(instrument))) {
      const { account: alone, excess } = standing(part);
      amount = amount.plus(marginWith(afterClosing(alone, market, own)).figures.excess.amount).minus(excess);
    }
    return amount.isNegative() ? amount.neg() : amount.times(0);
  };
}
