import type { Currency, InstrumentId } from '../../../../shared/domain/instrument.ts';
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
  /** Marks as they stand: null where there is none. */
  marks: (DecimalText | null)[];
}

export function bookInstruments(): BookInstruments {
  return { ids: [], numbers: new Map(), marks: [] };
}

export function numberOf(book: BookInstruments, id: InstrumentId, market: MarketView): number {
  const known = book.numbers.get(id);
  if (known !== undefined) return known;
  const number = book.ids.push(id) - 1;
  book.numbers.set(id, number);
  book.marks.push(market.input.marks.get(id)?.value ?? null);
  const terms = market.terms(id);
  if (terms?.kind === 'option') numberOf(book, terms.underlying, market);
  return number;
}
