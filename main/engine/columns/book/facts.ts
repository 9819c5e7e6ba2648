import type { Currency, Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { DecimalText } from '../../../../shared/money.ts';
import type { IsoDate } from '../../../../shared/time.ts';
import type { AccountInput, PoolInput, Sweep } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import { pastOf, tradedIn, type Past } from './memorandum.ts';

/** As much of an account as its figures need beside its pools' columns. */
export interface AccountFacts {
  id: string;
  baseCurrency: Currency;
  sweep: Sweep | null;
  past: Past;
  /** Its pools, by their places in the book, in its own order. */
  pools: number[];
}

export interface PoolFacts {
  id: string;
  mode: PoolInput['mode'];
  currency: Currency;
  /** Id of its account. */
  account: string;
  /** What the account's trades are counted with; null where it has none that count. */
  traded: PoolInput | null;
}

export function accountFacts(account: AccountInput, today: IsoDate): AccountFacts {
  const { id, baseCurrency, sweep = null } = account;
  return { id, baseCurrency, sweep: sweep && { from: sweep.from, to: sweep.to }, past: pastOf(account, today), pools: [] };
}

export function poolFacts(pool: PoolInput, { id: account, past }: AccountFacts, market: MarketView): PoolFacts {
  const { id, mode, currency } = pool;
  return { id, mode, currency, account, traded: tradedIn(pool, past, market) };
}

/** Instruments by number, each once, with what a book looks at: those that are held, and what options are on. */
export interface BookInstruments {
  ids: InstrumentId[];
  numbers: Map<InstrumentId, number>;
  /** Null where nothing is known of it. */
  terms: (Instrument | null)[];
  /** Marks as they stand: null where there is none. */
  marks: (DecimalText | null)[];
  /** Whose mark was told since the book was opened. */
  moved: Set<number>;
}

export function bookInstruments(): BookInstruments {
  return { ids: [], numbers: new Map(), terms: [], marks: [], moved: new Set() };
}

/** Of instruments that nothing was known of. */
export function learnTerms({ ids, terms }: BookInstruments, market: MarketView): void {
  for (let at = 0; at < ids.length; at += 1) terms[at] ??= market.terms(ids[at] as InstrumentId);
}

export function numberOf(book: BookInstruments, id: InstrumentId, market: MarketView): number {
  const known = book.numbers.get(id);
  if (known !== undefined) return known;
  const number = book.ids.push(id) - 1;
  book.numbers.set(id, number);
  book.marks.push(market.input.marks.get(id)?.value ?? null);
  const terms = market.terms(id);
  book.terms.push(terms);
  if (terms?.kind === 'option') numberOf(book, terms.underlying, market);
  return number;
}
