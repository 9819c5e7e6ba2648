import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import { faultLine, type Fault } from '../../../shared/result.ts';

/** Dialogs about books. Paths chosen here never reach the page. */

const filters = [{ name: 'Plimsoll books', extensions: ['plimsoll'] }];

/** Asks for an existing book; null when the person cancels. */
export async function askForBook(dialog: Dialog, window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Open a book', buttonLabel: 'Open', properties: ['openFile', 'dontAddToRecent'], filters });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks where to make a new book; null when the person cancels. */
export async function askForNewBook(dialog: Dialog, window: BrowserWindow): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { title: 'New book', buttonLabel: 'Make', defaultPath: 'book.plimsoll', properties: ['dontAddToRecent'], filters });
  if (canceled || !filePath) return null;
  return filePath.endsWith('.plimsoll') ? filePath : `${filePath}.plimsoll`;
}

export type AfterFault = 'read-only' | 'another' | 'quit';

/** What the person may do about a book that did not open. Reading is offered where somebody else holds the book. */
export function faultChoices(fault: Fault): { labels: string[]; choices: AfterFault[] } {
  const offers: [AfterFault, string][] = [
    ...(fault.code === 'book-held' ? [['read-only', 'Open read-only'] as [AfterFault, string]] : []),
    ['another', 'Choose another book …'],
    ['quit', 'Quit'],
  ];
  return { labels: offers.map(([, label]) => label), choices: offers.map(([choice]) => choice) };
}

/** Says in one line why the book did not open, and asks what to do now. Escape quits, as closing the window did. */
export async function askAfterFault(dialog: Dialog, window: BrowserWindow, fault: Fault): Promise<AfterFault> {
  if (window.isDestroyed()) return 'quit';
  const { labels, choices } = faultChoices(fault);
  const { response } = await showLine(dialog, window, faultLine(fault), { type: 'error', buttons: labels, defaultId: 0, cancelId: labels.length - 1 });
  return choices[response] ?? 'quit';
}

/** One line in a box, and on standard error for whoever started us from a terminal. */
export function showLine(dialog: Dialog, window: BrowserWindow, line: string, options: Partial<MessageBoxOptions> = {}): Promise<{ response: number }> {
  console.error(`plimsoll: ${line}`);
  return dialog.showMessageBox(window, { type: 'warning', title: 'Plimsoll', noLink: true, ...options, message: line });
}
