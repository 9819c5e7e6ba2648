import type { ActivityFact } from '../../../../shared/domain/facts.ts';
import { fromDecimalText, toDecimalText, type Decimal } from '../../../../shared/money.ts';
import type { IsoDate } from '../../../../shared/time.ts';
import { input, type Figure } from '../../figure/figure.ts';
import type { AccountInput, PoolInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { preparePool } from '../../pool/prepare-pool.ts';
import { strategyContext } from '../../strategy/context.ts';
import { specialMemorandum } from '../../strategy/special-memorandum.ts';
import { leastGroups } from '../../strategy/strategy-model.ts';
import { groupOf } from './beside.ts';
import { exactOf, greater, lesser, minus, NOTHING, textOf, type Exact } from './exact.ts';
import type { RegTTerms } from './rule-terms.ts';

/** What the special memorandum account of Reg T starts from: see `AccountInput`. */
export type Past = Pick<AccountInput, 'newAccount' | 'prior' | 'activityCovers'> & {
  /** What counts of it; null where trades are not known. */
  activity: readonly ActivityFact[] | null;
};

/** The special memorandum account after the day, exactly; see `Memorandum`. */
export interface MemorandumFigures {
  balance: Exact;
  usable: Exact;
  days: readonly { tradeDate: IsoDate; due: Exact; released: Exact; securities: Exact }[];
  /** Whether it rests on a rule that nobody has checked. */
  unverified: { due: boolean; usable: boolean };
}

/** A pool's memorandum at its equity and its Reg T requirement; null where trades are not known or cannot be valued. */
export type MemorandumAt = (equity: Exact, regT: Exact, regTIsUnverified: boolean) => MemorandumFigures | null;

/** As `strategy/special-memorandum.ts` counts days. */
export function pastOf({ activity, activityCovers, newAccount, prior }: AccountInput, today: IsoDate): Past {
  const counted = activity && activity.filter(({ tradeDate }) => tradeDate === today || (activityCovers === 'sincePrior' && tradeDate < today));
  return { activity: counted, activityCovers: activityCovers ?? 'day', newAccount, prior };
}

/** Of a pool, what its account's trades are counted with: what was traded, and all that margins with an option that was. */
export function tradedIn(pool: PoolInput, { activity }: Past, market: MarketView): PoolInput | null {
  if (!activity || activity.length === 0 || pool.model !== 'strategy') return null;
  const { id, mode, model, currency, packs } = pool;
  const traded = new Set(activity.map(({ instrument }) => instrument));
  const groups = groupsTraded(activity, market);
  const positions = pool.positions.filter(({ instrument }) => traded.has(instrument) || groups.has(groupAt(instrument, market)));
  return { id, mode, model, currency, packs, cash: [], excluded: [], positions: positions.map(({ instrument, subType, quantity, entryPrice }) => ({ instrument, subType, quantity, entryPrice })) };
}

/** What an option sold short asks is its share of what its group is asked; nothing else of a trade looks at a group. */
function groupsTraded(activity: readonly ActivityFact[], market: MarketView): ReadonlySet<string> {
  return new Set(activity.flatMap(({ kind, instrument }) => {
    const terms = kind === 'trade' && instrument !== null ? market.terms(instrument) : null;
    return terms?.kind === 'option' ? [terms.underlying] : [];
  }));
}

function groupAt(instrument: string, market: MarketView): string {
  const terms = market.terms(instrument);
  return terms ? groupOf(instrument, terms) : instrument;
}

/** A day without trades or money. */
export function quietMemorandum({ newAccount, prior }: Past, { highWater }: RegTTerms, today: IsoDate): MemorandumAt {
  return (equity, regT, regTIsUnverified) => {
    // Before its first transaction an account is asked no less than nothing, the lesser of 2,000 dollars and no cost.
    const aboveRegT = minus(equity, newAccount ? greater(regT, NOTHING) : regT);
    const before = exactOf(prior?.sma ?? '0');
    const balance = highWater ? greater(before, aboveRegT) : before;
    const usable = highWater ? balance : lesser(balance, aboveRegT);
    return { balance, usable, days: [{ tradeDate: today, due: NOTHING, released: NOTHING, securities: NOTHING }], unverified: { due: false, usable: regTIsUnverified } };
  };
}

/** Days with trades or money, by the explaining engine's own functions: they look at few of a pool's positions. */
export function tradedMemorandum(past: Past, part: PoolInput, rules: Rules, market: MarketView): MemorandumAt {
  const account: AccountInput = { id: '', baseCurrency: part.currency, regime: 'regT', ...past, pools: [] };
  const context = strategyContext(part.currency, market, rules);
  const groups = groupsTraded(past.activity ?? [], market);
  const grouped = { ...part, positions: part.positions.filter(({ instrument }) => groups.has(groupAt(instrument, market))) };
  const pool = preparePool(account, grouped, market, rules);
  const priced = leastGroups(pool, context);
  return (equity, regT, regTIsUnverified) => {
    const given = (amount: Exact, isUnverified: boolean): Figure => input(fromDecimalText(textOf(amount)), part.currency, { label: 'Of the whole pool', ...(isUnverified ? { rule: { pack: '', cites: '', status: 'unverified' } } : {}) });
    const found = specialMemorandum({ ...pool, input: part }, priced, given(equity, false), given(regT, regTIsUnverified), context);
    if (!found) return null;
    const { balance, usable, days } = found;
    return {
      balance: exact(balance),
      usable: exact(usable),
      days: days.map(({ tradeDate, due, released, securities }) => ({ tradeDate, due: exact(due), released: exact(released), securities: exact(securities) })),
      unverified: { due: days.at(-1)?.due.unverified === true, usable: usable.unverified },
    };
  };
}

function exact({ amount }: { amount: Decimal }): Exact {
  return exactOf(toDecimalText(amount));
}
