import { existsSync } from 'node:fs';
import type { Fault, Result } from '../../../shared/result.ts';
import type { AfterFault } from './book-dialogs.ts';

/** A book to open and how. */
export interface BookWish {
  book: string;
  create?: boolean;
  readOnly?: boolean;
}

/** How the first book is opened, and what is asked when that does not work. */
export interface FirstBookParts {
  demoBook: string;
  /** Makes the demo book through the real import path. */
  makeDemo(book: string): Promise<Result<unknown>>;
  open(wish: BookWish): Promise<Result<unknown>>;
  askAfterFault(fault: Fault): Promise<AfterFault>;
  askForBook(): Promise<string | null>;
}

/** The book of this start: the one named, else the one shown last if it is still there, else the demo book. */
export function chooseBook(named: string | null, remembered: string | null, demoBook: string): string {
  if (named) return named;
  return remembered && existsSync(remembered) ? remembered : demoBook;
}

/**
 * Opens the first book, making the demo book if that is what is wanted and it is not there. Keeps asking until a book
 * is open; null when the person would rather quit. No book is ever made or replaced because another did not open.
 */
export async function openFirstBook(book: string, parts: FirstBookParts): Promise<string | null> {
  let wish: BookWish = { book };
  for (;;) {
    const opened = await makeIfDemo(wish.book, parts).then((made) => (made.ok ? parts.open(wish) : made));
    if (opened.ok) return wish.book;
    const choice = await parts.askAfterFault(opened.fault);
    if (choice === 'quit') return null;
    if (choice === 'read-only') {
      wish = { book: wish.book, readOnly: true };
    } else {
      const another = await parts.askForBook();
      if (another) wish = { book: another };
    }
  }
}

async function makeIfDemo(book: string, parts: FirstBookParts): Promise<Result<unknown>> {
  return book === parts.demoBook && !existsSync(book) ? parts.makeDemo(book) : { ok: true, value: null };
}
