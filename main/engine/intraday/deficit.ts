import { Decimal } from '../../../shared/money.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { spellMoney } from '../figure/spell.ts';
import type { AccountInput, MarketInput, PoolInput } from '../input.ts';
import { conversionFactors } from '../market/conversion.ts';
import type { Rules } from '../packs/rules.ts';
import { resolveRules, type PackShelf } from '../packs/shelf.ts';
import { exposureBeyondLevel } from './level.ts';
import { dayByInstrument, poolAfter, undone, withTradedPrices, type DayInInstrument, type Move } from './moves.ts';
import { standingOf, worstMoments, type WorstMoment } from './worst-order.ts';

/** What an account's trades within a day lacked of margin, and whether that calls for anything. */
export interface IntradayDeficit {
  tradeDate: IsoDate;
  /** The rules that watch trades within the day on that date, for this account's firm. */
  regime: DayTradingRegime;
  /** Highest deficiency of the day, in the pool's currency; 0 when there was none. */
  deficit: Decimal;
  /** Up to here a deficit of intraday margin needs nothing. */
  deMinimis: Decimal;
  /** True when the deficit is to be met. */
  counts: boolean;
  /** One sentence: what was looked at, and at its worst moment what had been done. */
  reason: string;
}

export type DayTradingRegime = 'intradayMargin' | 'patternDayTrader';

/** The rules in force on a day: a firm that still keeps the older ones does so until the phase-in ends. Null: the packs watch nothing. */
export function dayTradingRegime(rules: Rules, day: IsoDate): DayTradingRegime | null {
  const chosen = rules.optionalSetting('dayTrading.regime');
  const ends = rules.optionalSetting('dayTrading.phaseInEnds');
  return chosen === 'patternDayTrader' && ends !== null && day >= ends ? 'intradayMargin' : chosen;
}

/**
 * The intraday margin deficit of the business day, FINRA 4210(d)(2): the highest deficiency of equity against exchange
 * maintenance after any transaction that reduced what was left, everything valued at the day's marks (what nobody
 * holds in the evening, at what it traded at). Where the order of
 * trades is not known, the one with the highest deficit is taken; money that moved, and what closed a position of the
 * morning, counts as at the start of the day; legs of a spread as one transaction. Under the older rules, and where a
 * firm measures by a multiple of yesterday's excess, see level.ts. Null where the account is not watched, nothing was
 * traded, or a trade cannot be valued; the older rules watch pattern day traders only.
 */
export function intradayDeficit(account: AccountInput, evening: MarketInput, shelf: PackShelf, { isPatternDayTrader = true }: { isPatternDayTrader?: boolean } = {}): Result<IntradayDeficit | null> {
  const pool = account.pools.find(({ model }) => model === 'strategy');
  if (!pool || account.regime === 'cash' || account.activity === null) return succeed(null);
  const rules = resolveRules(shelf, pool.packs, evening.businessDate);
  if (!rules.ok) return rules;
  const regime = dayTradingRegime(rules.value, evening.businessDate);
  const trades = account.activity.filter(({ kind, tradeDate }) => kind === 'trade' && tradeDate === evening.businessDate);
  const market = withTradedPrices(evening, trades);
  const days = dayByInstrument(pool, trades, market);
  const dollars = dollarRate(rules.value, pool, market);
  const isConverted = days?.every(({ instrument }) => conversionFactors(market.fx, market.instruments.get(instrument)?.currency ?? pool.currency, pool.currency) !== null);
  if (!regime || !days || days.length === 0 || !dollars || !isConverted) return succeed(null);
  if (regime === 'patternDayTrader' && !isPatternDayTrader) return succeed(null);
  return succeed(watched({ account, pool, rules: rules.value, regime, days, dollars, market, shelf }));
}

/** One account's day, with the rules that watch it. */
export interface WatchedDay {
  account: AccountInput;
  pool: PoolInput;
  rules: Rules;
  regime: DayTradingRegime;
  days: readonly DayInInstrument[];
  /** One dollar of the rules in the pool's currency. */
  dollars: Decimal;
  market: MarketInput;
  shelf: PackShelf;
}

