import type { AccountId, ActivityFact, MarkFact, PositionFact } from '../../shared/domain/facts.ts';
import { Decimal, type DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { Prior } from '../books/reading/read-prior.ts';
import { addBusinessDays } from '../calls/calendar.ts';

/** What the book knows besides the facts of the day: what the run before left, and closes that were written over. */
export interface DayStart {
  prior: Prior | null;
  closes: readonly MarkFact[];
}

/** What an account's day starts from. */
export interface AccountStart {
  /** Left by the official run before the day; null where that run could not say. */
  prior: { sma: DecimalText; equity: DecimalText } | null;
  /** Equity less exchange maintenance at that run; null where there was none. */
  excess: DecimalText | null;
  /** Activity that `prior` does not know yet. */
  since: ActivityFact[];
  /** Activity that the run before did not know, of whatever day: a wire may be reported late. */
  news: ActivityFact[];
  /** True while everything the account holds or did is in `since`. */
  isNew: boolean;
}

/** Trades of the payment period of Regulation T: later than that, a call on them would be overdue before it is raised. */
const OPEN_TRADE_BUSINESS_DAYS = 3;

/** By account. Without a balance from before, only trades whose payment period still runs are looked at. */
export function accountStarts({ prior }: Pick<DayStart, 'prior'>, day: IsoDate | null): (account: AccountId, baseCurrency: string, activity: readonly ActivityFact[], positions: () => readonly PositionFact[]) => AccountStart {
  const news = prior && new Set(prior.news.map(({ account, id }) => `${account}\n${id}`));
  const margins = new Map((prior?.margins ?? []).map((margin) => [`${margin.account}\n${margin.currency}`, margin]));
  const oldest = day === null ? null : addBusinessDays(day, -OPEN_TRADE_BUSINESS_DAYS);
  return (account, baseCurrency, activity, positions) => {
    const margin = margins.get(`${account}\n${baseCurrency}`);
    const hasBalance = margin !== undefined && margin.sma !== null;
    const fresh = news ? activity.filter(({ id }) => news.has(`${account}\n${id}`)) : [...activity];
    const since = fresh.filter(({ tradeDate }) => day !== null && oldest !== null && tradeDate <= day && (hasBalance || tradeDate > oldest));
    return { prior: margin?.sma ? { sma: margin.sma, equity: margin.equity } : null, excess: margin?.excess ?? null, since, news: fresh, isNew: isNew(activity, since, positions) };
  };
}

/** Nothing was traded before, and whatever is held was bought since. */
function isNew(activity: readonly ActivityFact[], since: readonly ActivityFact[], positions: () => readonly PositionFact[]): boolean {
  const isTrade = ({ kind }: ActivityFact): boolean => kind === 'trade';
  if (!since.some(isTrade) || activity.filter(isTrade).length > since.filter(isTrade).length) return false;
  const before = new Map<string, Decimal>();
  const add = (instrument: string, quantity: Decimal): void => void before.set(instrument, (before.get(instrument) ?? new Decimal(0)).plus(quantity));
  for (const { instrument, quantity } of positions()) add(instrument, new Decimal(quantity));
  for (const { kind, instrument, quantity } of since) if (kind === 'trade' && instrument !== null && quantity !== null) add(instrument, new Decimal(quantity).neg());
  return [...before.values()].every((quantity) => quantity.isZero());
}
