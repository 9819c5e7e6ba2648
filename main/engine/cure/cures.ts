import type { Decimal } from '../../../shared/money.ts';
import { atOnce, type Sliced } from '../columns/sliced.ts';
import type { AccountInput, MarketInput } from '../input.ts';
import { marginAccount, type AccountMargin } from '../margin.ts';
import type { PackShelf } from '../packs/shelf.ts';
import { missingIn, calledPools, type CalledPool } from './called-pool.ts';
import { afterClosing, type Closing } from './closing.ts';
import { bringIn, depositCash } from './bring-in.ts';
import { closePosition, closeStrategy, type Way } from './ways-to-close.ts';
import { planOf } from './plan.ts';

/** One thing that can be done about a call, computed on the real margin function. */
export interface Cure {
  kind: 'cash' | 'securities' | 'close' | 'closeStrategy' | 'plan';
  /** Name of the strategy that is closed; null for the other kinds. */
  strategy: string | null;
  /** Cash to deposit, or market value to bring in or to trade, in the pool's currency. */
  amount: Decimal;
  legs: CureLeg[];
  /** `formula`: the desk's own formula holds and was confirmed. `reprice`: found by computing the margin again. */
  by: 'formula' | 'reprice';
  /** Why the formula does not hold; null where it does. */
  whyNoFormula: string | null;
  /** What is still missing afterwards: 0 for a cure that restores. */
  missingAfter: Decimal;
  /** The account afterwards. */
  after: AccountMargin;
}

/** Units of one position that a cure trades or brings in. */
export interface CureLeg extends Closing {
  does: 'sell' | 'buyBack' | 'bringIn';
  /** Signed quantity that is left. */
  left: Decimal;
}

/** What restores one pool, cheapest first: new money, then trades by the market value they move. */
export interface PoolCures {
  pool: string;
  currency: string;
  missing: Decimal;
  cures: Cure[];
  /** Why no trade is proposed; null where some are. */
  noTrades: string | null;
}

/** Trades that are worked out in full, least market value first. */
const WAYS_SHOWN = 12;
/** Trades that do not restore by themselves, shown where none does. */
const PARTIAL_SHOWN = 3;

/**
 * Ranked cures of an account's house calls, pool by pool. Every amount was confirmed by computing the account again; where
 * the desk's formula (cash 1×, securities ÷ (1 − m), sale ÷ m) does not hold, the reason says so and the figure comes from
 * a search for the least whole lots that restore.
 */
export function curesOf(account: AccountInput, market: MarketInput, shelf: PackShelf): PoolCures[] {
  return atOnce(findingCures(account, market, shelf));
}

/** The same, yielding after every trade that was tried. */
export function* findingCures(account: AccountInput, market: MarketInput, shelf: PackShelf): Sliced<PoolCures[]> {
  const found: PoolCures[] = [];
  for (const called of calledPools(account, market, shelf)) found.push(yield* curesOfPool(called));
  return found;
}

function* curesOfPool(called: CalledPool): Sliced<PoolCures> {
  const { margin, missing } = called;
  const open = margin.unpriced.filter(({ indeterminate }) => indeterminate);
  const base = { pool: margin.id, currency: margin.currency, missing };
  const money = [depositCash(called), bringIn(called)].flatMap((cure) => cure ?? []);
  if (open.length > 0) return { ...base, cures: money, noTrades: `What is missing is at least this: not all of the pool is known (${open[0]?.instrument ?? ''}: ${open[0]?.reason ?? ''}).` };
  yield;
  const ways = yield* waysOf(called);
  const restoring = ways.filter(({ missingAfter }) => missingAfter.isZero()).toSorted((a, b) => a.amount.cmp(b.amount)).slice(0, WAYS_SHOWN);
  const partial = restoring.length > 0 ? [] : ways.toSorted((a, b) => a.missingAfter.cmp(b.missingAfter)).slice(0, PARTIAL_SHOWN);
  const plan = planOf(called, ways);
  const trades: Cure[] = [];
  for (const way of [...restoring, ...(plan ? [plan] : []), ...partial]) {
    yield;
    trades.push(worked(called, way));
  }
  return { ...base, cures: [...money, ...trades], noTrades: trades.length > 0 ? null : 'Closing positions does not help: none of them asks for margin.' };
}

function* waysOf(called: CalledPool): Sliced<Way[]> {
  const closable = called.positions.filter(({ requirement }) => requirement !== null && !requirement.houseMaintenance.amount.isZero());
  const strategies = called.margin.strategies?.() ?? [];
  const ways: Way[] = [];
  for (const tried of [...closable.map((position) => () => closePosition(called, position)), ...strategies.map((strategy) => () => closeStrategy(called, strategy))]) {
    const way = tried();
    if (way && way.missingAfter.lt(called.missing)) ways.push(way);
    yield;
  }
  return ways;
}

function worked({ account, market, shelf, margin }: CalledPool, way: Way): Cure {
  const after = marginAccount(afterClosing(account, market, way.legs), market, shelf);
  const pool = after.pools.find(({ id }) => id === margin.id);
  return { ...way, missingAfter: pool ? missingIn(pool) : way.missingAfter, after };
}
