import type { MarketView } from '../../market/market-view.ts';
import type { OpenPool } from './account.ts';
import { besideOf } from './beside-units.ts';
import type { BookLanes, Stack } from './book-lanes.ts';
import type { PoolFacts } from './facts.ts';
import { marketAt } from './market-now.ts';
import { quietMemorandum, tradedMemorandum, type MemorandumAt } from './memorandum.ts';

/** A pool in its lane, with what is beside it; null where it is in none. */
export function openPool(book: BookLanes, place: number): OpenPool | null {
  const pool = book.pools[place];
  if (!pool?.stack?.lane) return null;
  return { facts: pool.facts, lane: pool.stack.lane, at: pool.at, terms: pool.stack.terms, beside: besideAt(book, place, pool.stack, pool.at), memorandum: memorandumAt(book, pool.facts, pool.stack) };
}

function memorandumAt(book: BookLanes, { account, currency, traded }: PoolFacts, { staged: { rules }, terms: { regT, businessDate } }: Stack): MemorandumAt | null {
  const past = book.accounts.get(account)?.past;
  if (!regT || !past?.activity) return null;
  // Of a new account the rules ask an amount of their own money.
  if (past.newAccount && !book.market.conversion(rules.currency, currency)) return null;
  return traded ? tradedMemorandum(past, traded, rules, marketNow(book)) : quietMemorandum(past, regT, businessDate);
}

function besideAt(book: BookLanes, place: number, { staged, units }: Stack, at: number): OpenPool['beside'] {
  const part = staged.beside.get(at);
  if (!part) return null;
  const known = book.beside.get(place) ?? besideOf(part, marketNow(book), book.shelf, units);
  book.beside.set(place, known);
  return known;
}

/** The market at the book's marks. */
export function marketNow(book: BookLanes): MarketView {
  book.now ??= marketAt(book.market, book.instruments);
  return book.now;
}

export function isOpen(pools: readonly (OpenPool | null)[]): pools is readonly OpenPool[] {
  return !pools.includes(null);
}
