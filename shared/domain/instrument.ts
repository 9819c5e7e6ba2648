import { z } from 'zod';
import { decimalText, isPositiveText, positiveDecimalText } from '../money.ts';
import { isoDate, isoInstant } from '../time.ts';

/**
 * An instrument's own name in Plimsoll: readable, stable and the same from every broker's file
 * (`instrument-id.ts` makes it): `AAPL`, `RY:CAD`, `AAPL 2026-09-18 C 260`, `ESH6`.
 */
export type InstrumentId = string;
/** ISO 4217 code, or a coin's ticker. */
export type Currency = string;

export const instrumentId = z.string().min(1).max(80);
export const currency = z.string().regex(/^[A-Z][A-Z0-9]{2,9}$/, 'expected a currency code such as USD');

const terms = {
  currency,
  description: z.string().nullable().optional(),
  /** Market value of one unit at a price of 1. Null means unknown: never assumed. */
  multiplier: positiveDecimalText.nullable().optional(),
};

/** What exercise of one contract delivers, when it is not simply `multiplier` of the underlying. */
export const deliverable = z.strictObject({ instrument: instrumentId, quantity: positiveDecimalText });

/** Stock that one unit of quantity can be exchanged or converted into, with nothing paid but money. */
const exchangeableInto = deliverable.optional();

export function isLeverageText(text: string): boolean {
  return isPositiveText(text) && !text.startsWith('0.');
}

/** Daily leverage of a fund, positive also for inverse funds: "1", "2", "3". Less than 1 would shrink the requirement. */
export const leverage = decimalText.refine(isLeverageText, { error: 'expected a leverage of at least 1' });

export const equity = z.strictObject({
  kind: z.literal('equity'),
  ...terms,
  class: z.enum(['common', 'preferred', 'adr', 'reit', 'fund', 'other']).optional(),
  /** False for securities that may not be bought on margin: they are charged in full. */
  marginable: z.boolean().optional(),
  exchangeableInto,
});
export const etf = z.strictObject({
  kind: z.literal('etf'),
  ...terms,
  leverage: leverage.optional(),
  /** Broad funds take the 15 % option rule, narrow ones the 20 %. */
  class: z.enum(['broad', 'narrow']).optional(),
  marginable: z.boolean().optional(),
  /** The index whose whole return the fund follows, one for one. */
  tracks: instrumentId.optional(),
});
export const index = z.strictObject({
  kind: z.literal('index'),
  ...terms,
  class: z.enum(['broad', 'narrow']),
  leverage: leverage.optional(),
});
/** Quantity is face value; price is per cent of it, so the multiplier is "0.01". */
export const bond = z.strictObject({
  kind: z.literal('bond'),
  ...terms,
  issuer: z.enum(['treasury', 'agency', 'municipal', 'corporate', 'unknown']),
  grade: z.enum(['investment', 'speculative', 'unknown']).optional(),
  maturity: isoDate.nullable().optional(),
  /** Per cent a year; "0" for a zero-coupon bond; null when unknown. */
  coupon: decimalText.nullable().optional(),
  convertible: z.boolean().optional(),
  exchangeableInto,
});
export const option = z.strictObject({
  kind: z.literal('option'),
  ...terms,
  underlying: instrumentId,
  right: z.enum(['call', 'put']),
  strike: positiveDecimalText,
  expiry: isoDate,
  style: z.enum(['american', 'european']).optional(),
  settlement: z.enum(['linear', 'inverse']).optional(),
  delivery: z.enum(['physical', 'cash']).optional(),
  settles: z.enum(['am', 'pm']).optional(),
  expiresAt: isoInstant.optional(),
  timeZone: z.string().optional(),
  /** Present for adjusted contracts whose deliverable is known; the 20 % is of the deliverable. */
  deliverable: z.array(deliverable).optional(),
  deliverableCash: decimalText.optional(),
  /** True when the contract was adjusted by a corporate action and its deliverable is not known. */
  adjusted: z.boolean().optional(),
  /** False for over-the-counter options. */
  listed: z.boolean().optional(),
});
export const future = z.strictObject({
  kind: z.literal('future'),
  ...terms,
  underlying: instrumentId.nullable().optional(),
  expiry: isoDate.nullable().optional(),
  /** Inverse: worth `multiplier` of the quote currency, paid out in coin. */
  settlement: z.enum(['linear', 'inverse']).optional(),
  expiresAt: isoInstant.optional(),
});
/** A future without an expiry, held to its underlying by funding. */
export const perpetual = z.strictObject({
  kind: z.literal('perpetual'),
  ...terms,
  underlying: instrumentId.nullable().optional(),
  settlement: z.enum(['linear', 'inverse']).optional(),
});
/** Kinds that a file may hold and no margin model here covers yet; listed, never silently dropped. */
export const otherInstrument = z.strictObject({
  kind: z.enum(['coin', 'loan', 'cfd', 'warrant', 'other']),
  ...terms,
});

/** The terms of an instrument: what its contract says, without any market data. */
export const instrument = z.discriminatedUnion('kind', [equity, etf, index, bond, option, future, perpetual, otherInstrument]);
export type Instrument = z.infer<typeof instrument>;
export type InstrumentKind = Instrument['kind'];
export type OptionInstrument = z.infer<typeof option>;
export type BondInstrument = z.infer<typeof bond>;
export type FutureInstrument = z.infer<typeof future>;
export type PerpetualInstrument = z.infer<typeof perpetual>;

/** Other instruments that these terms name: what it is on, delivers, can be exchanged into or follows. Empty where none are known. */
export function instrumentsNamedBy(terms: Instrument | undefined): InstrumentId[] {
  if (!terms) return [];
  return [
    ...('underlying' in terms && terms.underlying ? [terms.underlying] : []),
    ...('deliverable' in terms ? (terms.deliverable ?? []) : []).map((delivered) => delivered.instrument),
    ...('exchangeableInto' in terms && terms.exchangeableInto ? [terms.exchangeableInto.instrument] : []),
    ...('tracks' in terms && terms.tracks ? [terms.tracks] : []),
  ];
}

/** How other people name the same instrument; kept so that files and disputes can be matched. */
export const identifiers = z.strictObject({
  symbol: z.string(),
  conid: z.string().optional(),
  isin: z.string().optional(),
  cusip: z.string().optional(),
  figi: z.string().optional(),
});
export type Identifiers = z.infer<typeof identifiers>;
