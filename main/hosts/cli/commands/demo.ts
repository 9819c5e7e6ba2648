import { existsSync } from 'node:fs';
import { makeDemoBook } from '../../start/prepare.ts';
import { demoBook } from '../../data-folder.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, type ExitStatus } from '../with-desk.ts';

/** `demo [BOOK]`: builds the demo book through the real import path. A file that is there is never replaced. */
export async function demoCommand(terminal: Terminal, named: string | undefined, { json }: { json?: boolean }): Promise<ExitStatus> {
  const book = named ?? demoBook();
  if (existsSync(book)) return trouble(terminal, { code: 'book-exists', message: 'There is a file of this name, and Plimsoll never replaces one.', at: book, fix: 'Name another.' });
  const made = await makeDemoBook(terminal, book);
  if (!made.ok) return trouble(terminal, made.fault);
  if (json) printJson(terminal, { book });
  else terminal.out(`The demo book is ${book}.`);
  return EXIT.done;
}
