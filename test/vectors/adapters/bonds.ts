import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { Decimal } from '../../../shared/money.ts';
import { addDays } from '../../../shared/time.ts';
import { adapter, type Context } from '../adapter.ts';
import { bookOf, BUSINESS_DAY, decimal, REGULATION_ONLY, text } from './book.ts';
import { parameter } from './operations.ts';
import { figure } from './trigger.ts';

const FACE = '10000';

/** bonds/finra-nonequity: the percentages of the rule, and by two bonds that it is the greater of the two legs. */
export const nonEquityDebt = adapter(z.strictObject({}), (_, { tools }) => {
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
  return ['100', '10'].every((price) => {
    const pack = bondBook(price, FACE);
    const value = decimal(FACE).times(price).div(100);
    const legs = [value.times(parameter(tools, 'exchange.bond.other.rate')), decimal(FACE).times(parameter(tools, 'exchange.bond.other.principal'))] as const;
    const charged = figure(tools.ask('margin.position', { instrument: 'BOND' }, pack), 'exchangeMaintenance');
    return charged.eq(legs[0].gt(legs[1]) ? legs[0] : legs[1]);
  });
}

const speculative = { issuer: 'corporate' as const, grade: 'speculative' as const, coupon: '6', maturity: '2030-01-15' };

function bondBook(price: string, face: string, terms: DebtTerms | TreasuryTerms = speculative, packs = REGULATION_ONLY): CalcPackInput {
  return bookOf({
    instruments: { BOND: { ...terms, kind: 'bond', currency: 'USD', multiplier: '0.01', price } },
    positions: [{ instrument: 'BOND', quantity: face }],
    packs,
  });
}

interface DebtTerms {
  issuer: 'corporate' | 'municipal';
  grade?: 'speculative' | 'investment';
  coupon: string;
  maturity: string;
  convertible?: boolean;
}

interface TreasuryTerms {
  issuer: 'treasury';
  coupon: string;
  maturity: string;
}

const DAYS_A_YEAR = 365;
/** Inside the last tier, which has no upper end. */
const YEARS_BEYOND = 5;

/** bonds/ibkr-treasury: the rate of every tier, read off a bond that matures just inside its end. */
export const treasuryTiers = adapter(z.strictObject({ maturityUpperYears: z.array(plainDecimalFromZero.nullable()).min(1) }), ({ maturityUpperYears }, { tools }) => ({
  pctOfMV: () => maturityUpperYears.map((years, index) => rateAt(tools, years ?? text(decimal(maturityUpperYears[index - 1] ?? '0').plus(YEARS_BEYOND)), '100', '4')),
  /** So far below par that the floor on principal decides. */
  zeroCoupon5yPlusPctOfPrincipal: () => rateAt(tools, '7', '1', '0').times('0.01'),
}));

const CORPORATE = { issuer: 'corporate', grade: 'investment', coupon: '5', maturity: '2032-01-15' } as const;
const MUNICIPAL = { issuer: 'municipal', coupon: '3', maturity: '2032-01-15' } as const;
const BROKER = ['house-td'];

/** bonds/td-treasury: a broker's whole bond schedule, each rate and each least share of principal read off a bond. */
export const brokerSchedule = adapter(z.strictObject({ maturityUpperYears: z.array(plainDecimalFromZero.nullable()).min(1) }), ({ maturityUpperYears }, { tools }) => {
  const inside = maturityUpperYears.map((years, index) => years ?? text(decimal(maturityUpperYears[index - 1] ?? '0').plus(YEARS_BEYOND)));
  const greater = (terms: DebtTerms, requirement: 'houseInitial' | 'houseMaintenance') => () => greaterOf(tools, terms, requirement);
  return {
    couponPct: () => inside.map((years) => rateAt(tools, years, '100', '4', BROKER)),
    zeroFloorPctOfPar: () => inside.map((years) => floorOfPar(tools, years)),
    corpInitial: greater(CORPORATE, 'houseInitial'),
    corpMaint: greater(CORPORATE, 'houseMaintenance'),
    muni: greater(MUNICIPAL, 'houseMaintenance'),
    convertible: () => `${shareOfValue(tools, { ...CORPORATE, convertible: true }, '100', 'houseInitial')}% initial/${shareOfValue(tools, { ...CORPORATE, convertible: true }, '100', 'houseMaintenance')}% maint`,
  };
});

/** Least share of principal of a security without coupons: what is asked far below par beyond the rate with coupons. */
function floorOfPar(tools: Context['tools'], years: string): Decimal {
  const [zero, coupon] = [rateAt(tools, years, '1', '0', BROKER), rateAt(tools, years, '1', '4', BROKER)];
  return zero.eq(coupon) ? decimal('0') : zero.times('0.01');
}

/** `max(25%MV,7% face)`: the share of market value far above par, and of principal far below. */
function greaterOf(tools: Context['tools'], terms: DebtTerms, requirement: 'houseInitial' | 'houseMaintenance'): string {
  const face = decimal(shareOfValue(tools, terms, '1', requirement)).times('0.01');
  return `max(${shareOfValue(tools, terms, '1000', requirement)}%MV,${face.toFixed()}% face)`;
}

function shareOfValue(tools: Context['tools'], terms: DebtTerms, price: string, requirement: 'houseInitial' | 'houseMaintenance'): string {
  const position = tools.ask('margin.position', { instrument: 'BOND' }, bondBook(price, FACE, terms, BROKER));
  return figure(position, requirement).div(figure(position, 'value')).times(100).toFixed();
}

/** House maintenance of a treasury in per cent of its market value, at a price in per cent. */
function rateAt(tools: Context['tools'], years: string, price: string, coupon: string, packs = ['house-ibkr']): Decimal {
  const days = decimal(years).times(DAYS_A_YEAR).floor().minus(2).toNumber();
  const terms: TreasuryTerms = { issuer: 'treasury', coupon, maturity: addDays(BUSINESS_DAY, days) };
  const position = tools.ask('margin.position', { instrument: 'BOND' }, bondBook(price, FACE, terms, packs));
  return figure(position, 'houseMaintenance').div(figure(position, 'value')).times(100);
}
