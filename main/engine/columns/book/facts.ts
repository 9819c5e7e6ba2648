import type { Currency, InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { DecimalText } from '../../../../shared/money.ts';
import type { IsoDate } from '../../../../shared/time.ts';
import type { AccountInput, PoolInput, Sweep } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';

/**
 * What is known of the special memorandum account without looking at a trade: nothing where trades are not known, the balance
 * before where nothing happened since; days with trades or money are for the explaining engine.
 */
export type MemorandumStart = { kind: 'unknown' } | { kind: 'quiet'; before: DecimalText; isNew: boolean } | { kind: 'active' };

/** As much of an account as its figures need beside its pools' columns. */
export interface AccountFacts {
  id: string;
  baseCurrency: Currency;
  sweep: Sweep | null;
  memorandum: MemorandumStart;
  /** Its pools, by their places in the book, in its own order. */
  pools: number[];
}

export interface PoolFacts {
  id: string;
  mode: PoolInput['mode'];
  currency: Currency;
  /** Id of its account. */
  account: string;
}

export function accountFacts({ id, baseCurrency, sweep = null, ...account }: AccountInput, today: IsoDate): AccountFacts {
  return { id, baseCurrency, sweep: sweep && { from: sweep.from, to: sweep.to }, memorandum: memorandumStart(account, today), pools: [] };
}

/** As `strategy/special-memorandum.ts` counts days. */
function memorandumStart({ activity, activityCovers, newAccount, prior }: Pick<AccountInput, 'activity' | 'activityCovers' | 'newAccount' | 'prior'>, today: IsoDate): MemorandumStart {
  if (activity === null) return { kind: 'unknown' };
  if (activity.some(({ tradeDate }) => tradeDate === today || (activityCovers === 'sincePrior' && tradeDate < today))) return { kind: 'active' };
  return { kind: 'quiet', before: prior?.sma ?? '0', isNew: newAccount };
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
