import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { adapter, type Context } from '../adapter.ts';
import { BUSINESS_DAY } from './book.ts';
import { dueBusinessDays } from './calls.ts';
import { figure } from './trigger.ts';

const REGULATION = ['us-reg-t'];
const nothing = z.strictObject({});

/** ops/regt-payment-period: settlement and some business days more, counted on the calendar from a trade. */
export const paymentPeriod = adapter(
  z.strictObject({ settlementCycle: z.string().regex(/^T\+\d$/).transform((cycle) => cycle.slice(2)), plusBusinessDays: plainDecimalFromZero }),
  ({ settlementCycle, plusBusinessDays }, { tools }) => ({
    dueBusinessDaysAfterTrade: () => {
      const settles = tools.ask('calendar.addBusinessDays', { day: BUSINESS_DAY, businessDays: settlementCycle });
      const due = tools.ask('calendar.addBusinessDays', { day: settles['day'] ?? null, businessDays: plusBusinessDays });
      const days = figure(tools.ask('calendar.businessDaysBetween', { from: BUSINESS_DAY, to: due['day'] ?? null }), 'businessDays');
      const shipped = parameter(tools, 'calls.regT.dueBusinessDays');
      const isToday = settlementCycle === '1' && plusBusinessDays === '2';
      if (isToday && !shipped.eq(days)) throw new Error(`The shipped payment period is ${shipped.toFixed()} business days, the calendar says ${days.toFixed()}.`);
      return days;
    },
  }),
);

/** ops/regt-deminimis: the amount from which a Reg T shortfall must be called. */
export const regTDeMinimis = adapter(z.strictObject({ amountDue: plainDecimalFromZero }), (_, { tools }) => ({
  mustLiquidateOrExtendIfExceeds: () => figure(tools.ask('calls.policy', { packs: REGULATION }), 'regTDeMinimis'),
}));

/** ops/fidelity-due-dates: one broker's policy, which is a shipped house pack over the regulator's rules. */
export const fidelityDueDates = adapter(nothing, (_, { tools }) => {
  const packs = ['house-fidelity'];
  const days = (type: string) => dueBusinessDays(tools.ask('calls.policy', { packs }), type);
  return {
    houseCallBusinessDays: () => days('house'),
    exchangeCallHours: () => days('exchange').times(24),
    fedCallBusinessDays: () => days('regT'),
    exchangePct: () => parameter(tools, 'exchange.stock.long', packs),
    regTPct: () => parameter(tools, 'regT.stock.long', packs),
  };
});

/** ops/lightspeed-due-dates: `T+n` by kind of call. */
export const lightspeedDueDates = adapter(nothing, (_, { tools }) => {
  const after = (key: string) => () => `T+${parameter(tools, `calls.${key}.dueBusinessDays`, ['house-lightspeed']).toFixed()}`;
  return {
    cashCall: after('regT'),
    dayTradeCall: after('dayTrade'),
    maintenance: after('house'),
    pmHouse: after('portfolioHouse'),
    pmMinEquity150k: after('portfolioMinimumEquity'),
    leverageCall: after('leverage'),
    pmLiquidationsPerYear: () => parameter(tools, 'calls.portfolioHouse.liquidationsPerYear', ['house-lightspeed']),
  };
});

export function parameter(tools: Context['tools'], key: string, packs: string[] = REGULATION) {
  return figure(tools.ask('rules.parameter', { packs, key }), 'value');
}
