import { toDecimalText } from '../../shared/money.ts';
import type { DayTradingDeficit } from '../calls/day-trading-calls.ts';
import { isPatternDayTrader } from '../calls/pattern-day-trader.ts';
import { intradayDeficit } from '../engine/intraday/deficit.ts';
import { resolveRules } from '../engine/packs/shelf.ts';
import { deskPacks, inputOf, marketOf } from './compute.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { packsForRegime } from './pools.ts';

/** What the day's trades of an account are to be called for; undefined when for nothing, or when it cannot be told. */
export function dayTradingDeficit(holdings: Holdings, account: AccountHoldings): DayTradingDeficit | undefined {
  const market = marketOf(holdings);
  const found = intradayDeficit(inputOf(holdings, account), market, deskPacks(), { isPatternDayTrader: isPattern(account, market.businessDate) });
  if (!found.ok || !found.value?.counts) return undefined;
  const { regime, tradeDate, deficit, reason } = found.value;
  return { type: regime === 'intradayMargin' ? 'intradayMargin' : 'dayTrade', tradeDate, amount: toDecimalText(deficit), reason };
}

function isPattern({ account, activity }: AccountHoldings, day: string): boolean {
  const rules = resolveRules(deskPacks(), packsForRegime(account.regime), day);
  if (!rules.ok) return false;
  const read = (key: string): string | null => rules.value.optional(`dayTrading.pattern.${key}`)?.value ?? null;
  const [trades, businessDays, shareOfTrades] = [read('trades'), read('businessDays'), read('shareOfTrades')];
  return trades !== null && businessDays !== null && shareOfTrades !== null && isPatternDayTrader(activity, day, { trades, businessDays, shareOfTrades });
}