function watched(day: WatchedDay): IntradayDeficit {
  const { account, pool, rules, regime, dollars, market, shelf } = day;
  const evening = standingOf(account, pool, market, shelf);
  const threshold = deMinimisOf(rules, evening.equity, dollars);
  const none = { tradeDate: market.businessDate, regime, deficit: new Decimal(0), deMinimis: threshold, counts: false };
  const exemptFrom = rules.optional('intraday.portfolioExemptFrom');
  if (regime === 'intradayMargin' && account.regime === 'portfolio' && exemptFrom && evening.equity.gte(dollars.times(exemptFrom.value))) {
    return { ...none, reason: `Portfolio margin accounts with equity of ${exemptFrom.value} dollars or more are not watched within the day.` };
  }
  const byLevel = regime === 'patternDayTrader' || rules.optionalSetting('dayTrading.level') === 'multipleOfPriorExcess';
  const found = byLevel ? exposureBeyondLevel(day) : afterEachTransaction(day);
  const counts = regime === 'intradayMargin' ? found.deficit.gt(threshold) : found.deficit.gt(0);
  const small = !counts && found.deficit.gt(0) ? ` It is no more than ${spellMoney(threshold, pool.currency)} and needs nothing.` : '';
  return { ...none, ...found, counts, reason: `${found.reason}${small}` };
}

function afterEachTransaction({ account, pool, days, market, shelf }: WatchedDay): Pick<IntradayDeficit, 'deficit' | 'reason'> {
  const opened = days.flatMap(({ bought, sold }) => [bought, sold].filter((move) => move !== null));
  const morning = poolAfter(pool, undone(opened), market);
  const moments = worstMoments(days, account, morning, market, shelf).filter(({ deficiency }) => deficiency.gt(0));
  const before = standingOf(account, morning, market, shelf);
  const reduced = moments.reduce((total, { deficiency }) => total.plus(deficiency), new Decimal(0));
  const lacking = before.maintenance.minus(before.equity).plus(reduced);
  if (moments.length === 0) return { deficit: new Decimal(0), reason: 'No trade of the day reduced what was left above maintenance.' };
  if (lacking.lte(0)) return { deficit: new Decimal(0), reason: 'Equity stayed above maintenance in any order of the day’s trades.' };
  return { deficit: lacking, reason: `Equity was ${spellMoney(lacking, pool.currency)} below exchange maintenance after ${doneText(moments)}.` };
}

/** What had been done at the worst moment: `buying 500 XYZ, selling 2 ABC 2026-12-18 C 50`. */
function doneText(moments: readonly WorstMoment[]): string {
  const words = moments.flatMap(({ done }) => done).map(({ instrument, quantity }: Move) => `${quantity.isNegative() ? 'selling' : 'buying'} ${quantity.abs().toFixed()} ${instrument}`);
  return words.length > LISTED_MAX ? `${words.slice(0, LISTED_MAX).join(', ')} and ${words.length - LISTED_MAX} more` : words.join(', ');
}

const LISTED_MAX = 4;

function dollarRate(rules: Rules, { currency }: PoolInput, market: MarketInput): Decimal | null {
  const factors = conversionFactors(market.fx, rules.currency, currency);
  return factors && factors.reduce((rate, { amount }) => rate.times(amount), new Decimal(1));
}

/** The lesser of a share of equity and an amount: FINRA 4210(d)(2), 5 % and 1,000 dollars. Nothing where equity is not positive. */
export function deMinimisOf(rules: Rules, equity: Decimal, dollars: Decimal): Decimal {
  const share = rules.optional('intraday.deMinimis.share');
  const amount = rules.optional('intraday.deMinimis.amount');
  if (!share || !amount) return new Decimal(0);
  return Decimal.max(0, Decimal.min(equity.times(share.value), dollars.times(amount.value)));
}
