import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { spellMoney } from '../figure/spell.ts';
import { conversionFactors } from '../market/conversion.ts';
import type { IntradayDeficit, WatchedDay } from './deficit.ts';
import type { DayInInstrument } from './moves.ts';

/**
 * Trading within the day measured by a level known in the morning: a multiple (four times) of what was above maintenance
 * at the close before. What the largest exposure of the day was beyond the level is a deficit at the level's own rate: at
 * four times, a quarter of it. Under the pattern-day-trader rules only what was opened and closed within the day counts;
 * a firm that measures intraday margin this way counts all that was opened. Without a close before, nothing can be said.
 */
export function exposureBeyondLevel({ account, pool, rules, regime, days, market }: WatchedDay): Pick<IntradayDeficit, 'deficit' | 'reason'> {
  const nothing = new Decimal(0);
  const multiple = fromDecimalText(rules.parameter('dayTrading.multiple').value);
  const excess = account.priorExcess;
  if (excess === undefined) return { deficit: nothing, reason: 'The excess at the close before is not known.' };
  const counted = days.filter((day) => regime === 'intradayMargin' || isRoundTrip(day));
  const exposure = counted.reduce((total, day) => total.plus(largestCost(day).times(rateOf(day.instrument, pool.currency, market))), nothing);
  const level = Decimal.max(0, fromDecimalText(excess)).times(multiple);
  const beyond = exposure.minus(level);
  const measured = `Positions of up to ${spellMoney(exposure, pool.currency)} were opened within the day, against ${spellMoney(level, pool.currency)}: ${multiple.toFixed()} times the excess at the close before.`;
  return { deficit: beyond.gt(0) ? beyond.div(multiple).toDecimalPlaces(PLACES, Decimal.ROUND_UP) : nothing, reason: measured };
}

const PLACES = 10;

/** True for an instrument that was both opened and closed within the day: a day trade. */
export function isRoundTrip({ bought, sold }: DayInInstrument): boolean {
  return bought !== null && sold !== null;
}

function largestCost({ bought, sold }: DayInInstrument): Decimal {
  return Decimal.max(bought?.cost ?? 0, sold?.cost ?? 0);
}

function rateOf(instrument: string, currency: string, market: WatchedDay['market']): Decimal {
  const own = market.instruments.get(instrument)?.currency ?? currency;
  return (conversionFactors(market.fx, own, currency) ?? []).reduce((rate, { amount }) => rate.times(amount), new Decimal(1));
}
