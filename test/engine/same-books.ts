import { accountStateOf, marginAccount, type AccountMargin } from '../../main/engine/margin.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import type { ManyPools } from './random-book.ts';
import { accountOf, marketOf, type Desk } from './build.ts';

/** Books that each property of a run sees: enough to be sure, and `npm run properties` sees more. */
export const RUNS = Number(process.env['PLIMSOLL_BOOK_RUNS'] ?? 500);

/**
 * All properties of a file look at the same books, so that each book is computed once. A failure names the seed; to see
 * it again, set PLIMSOLL_SEED.
 */
export const SEED = Number(process.env['PLIMSOLL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
export const SAME_BOOKS = { numRuns: RUNS, seed: SEED };
/** Where every book is one of several pools, and computed more than once. */
export const FEWER_BOOKS = { ...SAME_BOOKS, numRuns: RUNS / 2 };

const margins = new Map<string, AccountMargin>();

/** The book's margin, computed once for all properties of this file. Only for books on the shipped packs. */
export function knownMargin(desk: Desk): AccountMargin {
  const key = JSON.stringify(desk);
  const known = margins.get(key);
  if (known) return known;
  const margin = marginAccount(accountOf(desk), marketOf(desk), shippedPacks());
  margins.set(key, margin);
  return margin;
}

/** The margin of an account of several pools, likewise. */
export function marginOfMany({ account, market }: ManyPools): AccountMargin {
  const key = JSON.stringify([account, [...market.marks.values()].map(({ instrument, value }) => [instrument, value])]);
  const known = margins.get(key);
  if (known) return known;
  const margin = marginAccount(account, market, shippedPacks());
  margins.set(key, margin);
  return margin;
}

const written = new WeakMap<AccountMargin, string>();

/** The book's state as bytes, trees and all. */
export function knownBytes(desk: Desk): string {
  const margin = knownMargin(desk);
  const known = written.get(margin);
  if (known !== undefined) return known;
  const text = JSON.stringify(accountStateOf(margin));
  written.set(margin, text);
  return text;
}
