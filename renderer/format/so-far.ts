import type { BookInfo } from '../../shared/views.ts';

/** True while only the first accounts of a large book are there: counts of what is shown are then not counts of the book. */
export function isPartOnly(book: BookInfo | null): boolean {
  return book?.accountsInAll !== undefined;
}

/** How many accounts the book has, those among them that are still computed. */
export function accountsOf(book: BookInfo): number {
  return book.accountsInAll ?? book.accounts;
}

/** What a count is of, in words that do not call it the whole while it is not: `accounts`, or `accounts so far`. */
export function soFar(book: BookInfo | null, noun: string): string {
  return isPartOnly(book) ? `${noun} so far` : noun;
}
