import type { Currency, InstrumentId, OptionInstrument } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';
import type { PoolInput, PositionInput } from '../input.ts';
import type { Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import { log } from '../pricing/elementary.ts';
import type { VenueGridSection } from './section.ts';
import { coinRate, confidenceOf, forwardOf, quoteOf, yearsUntil, type Quote } from '../standard-options/feed.ts';

export interface GridOption {
  instrument: InstrumentId;
  terms: OptionInstrument;
  quantity: Decimal;
  units: Decimal;
  strike: Decimal;
  vol: number;
}

/**
 * What a contract is paid out in. Inverse: in coin, which counts in the pool at the exchange rate of now, in every scenario;
 * otherwise in the pool's own currency.
 */
interface Settlement {
  isInverse: boolean;
  /** From what it is paid out in to the pool's currency; none where they are the same. */
  conversion: readonly Figure[];
  /** Their product. */
  into: Decimal;
}

/** Options of one underlying and expiry that are paid out alike, with what they are priced from. */
export interface GridExpiry extends Settlement {
  underlying: InstrumentId;
  expiresAt: string;
  spot: Quote;
  years: number;
  forward: Quote;
  /** Not below zero. */
  rate: number;
  confidence: Decimal;
  options: GridOption[];
}

/** A perpetual or a future: linear in money, or inverse, paid out in coin. */
export interface GridFuture extends Settlement {
  instrument: InstrumentId;
  underlying: InstrumentId;
  quantity: Decimal;
  units: Decimal;
  quote: Quote;
  entry: Decimal | null;
  isPerpetual: boolean;
  years: number;
}

export interface GridContents {
  expiries: GridExpiry[];
  futures: GridFuture[];
  spots: Map<InstrumentId, Quote>;
  unpriced: (Unpriced & { quantity: Decimal })[];
}

const ZERO = new Decimal(0);

/** The derivatives of a pool, by what they are valued from; what cannot be valued leaves the pool indeterminate. */
export function gridContents(pool: PoolInput, market: MarketView, grid: Pick<VenueGridSection, 'underlying'>): GridContents {
  const contents: GridContents = { expiries: [], futures: [], spots: new Map(), unpriced: [] };
  if (grid.underlying !== undefined) spotOf(grid.underlying, pool.currency, market, contents);
  for (const row of netted(pool.positions)) {
    const problem = take(row, pool.currency, market, contents);
    if (problem !== null) contents.unpriced.push({ instrument: row.instrument, reason: problem, indeterminate: true, quantity: fromDecimalText(row.quantity) });
  }
  return contents;
}

function take(row: PositionInput, currency: string, market: MarketView, contents: GridContents): string | null {
  const terms = market.terms(row.instrument);
  if (!terms) return 'its terms are not known';
  const quantity = fromDecimalText(row.quantity);
  const units = quantity.times(terms.multiplier ?? '1');
  if (terms.kind === 'perpetual' || terms.kind === 'future') {
    const isInverse = terms.settlement === 'inverse';
    const quote = quoteOf(row.instrument, isInverse ? terms.currency : currency, market);
    if (typeof quote === 'string') return quote;
    if (quote.price.amount.lte(0)) return 'it has no price above zero';
    const underlying = terms.underlying ?? row.instrument;
    const spot = spotOf(underlying, terms.currency, market, contents);
    if (typeof spot === 'string') return spot;
    const settlement = settlementOf(isInverse, underlying, currency, market);
    if (typeof settlement === 'string') return settlement;
    const expiresAt = terms.kind === 'future' ? terms.expiresAt : undefined;
    contents.futures.push({ instrument: row.instrument, underlying, quantity, units, quote, entry: row.entryPrice === null ? null : fromDecimalText(row.entryPrice), ...settlement, isPerpetual: terms.kind === 'perpetual', years: expiresAt === undefined ? 0 : yearsUntil(expiresAt, market) });
    return null;
  }
  if (terms.kind !== 'option') return `positions of kind ${terms.kind} are put up as collateral here`;
  if (terms.expiresAt === undefined) return 'the moment of its expiry is not known';
  const vol = market.input.impliedVols?.get(row.instrument);
  if (vol === undefined) return 'its volatility is not known';
  const isInverse = terms.settlement === 'inverse';
  const spot = spotOf(terms.underlying, isInverse ? (market.terms(terms.underlying)?.currency ?? currency) : currency, market, contents);
  if (typeof spot === 'string') return spot;
  if (isInverse && spot.price.amount.lte(0)) return `it is paid in coin and ${terms.underlying} has no price above zero`;
  const settlement = settlementOf(isInverse, terms.underlying, currency, market);
  if (typeof settlement === 'string') return settlement;
  const expiry = expiryOf(terms.underlying, terms.expiresAt, spot, settlement, market, contents);
  if (isInverse && expiry.forward.price.amount.lte(0)) return `it is paid in coin and its forward of ${terms.underlying} is not above zero`;
  expiry.options.push({ instrument: row.instrument, terms, quantity, units, strike: fromDecimalText(terms.strike), vol: Number(vol) });
  return null;
}

/** A contract on a coin that is paid out in it: the underlying, where that is the name of a currency. */
function settlementOf(isInverse: boolean, underlying: InstrumentId, currency: Currency, market: MarketView): Settlement | string {
  if (!isInverse) return { isInverse, conversion: [], into: new Decimal(1) };
  const conversion = coinRate(underlying, currency, market);
  if (typeof conversion === 'string') return conversion;
  return { isInverse, conversion, into: conversion.reduce((rate, { amount }) => rate.times(amount), new Decimal(1)) };
}

function spotOf(underlying: InstrumentId, currency: string, market: MarketView, { spots }: GridContents): Quote | string {
  const known = spots.get(underlying) ?? quoteOf(underlying, currency, market);
  if (typeof known !== 'string') spots.set(underlying, known);
  return known;
}

function expiryOf(underlying: InstrumentId, expiresAt: string, spot: Quote, settlement: Settlement, market: MarketView, { expiries }: GridContents): GridExpiry {
  const known = expiries.find((expiry) => expiry.underlying === underlying && expiry.expiresAt === expiresAt && expiry.isInverse === settlement.isInverse);
  if (known) return known;
  const stated = market.input.forwards?.find((forward) => forward.underlying === underlying && Date.parse(forward.expiresAt) === Date.parse(expiresAt));
  const forward = forwardOf(underlying, expiresAt, spot, market);
  const confidence = Decimal.min(forward.confidence, forward.volConfidence, stated?.rateConfidence ?? '1', confidenceOf(underlying, market));
  const made: GridExpiry = { underlying, expiresAt, ...settlement, spot, years: yearsUntil(expiresAt, market), forward, rate: Math.max(0, Number(stated?.rate ?? '0')), confidence, options: [] };
  expiries.push(made);
  return made;
}

/** ln(strike / forward); a strike of nothing is as far below as a double goes. */
export function moneyness({ strike }: GridOption, forward: Decimal): number {
  return strike.isZero() ? -Number.MAX_VALUE : log(Number(strike) / Number(forward));
}

/** Rows of one instrument and entry price added up, sorted: neither order nor splitting changes a figure. */
function netted(positions: readonly PositionInput[]): PositionInput[] {
  const groups = [...Map.groupBy(positions, ({ instrument, entryPrice }) => `${instrument}\n${entryPrice}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, rows]) => {
    const quantity = rows.reduce((total, row) => total.plus(fromDecimalText(row.quantity)), ZERO);
    return rows[0] && !quantity.isZero() ? [{ ...rows[0], quantity: quantity.toFixed() }] : [];
  });
}
