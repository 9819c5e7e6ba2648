import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import { symbolId } from '../../../shared/domain/instrument-id.ts';
import type { Currency, Instrument, OptionInstrument } from '../../../shared/domain/instrument.ts';
import type { DecimalText } from '../../../shared/money.ts';
import { readFundText, saysFund } from './fund-text.ts';
import { indexNamed } from './index-roots.ts';
import { shareClassSymbol } from './share-class.ts';

/** A stock, fund or index as a file shows it. */
export interface StockParts {
  symbol: string;
  currency: Currency;
  description?: string | null | undefined;
  /** What the file says it is; told from the text where it says nothing. */
  kind?: 'equity' | 'etf' | 'index' | undefined;
  class?: Extract<Instrument, { kind: 'equity' }>['class'] | undefined;
  leverage?: DecimalText | null | undefined;
  fundClass?: 'broad' | 'narrow' | undefined;
}

/** The instrument of a stock, fund or index; its identifiers hold the symbol as the file spells it. */
export function stockInstrument(parts: StockParts): InstrumentFact {
  const symbol = shareClassSymbol(parts.symbol);
  return { id: symbolId(symbol, parts.currency), terms: stockTerms(symbol, parts), identifiers: { symbol: parts.symbol.trim() } };
}

function stockTerms(symbol: string, parts: StockParts): Instrument {
  const terms = { currency: parts.currency, ...(parts.description ? { description: parts.description } : {}), multiplier: '1' };
  const index = parts.currency === 'USD' ? indexNamed(symbol) : undefined;
  if (parts.kind === 'index' || (parts.kind === undefined && index)) {
    return { kind: 'index', ...terms, class: parts.fundClass ?? index?.class ?? 'narrow' };
  }
  if (parts.kind === 'etf' || (parts.kind === undefined && parts.class === undefined && saysFund(symbol, parts.description))) {
    const text = readFundText(symbol, parts.description);
    const leverage = parts.leverage ?? text.leverage;
    const fundClass = parts.fundClass ?? text.class;
    return { kind: 'etf', ...terms, ...(leverage ? { leverage } : {}), ...(fundClass ? { class: fundClass } : {}) };
  }
  return { kind: 'equity', ...terms, ...(parts.class ? { class: parts.class } : {}) };
}

/** The underlying of an option, as far as its symbol alone tells it. */
export function underlyingInstrument(symbol: string, currency: Currency): InstrumentFact {
  return stockInstrument({ symbol, currency });
}

/** The underlying that an option's terms name. */
export function optionUnderlying({ underlying, settlement }: OptionInstrument): InstrumentFact {
  const [symbol = underlying, suffix] = underlying.split(':');
  // A coin option strikes in dollars whatever it is paid in.
  if (settlement !== undefined) return { id: underlying, terms: { kind: 'coin', currency: 'USD', multiplier: '1' }, identifiers: { symbol } };
  return underlyingInstrument(symbol, suffix ?? 'USD');
}
