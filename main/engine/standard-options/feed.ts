import { currency as currencySchema, type InstrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { input, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';

/** A price in the pool's currency, and how far its feed trusts it, 0 to 1. */
export interface Quote {
  price: Figure;
  confidence: Decimal;
}

const SURE = new Decimal(1);
const YEAR = 365 * 86_400;

/** The mark of an instrument that is quoted in the pool's currency; the reason where there is none. */
export function quoteOf(instrument: InstrumentId, currency: string, market: MarketView): Quote | string {
  const terms = market.terms(instrument);
  if (!terms) return `the terms of ${instrument} are not known`;
  if (terms.currency !== currency) return `${instrument} is quoted in ${terms.currency}, the pool is kept in ${currency}`;
  const price = market.price(instrument);
  return price ? { price, confidence: confidenceOf(instrument, market) } : market.priceProblem(instrument);
}

export function confidenceOf(instrument: InstrumentId, market: MarketView): Decimal {
  const stated = market.input.confidences?.get(instrument);
  return stated === undefined ? SURE : fromDecimalText(stated);
}

/**
 * What turns the coin that a contract on it is paid out in into another currency: none where it is that. The reason where the
 * underlying is no coin, or no rate is known.
 */
export function coinRate(underlying: InstrumentId, into: string, market: MarketView): readonly Figure[] | string {
  const coin = currencySchema.safeParse(underlying);
  if (!coin.success) return 'the coin it is paid in is not known';
  return market.conversion(coin.data, into) ?? `no exchange rate from ${coin.data} into ${into} is known`;
}

/** The forward of an expiry; the spot where none is stated. */
export function forwardOf(underlying: InstrumentId, expiresAt: string, spot: Quote, market: MarketView): Quote & { volConfidence: Decimal } {
  const stated = market.input.forwards?.find((forward) => forward.underlying === underlying && Date.parse(forward.expiresAt) === Date.parse(expiresAt));
  if (!stated) return { ...spot, volConfidence: SURE };
  const price = input(fromDecimalText(stated.price), spot.price.unit, { label: `Forward of ${underlying} for ${expiresAt}`, source: 'market', subject: { instrument: underlying } });
  return { price, confidence: fromDecimalText(stated.confidence ?? '1'), volConfidence: fromDecimalText(stated.volConfidence ?? '1') };
}

/** Years of 365 days from the moment of the marks; nothing once it is past. */
export function yearsUntil(expiresAt: string, market: MarketView): number {
  return Math.max(0, (Date.parse(expiresAt) - Date.parse(market.input.asOf)) / 1000 / YEAR);
}

/** What one of the pool's currency is worth, where it is a coin that should be worth one. */
export function pegOf(currency: string, market: MarketView): Figure | null {
  return market.terms(currency)?.kind === 'coin' ? market.price(currency) : null;
}
