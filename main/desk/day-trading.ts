import { toDecimalText, type DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { DayTradingDeficit } from '../calls/day-trading-calls.ts';
import { isPatternDayTrader } from '../calls/pattern-day-trader.ts';
import { dayTradingRegime, intradayDeficit } from '../engine/intraday/deficit.ts';
import { resolveRules } from '../engine/packs/shelf.ts';
import { inputOf, marketOf, shelfOf } from './compute.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { packsForRegime } from './pools.ts';

/** What the day's trades of an account are to be called for; undefined when for nothing, or when it cannot be told. */
export function dayTradingDeficit(holdings: Holdings, account: AccountHoldings): DayTradingDeficit | undefined {
  const market = marketOf(holdings);
  const found = intradayDeficit(inputOf(holdings, account), market, shelfOf(holdings), { isPatternDayTrader: isPattern(account, market.businessDate) });
  if (!found.ok || !found.value?.counts) return undefined;
  const { regime, tradeDate, deficit, reason } = found.value;
  return { type: regime === 'intradayMargin' ? 'intradayMargin' : 'dayTrade', tradeDate, amount: toDecimalText(deficit), reason };
}

/** The least equity of an account that the older rules take for a pattern day trader; null for every other one. */
export function dayTraderMinimum(account: AccountHoldings, day: IsoDate): DecimalText | null {
  const rules = resolveRules(shelfOf({}), packsForRegime(account.account.regime), day);
  if (!rules.ok || dayTradingRegime(rules.value, day) !== 'patternDayTrader' || !isPattern(account, day)) return null;
  return rules.value.optional('dayTrading.minimumEquity')?.value ?? null;
}

function isPattern({ account, activity }: AccountHoldings, day: IsoDate): boolean {
  const rules = resolveRules(shelfOf({}), packsForRegime(account.regime), day);
  if (!rules.ok) return false;
  const read = (key: string): string | null => rules.value.optional(`dayTrading.pattern.${key}`)?.value ?? null;
  const [trades, businessDays, shareOfTrades] = [read('trades'), read('businessDays'), read('shareOfTrades')];
  return trades !== null && businessDays !== null && shareOfTrades !== null && isPatternDayTrader(activity, day, { trades, businessDays, shareOfTrades });
}
