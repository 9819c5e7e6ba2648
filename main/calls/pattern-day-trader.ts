import type { ActivityFact } from '../../shared/domain/facts.ts';
import { Decimal, type DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import { addBusinessDays } from './calendar.ts';

/** What makes a pattern day trader under FINRA 4210(f)(8)(B): so many day trades in so many business days, and more than a share of all trades. */
export interface PatternRule {
  trades: DecimalText;
  businessDays: DecimalText;
  shareOfTrades: DecimalText;
}

/**
 * Whether the account is one on a business day. What was both bought and sold on one day is one day trade an instrument:
 * the order of executions is not known, and fills of one order are not trades of their own.
 */
export function isPatternDayTrader(activity: readonly ActivityFact[], day: IsoDate, rule: PatternRule): boolean {
  const first = addBusinessDays(day, 1 - Number(rule.businessDays));
  const trades = activity.filter(({ kind, instrument, quantity, tradeDate }) => kind === 'trade' && instrument !== null && quantity !== null && tradeDate >= first && tradeDate <= day);
  const byDay = [...Map.groupBy(trades, ({ tradeDate, instrument }) => `${tradeDate}\n${instrument ?? ''}`).values()];
  const dayTrades = byDay.filter((rows) => rows.some(({ quantity }) => quantity?.startsWith('-')) && rows.some(({ quantity }) => quantity !== null && !quantity.startsWith('-'))).length;
  return new Decimal(dayTrades).gte(rule.trades) && new Decimal(dayTrades).gt(new Decimal(rule.shareOfTrades).times(trades.length));
}
