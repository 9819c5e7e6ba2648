import type { Regime, SubType } from '../../../shared/domain/facts.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';

/**
 * The part of the account a position sits in, where the file does not say: futures and options on them in the futures
 * part, short stock in the short part, everything of a cash account in its cash part, the rest on margin.
 */
export function subTypeOf(terms: Instrument, underlying: Instrument | null, quantity: string, regime: Regime): SubType {
  if (terms.kind === 'future' || underlying?.kind === 'future') return 'futures';
  const isStock = terms.kind === 'equity' || terms.kind === 'etf';
  if (isStock && quantity.startsWith('-')) return 'short';
  return regime === 'cash' ? 'cash' : 'margin';
}
