import type { BondInstrument } from '../../../shared/domain/instrument.ts';
import type { Decimal } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { greatest, product, type Figure } from '../figure/figure.ts';
import type { BondHolding } from '../pool/holding.ts';
import type { ResolvedParameter, Rules } from '../packs/rules.ts';
import { anyUnverified, charge, countOf, marketValue, type StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { addMonths } from './years.ts';

/** How a bond is charged: a share of market value, at least a share of principal, and the house's own rate. */
interface BondRates {
  rate: ResolvedParameter;
  principal: ResolvedParameter | null;
  house: ResolvedParameter | null;
  regT: ResolvedParameter | null;
}

/**
 * A bond leg: FINRA 4210(e)(2) long, 4210(c)(4) short; convertible bonds as stock. Reg T asks "good faith" of non-equity
 * securities (12 CFR 220.12(b)), which is what the exchange asks. A bond we know too little of takes the strictest rate.
 */
export function chargeBond(holding: BondHolding, quantity: Decimal, context: StrategyContext): LegCharge {
  const { currency } = context;
  const count = countOf(holding, quantity);
  const value = marketValue(holding, count, currency);
  const { rate, principal, house, regT } = bondRates(holding, context);
  const share = charge('Share of market value', rate.figure, value, currency, rate.rule);
  const exchange = principal
    ? greatest(currency, [share, product(currency, [principal.figure, count, ...holding.conversion], { label: 'Share of principal', rule: principal.rule })], { label: 'Exchange maintenance, bond', rule: rate.rule })
    : share;
  return legCharge(
    {
      holding,
      quantity,
      regT: regT ? charge('Regulation T, convertible bond', regT.figure, value, currency, regT.rule) : goodFaith(exchange, currency, rate),
      exchange,
      house: house && charge('House maintenance, bond', house.figure, value, currency, house.rule),
      houseInitial: null,
      exchangeRule: rate.rule.cites,
      houseRule: house?.rule.cites ?? null,
      exchangeParts: null,
      houseParts: null,
      unverified: anyUnverified([rate.rule, principal?.rule]),
    },
    context,
  );
}

function goodFaith(exchange: Figure, currency: string, rate: ResolvedParameter): Figure {
  return greatest(currency, [exchange], { label: 'Regulation T, good faith: the exchange requirement', arithmetic: 'as the exchange asks', rule: { ...rate.rule, cites: '12 CFR 220.12(b)' } });
}

function bondRates({ terms, quantity, subType }: BondHolding, { rules, market }: StrategyContext): BondRates {
  const own = (key: string): ResolvedParameter | null => rules.optional(`house.bond.${key}`);
  if (subType === 'cash' || subType === 'dvp') return { rate: rules.parameter('exchange.fullyPaid'), principal: null, house: null, regT: rules.parameter('regT.fullyPaid') };
  if (terms.convertible === true) return convertible(quantity.isNegative(), rules);
  if (terms.issuer === 'treasury') return { ...treasury(terms, market.businessDate, rules), house: own('treasury'), regT: null };
  if (quantity.isNegative()) return { rate: rules.parameter('exchange.bond.short.rate'), principal: rules.parameter('exchange.bond.short.principal'), house: own('other'), regT: null };
  if (terms.issuer === 'municipal') return { rate: rules.parameter('exchange.bond.municipal'), principal: null, house: own('municipal'), regT: null };
  if (terms.issuer === 'agency') return { rate: rules.parameter('exchange.bond.agency'), principal: null, house: own('agency'), regT: null };
  if (terms.issuer === 'corporate' && terms.grade === 'investment') return { rate: rules.parameter('exchange.bond.investmentGrade'), principal: null, house: own('investmentGrade'), regT: null };
  return { rate: rules.parameter('exchange.bond.other.rate'), principal: rules.parameter('exchange.bond.other.principal'), house: own('other'), regT: null };
}

/** FINRA 4210(c): a bond that converts into stock is charged as stock. */
function convertible(short: boolean, rules: Rules): BondRates {
  return short
    ? { rate: rules.parameter('exchange.stock.short.rate'), principal: rules.parameter('exchange.bond.short.principal'), house: rules.optional('house.stock.short.maintenance'), regT: rules.parameter('regT.stock.short') }
    : { rate: rules.parameter('exchange.stock.long'), principal: null, house: rules.optional('house.stock.long.maintenance'), regT: rules.parameter('regT.stock.long') };
}

const TIERS: readonly (readonly [years: number, key: string])[] = [
  [1, 'under1Year'],
  [3, 'under3Years'],
  [5, 'under5Years'],
  [10, 'under10Years'],
  [20, 'under20Years'],
];

/** By time to maturity; a maturity we do not know is the longest. Zero-coupon bonds of five years or more have a floor. */
function treasury({ maturity, coupon }: BondInstrument, today: IsoDate, rules: Rules): { rate: ResolvedParameter; principal: ResolvedParameter | null } {
  const tier = maturity ? TIERS.find(([years]) => maturity < addMonths(today, years * 12)) : undefined;
  const rate = rules.parameter(`exchange.bond.treasury.${tier?.[1] ?? 'over20Years'}`);
  const long = !maturity || maturity >= addMonths(today, 60);
  const mayBeZeroCoupon = coupon === undefined || coupon === null || coupon === '0';
  return { rate, principal: long && mayBeZeroCoupon ? rules.parameter('exchange.bond.treasury.zeroCoupon.principal') : null };
}

/** True when the terms leave open which rate applies, so that the strictest was taken. */
export function isUnknownBond({ issuer, grade, maturity }: BondInstrument): boolean {
  return issuer === 'unknown' || (issuer === 'corporate' && (grade === undefined || grade === 'unknown')) || (issuer === 'treasury' && !maturity);
}
