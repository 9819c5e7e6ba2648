import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import type { Result } from '../../../shared/result.ts';
import { buildDemo, type DemoProgress } from '../../desk/demo.ts';
import { askAfterFault, askForBook, showLine } from './book-dialogs.ts';
import { openFirstBook, type BookWish } from './first-book.ts';
import type { Running } from './running.ts';

/** Which book the window shows: the first one, and the exchange for another. */

/** Opens the book of this start; quits when the person gives up on it. */
export async function openFirst(running: Running, book: string, demoBook: string): Promise<void> {
  const { window } = running;
  const opened = await openFirstBook(book, {
    demoBook,
    makeDemo: (path) => makeDemo(window, path),
    open: (wish) => openBook(running, wish),
    askAfterFault: (fault) => askAfterFault(dialog, window, fault),
    askForBook: () => askForBook(dialog, window),
  });
  if (opened === null) app.quit();
}

/** Shows another book in the window; the one before stays when the new one does not open. */
export async function exchangeBook(running: Running, wish: BookWish | null): Promise<void> {
  if (wish === null) return;
  const opened = await openBook(running, wish);
  if (opened.ok) return running.window.webContents.reload();
  const choice = await askAfterFault(dialog, running.window, opened.fault);
  if (choice === 'quit') return app.quit();
  if (choice === 'read-only') return exchangeBook(running, { book: wish.book, readOnly: true });
  const another = await askForBook(dialog, running.window);
  return exchangeBook(running, another === null ? null : { book: another });
}

/** Makes an empty book and shows it. A file that is there already is never replaced, whatever the dialog was told. */
export async function newBook(running: Running, book: string | null): Promise<void> {
  if (book === null) return;
  if (!existsSync(book)) return exchangeBook(running, { book, create: true });
  await showLine(dialog, running.window, `${basename(book)}: there is a file of this name, and Plimsoll never replaces one. Choose another name, or open it with "Open Book".`);
}

/** Opens the book again after its desk has died. */
export async function reopenBook(running: Running): Promise<void> {
  const { book } = running.state;
  await exchangeBook(running, book === null ? null : { book });
}

async function openBook({ window, holder, state }: Running, wish: BookWish): Promise<Result<unknown>> {
  const opened = await holder.open(wish);
  if (opened.ok && !window.isDestroyed()) {
    state.book = wish.book;
    window.setProgressBar(-1);
    window.setTitle(`${opened.value.name}${wish.readOnly ? ' (read-only)' : ''} — Plimsoll`);
  }
  return opened;
}

async function makeDemo(window: BrowserWindow, book: string): Promise<Result<unknown>> {
  mkdirSync(dirname(book), { recursive: true });
  return await buildDemo(book, (progress) => showProgress(window, progress));
}

function showProgress(window: BrowserWindow, { step, steps, label }: DemoProgress): void {
  if (window.isDestroyed()) return;
  window.setProgressBar(step / steps);
  window.setTitle(`Plimsoll — making the demo book, ${step} of ${steps}: ${label}`);
}
