import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { PriceRange } from '../range-array.ts';
import type { Cited, ScanRules } from '../rules.ts';
import type { PortfolioType } from '../section.ts';

/** How far an underlying's price is moved, and by which rule. */
export interface UnderlyingRange extends PriceRange {
  type: Cited<PortfolioType>;
  /** Volatility points that scenarios move by; null where volatility stays. */
  vol: Decimal | null;
}

type Kind = NonNullable<PortfolioType['kinds']>[number];

/**
 * The range of an underlying: by name where a type lists it, else by what it is; × the leverage of a fund. Null when no
 * type of the packs takes it. An underlying whose terms we do not know is taken for a single stock, the widest range.
 */
export function rangeOf(underlying: InstrumentId, market: MarketView, { portfolioTypes }: ScanRules): UnderlyingRange | null {
  const terms = market.terms(underlying);
  const types = [...portfolioTypes.values()];
  const kind = kindOf(terms);
  const type = types.find(({ members = [] }) => members.includes(underlying)) ?? types.find(({ kinds = [] }) => kinds.includes(kind));
  if (!type) return null;
  const leverage = leverageOf(terms);
  return { type, down: Decimal.min(1, fromDecimalText(type.down).times(leverage)), up: fromDecimalText(type.up).times(leverage), vol: type.vol === undefined ? null : fromDecimalText(type.vol) };
}

function kindOf(terms: Instrument | null): Kind {
  if (terms?.kind === 'index') return terms.class === 'broad' ? 'broadIndex' : 'narrowIndex';
  return terms?.kind === 'etf' && terms.class === 'broad' ? 'broadIndex' : 'equity';
}

function leverageOf(terms: Instrument | null): string {
  return (terms?.kind === 'etf' || terms?.kind === 'index' ? terms.leverage : undefined) ?? '1';
}
