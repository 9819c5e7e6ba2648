import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { adapter, type Context } from '../adapter.ts';
import { BUSINESS_DAY, decimal } from './book.ts';
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
  };
});

/** bonds/finra-nonequity: the percentages of the rule, and by two bonds that it is the greater of the two legs. */
export const nonEquityDebt = adapter(nothing, (_, { tools }) => {
  const percent = (key: string) => () => parameter(tools, key).times(100);
  return {
    investmentGradePct: percent('exchange.bond.investmentGrade'),
    nonIGPctMV: percent('exchange.bond.other.rate'),
    nonIGPctPrincipal: percent('exchange.bond.other.principal'),
    muniPct: percent('exchange.bond.municipal'),
    treasuryRangePct: () => [percent('exchange.bond.treasury.under1Year')(), percent('exchange.bond.treasury.over20Years')()],
    rule: () => (requirementIsGreaterOf(tools) ? 'greater of' : 'not the greater of'),
  };
});

/** A speculative bond near par is charged on its market value, a collapsed one on its principal. */
function requirementIsGreaterOf(tools: Context['tools']): boolean {
  const face = '10000';
  return ['100', '10'].every((price) => {
    const pack = bondBook(price, face);
    const value = decimal(face).times(price).div(100);
    const legs = [value.times(parameter(tools, 'exchange.bond.other.rate')), decimal(face).times(parameter(tools, 'exchange.bond.other.principal'))] as const;
    const charged = figure(tools.ask('margin.position', { instrument: 'BOND' }, pack), 'exchangeMaintenance');
    return charged.eq(legs[0].gt(legs[1]) ? legs[0] : legs[1]);
  });
}

function bondBook(price: string, face: string): Parameters<Context['tools']['ask']>[2] {
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: `${BUSINESS_DAY}T21:00:00Z`,
    baseCurrency: 'USD',
    instruments: { BOND: { kind: 'bond', currency: 'USD', issuer: 'corporate', grade: 'speculative', coupon: '6', maturity: '2030-01-15', multiplier: '0.01', price } },
    accounts: [{ id: 'A1', pools: [{ id: 'cross', model: 'strategy', packs: REGULATION, positions: [{ instrument: 'BOND', quantity: face }] }] }],
  };
}

export function parameter(tools: Context['tools'], key: string, packs: string[] = REGULATION) {
  return figure(tools.ask('rules.parameter', { packs, key }), 'value');
}
