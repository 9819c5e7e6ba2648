import type { BondInstrument } from '../../../shared/domain/instrument.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { ResolvedParameter, Rules } from '../packs/rules.ts';
import type { BondHolding } from '../pool/holding.ts';
import type { StrategyContext } from './context.ts';
import { addMonths } from './years.ts';

/** A share of market value, and the least share of principal where the rule has one. */
export interface RateOfValue {
  rate: ResolvedParameter;
  principal: ResolvedParameter | null;
}

/** Rates of one bond by stack; Reg T null where it leaves the bond to the exchange, the house null where it sets none. */
export interface BondRates {
  exchange: RateOfValue;
  house: RateOfValue | null;
  regT: ResolvedParameter | null;
}

export function bondRates({ terms, quantity, subType }: BondHolding, { rules, market }: StrategyContext): BondRates {
  const short = quantity.isNegative();
  if (!short && (subType === 'cash' || subType === 'dvp')) return { exchange: of(rules.parameter('exchange.fullyPaid')), house: null, regT: rules.parameter('regT.fullyPaid') };
  if (terms.convertible === true) return convertible(short, rules);
  if (terms.issuer === 'treasury') return { exchange: exchangeTreasury(terms, market.businessDate, rules), house: houseTreasury(terms, market.businessDate, rules), regT: null };
  const kind = kindOf(terms);
  const own = rules.optional(`house.bond.${short ? 'other' : kind}`);
  const house = own && of(own);
  if (short) return { exchange: of(rules.parameter('exchange.bond.short.rate'), rules.parameter('exchange.bond.short.principal')), house, regT: null };
  if (kind === 'other') return { exchange: of(rules.parameter('exchange.bond.other.rate'), rules.parameter('exchange.bond.other.principal')), house, regT: null };
  return { exchange: of(rules.parameter(`exchange.bond.${kind}`)), house, regT: null };
}

/** The name of the rate; whatever is not known to be better is charged as the worst. */
function kindOf({ issuer, grade }: BondInstrument): 'municipal' | 'agency' | 'investmentGrade' | 'other' {
  if (issuer === 'municipal' || issuer === 'agency') return issuer;
  return issuer === 'corporate' && grade === 'investment' ? 'investmentGrade' : 'other';
}

/** FINRA 4210(c): a bond that converts into stock is charged as stock. */
function convertible(short: boolean, rules: Rules): BondRates {
  const own = rules.optional(short ? 'house.stock.short.maintenance' : 'house.stock.long.maintenance');
  const house = own && of(own);
  return short
    ? { exchange: of(rules.parameter('exchange.stock.short.rate'), rules.parameter('exchange.bond.short.principal')), house, regT: rules.parameter('regT.stock.short') }
    : { exchange: of(rules.parameter('exchange.stock.long')), house, regT: rules.parameter('regT.stock.long') };
}

type Tier = readonly [months: number, key: string];

/** The exchange's tiers end before their number of years, the house's on it. */
const EXCHANGE_TIERS: readonly Tier[] = [
  [12, 'under1Year'],
  [36, 'under3Years'],
  [60, 'under5Years'],
  [120, 'under10Years'],
  [240, 'under20Years'],
];
const HOUSE_TIERS: readonly Tier[] = [
  [6, 'upTo6Months'],
  [12, 'upTo1Year'],
  [36, 'upTo3Years'],
  [60, 'upTo5Years'],
  [120, 'upTo10Years'],
  [240, 'upTo20Years'],
];
const ZERO_COUPON_MONTHS = 60;

/** By time to maturity; a maturity we do not know is the longest. Zero-coupon bonds of five years or more have a floor. */
function exchangeTreasury(terms: BondInstrument, today: IsoDate, rules: Rules): RateOfValue {
  const { maturity } = terms;
  const tier = maturity ? EXCHANGE_TIERS.find(([months]) => maturity < addMonths(today, months)) : undefined;
  const rate = rules.parameter(`exchange.bond.treasury.${tier?.[1] ?? 'over20Years'}`);
  return of(rate, isLongZero(terms, today) ? rules.parameter('exchange.bond.treasury.zeroCoupon.principal') : null);
}

/** The house's tier; where it has none, the next longer one it has, else its one rate for all. */
function houseTreasury(terms: BondInstrument, today: IsoDate, rules: Rules): RateOfValue | null {
  const { maturity } = terms;
  const from = maturity ? HOUSE_TIERS.findIndex(([months]) => maturity <= addMonths(today, months)) : -1;
  const tiers = from < 0 ? ['over20Years'] : [...HOUSE_TIERS.slice(from).map(([, key]) => key), 'over20Years'];
  const keys = [...tiers.map((tier) => `house.bond.treasury.${tier}`), 'house.bond.treasury'];
  const rate = keys.map((key) => rules.optional(key)).find((found) => found !== null);
  return rate ? of(rate, isLongZero(terms, today) ? rules.optional('house.bond.treasury.zeroCoupon.principal') : null) : null;
}

function isLongZero({ maturity, coupon }: BondInstrument, today: IsoDate): boolean {
  const mayBeZeroCoupon = coupon === undefined || coupon === null || coupon === '0';
  return mayBeZeroCoupon && (!maturity || maturity >= addMonths(today, ZERO_COUPON_MONTHS));
}

function of(rate: ResolvedParameter, principal: ResolvedParameter | null = null): RateOfValue {
  return { rate, principal };
}

/** True when the terms leave open which rate applies, so that the strictest was taken. */
export function isUnknownBond({ issuer, grade, maturity }: BondInstrument): boolean {
  return issuer === 'unknown' || (issuer === 'corporate' && (grade === undefined || grade === 'unknown')) || (issuer === 'treasury' && !maturity);
}
