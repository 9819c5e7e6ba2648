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
  /** What the house asks when it is bought; null where it sets no more than its maintenance. */
  houseInitial: RateOfValue | null;
  regT: ResolvedParameter | null;
}

export function bondRates({ terms, quantity, subType }: BondHolding, { rules, market }: StrategyContext): BondRates {
  const short = quantity.isNegative();
  if (!short && (subType === 'cash' || subType === 'dvp')) return { exchange: of(rules.parameter('exchange.fullyPaid')), house: null, houseInitial: null, regT: rules.parameter('regT.fullyPaid') };
  if (terms.convertible === true) return convertible(short, rules);
  if (terms.issuer === 'treasury') return { exchange: exchangeTreasury(terms, market.businessDate, rules), house: houseTreasury(terms, market.businessDate, rules), houseInitial: null, regT: null };
  const kind = kindOf(terms);
  return { exchange: exchangeDebt(short, kind, rules), ...houseDebt(short ? 'other' : kind, rules), regT: null };
}

type DebtKind = 'municipal' | 'agency' | 'investmentGrade' | 'other';

function exchangeDebt(short: boolean, kind: DebtKind, rules: Rules): RateOfValue {
  if (short) return of(rules.parameter('exchange.bond.short.rate'), rules.parameter('exchange.bond.short.principal'));
  if (kind === 'other') return of(rules.parameter('exchange.bond.other.rate'), rules.parameter('exchange.bond.other.principal'));
  return of(rules.parameter(`exchange.bond.${kind}`));
}

/** The house's rates of debt, each with a least share of principal where it sets one. */
function houseDebt(kind: DebtKind, rules: Rules): Pick<BondRates, 'house' | 'houseInitial'> {
  const principal = rules.optional(`house.bond.${kind}.principal`);
  const rate = (key: string): RateOfValue | null => {
    const own = rules.optional(key);
    return own && of(own, principal);
  };
  return { house: rate(`house.bond.${kind}`), houseInitial: rate(`house.bond.${kind}.initial`) };
}

/** The name of the rate; whatever is not known to be better is charged as the worst. */
function kindOf({ issuer, grade }: BondInstrument): DebtKind {
  if (issuer === 'municipal' || issuer === 'agency') return issuer;
  return issuer === 'corporate' && grade === 'investment' ? 'investmentGrade' : 'other';
}

/** FINRA 4210(c): a bond that converts into stock is charged as stock. */
function convertible(short: boolean, rules: Rules): BondRates {
  const side = short ? 'short' : 'long';
  const rate = (key: string): RateOfValue | null => {
    const own = rules.optional(key);
    return own && of(own);
  };
  const house = (short ? null : rate('house.bond.convertible')) ?? rate(`house.stock.${side}.maintenance`);
  const exchange = short ? of(rules.parameter('exchange.stock.short.rate'), rules.parameter('exchange.bond.short.principal')) : of(rules.parameter('exchange.stock.long'));
  return { exchange, house, houseInitial: rate(`house.stock.${side}.initial`), regT: rules.parameter(`regT.stock.${side}`) };
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
