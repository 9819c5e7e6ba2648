import { z } from 'zod';
import { MARK_KINDS } from '../domain/facts.ts';
import { currency, instrumentId } from '../domain/instrument.ts';
import { isoDate, isoInstant } from '../time.ts';
import { plainDecimal, plainDecimalFromZero } from './plain-decimal.ts';

const isoDuration = z.string().regex(/^P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?$/, 'expected a time to maturity such as P30D');

/** Yearly rate for money until `t` from now, as a fraction. */
export const curvePoint = z.strictObject({ t: isoDuration, rate: plainDecimal });
/** Cash dividend per share, in the instrument's currency. */
export const dividend = z.strictObject({ ex: isoDate, amount: plainDecimalFromZero });

export const forward = z.strictObject({
  underlying: instrumentId,
  expiresAt: isoInstant,
  price: plainDecimalFromZero,
  rate: plainDecimal.optional(),
  /** How far a venue trusts its own feed, 0 to 1. */
  confidence: plainDecimalFromZero.optional(),
  /** The same of the volatilities of the expiry. */
  volConfidence: plainDecimalFromZero.optional(),
  /** And of its rate. */
  rateConfidence: plainDecimalFromZero.optional(),
});

/** Facts about a market's size that some rules scale with. */
export const marketStats = z.strictObject({
  /** Notional value of all open positions, in the instrument's currency. */
  openInterest: plainDecimalFromZero.optional(),
  skewScale: plainDecimalFromZero.optional(),
  /** Of an asset that is lent out: all deposits and all borrows of it, in units. */
  deposits: plainDecimalFromZero.optional(),
  borrows: plainDecimalFromZero.optional(),
  /** Average daily volume over 20 days, in units of the instrument. */
  adv20: plainDecimalFromZero.optional(),
  /** Units that the issuer has in circulation. */
  sharesOutstanding: plainDecimalFromZero.optional(),
  /** The industry the issuer is in, in whatever classification the house uses. */
  sector: z.string().min(1).optional(),
  /** Longs less shorts of all accounts, in units of the instrument. */
  skew: plainDecimal.optional(),
  /** What longs pay shorts for the funding interval under way, as a share of notional value; below zero shorts pay. */
  fundingRate: plainDecimal.optional(),
  /** Share of the funding interval that has gone by, from 0 to 1. */
  fundingElapsed: plainDecimalFromZero.optional(),
});

/** Daily returns of an underlying as fractions, oldest first: of late, of a stressed time, and of a long past. */
export const priceHistory = z.strictObject({ returns: z.array(plainDecimal), stressed: z.array(plainDecimal).optional(), longRun: z.array(plainDecimal).optional() });

/** A price that says where it comes from; it wins over the `price` beside the instrument's terms. */
export const packMark = z.strictObject({
  value: plainDecimal,
  /** The venue's own bounds of its price feed. */
  low: plainDecimal.optional(),
  high: plainDecimal.optional(),
  /** How far a venue trusts this price, 0 to 1; in full when left out. */
  confidence: plainDecimalFromZero.optional(),
  bid: plainDecimal.nullable().optional(),
  ask: plainDecimal.nullable().optional(),
  kind: z.enum(MARK_KINDS).optional(),
  asOf: z.union([isoInstant, isoDate]).optional(),
  source: z.string().optional(),
});
export type PackMark = z.infer<typeof packMark>;

/** An exchange rate that says where it comes from; it wins over the pack's `fx`. */
export const packRate = z.strictObject({
  currency,
  /** Units of `base` for one unit of `currency`. */
  base: currency,
  rate: plainDecimal,
  asOf: z.union([isoInstant, isoDate]),
  source: z.string(),
});

export type PackRate = z.infer<typeof packRate>;

/** Market data beside the instruments, by instrument, currency or market. */
export const packMarket = z.strictObject({
  curves: z.record(z.string(), z.array(curvePoint)).optional(),
  dividends: z.record(instrumentId, z.array(dividend)).optional(),
  forwards: z.array(forward).optional(),
  history: z.record(instrumentId, priceHistory).optional(),
  stats: z.record(z.string(), marketStats).optional(),
  marks: z.record(instrumentId, packMark).optional(),
  fx: z.array(packRate).optional(),
});

/** Profit or loss of one unit of an instrument in every scenario of a set. */
export const riskArray = z.strictObject({
  set: z.string().min(1),
  /** The values as written: `gain` counts profit as positive, `loss` counts loss as positive (loaders negate it). */
  sign: z.enum(['gain', 'loss']),
  values: z.array(plainDecimal).min(1),
  compositeDelta: plainDecimal.optional(),
});

export type CurvePoint = z.infer<typeof curvePoint>;
export type Dividend = z.infer<typeof dividend>;
export type Forward = z.infer<typeof forward>;
export type PriceHistory = z.infer<typeof priceHistory>;
export type MarketStats = z.infer<typeof marketStats>;
export type RiskArray = z.infer<typeof riskArray>;
