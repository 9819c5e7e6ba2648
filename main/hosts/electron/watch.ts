import { app, dialog, type BrowserWindow } from 'electron';
import { showLine } from './book-dialogs.ts';
import { readOptions } from './options.ts';
import type { Running } from './running.ts';
import { exchangeBook } from './window-books.ts';
import { writeState } from './window-state.ts';

/** What happens around the window: it closes, its page dies, the program is started again, or it ends. */

export function watchWindow({ window, state }: Running, stateFile: string): void {
  window.on('close', () => {
    writeState(stateFile, { ...state, bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    void askToShowAgain(window, `The page stopped (${reason}). The book is not affected.`);
  });
}

async function askToShowAgain(window: BrowserWindow, line: string): Promise<void> {
  const { response } = await showLine(dialog, window, line, { buttons: ['Show it again', 'Quit'], cancelId: 1 });
  if (response === 0) window.webContents.reload();
  else app.quit();
}

/** A second start brings the window to the front, and shows the book that it names. */
export function watchSecondStart(running: Running): void {
  const { window } = running;
  app.on('second-instance', (_event, argv, folder) => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    const { book } = readOptions(argv, folder);
    if (book !== null && book !== running.state.book) void exchangeBook(running, { book });
  });
}

/** Lets go of the book before the process ends, so that its last write is checkpointed and its lock is free. */
export function watchEnd({ holder }: Pick<Running, 'holder'>): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void holder.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

/** The last resort: a broken invariant in this process is told in one line, and the process ends. */
export function watchBrokenInvariants(): void {
  process.on('uncaughtException', (error) => {
    console.error('plimsoll:', error);
    dialog.showErrorBox('Plimsoll', `Something went wrong in the program (${error.message}). It closes now; everything that was accepted is in the book.`);
    app.exit(1);
  });
}
