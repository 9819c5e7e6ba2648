import { existsSync, statSync } from 'node:fs';
import type { Desk } from '../../../shared/contract.ts';
import { answer, type HostAnswers } from '../../desk/door.ts';
import { openDesk, type RunningDesk } from '../../desk/open-desk.ts';
import { faultLine, succeed, type Fault, type Result } from '../../../shared/result.ts';
import { currentUser, plainHostInfo, programName } from '../identity.ts';
import type { Terminal } from './terminal.ts';

/** Exit statuses that scripts rely on. */
export const EXIT = { done: 0, no: 1, trouble: 2 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Says what went wrong in one line on standard error. */
export function trouble(terminal: Terminal, fault: Fault): ExitStatus {
  terminal.err(`plimsoll: ${faultLine(fault).replaceAll(/\s*\n\s*/g, ' ')}`);
  return EXIT.trouble;
}

/** A question to a book is for reading, so that it can be asked while the workstation holds the book. */
export type Access = 'read' | 'write' | 'create';

/** Opens the book, lets `use` ask, and closes it whatever happens. */
export async function withDesk(terminal: Terminal, book: string, access: Access, use: (desk: Desk) => Promise<Result<ExitStatus>>): Promise<ExitStatus> {
  const missing = access === 'create' ? null : missingBook(book);
  if (missing) return trouble(terminal, missing);
  const opened = await openDesk({ book, user: currentUser(), program: programName('command line'), readOnly: access === 'read', create: access === 'create' });
  if (!opened.ok) return trouble(terminal, opened.fault);
  try {
    const status = await use(throughTheDoor(opened.value));
    return status.ok ? status.value : trouble(terminal, status.fault);
  } finally {
    await opened.value.close();
  }
}

/** The desk behind the same door as every other host: what a person typed is checked before it is answered. */
function throughTheDoor(desk: RunningDesk): Desk {
  const hostAnswers: HostAnswers = { 'host.info': () => Promise.resolve(succeed(plainHostInfo('cli', desk.engineVersion))) };
  return {
    ask: (channel, input) => answer(desk, channel, input, hostAnswers) as Promise<Result<never>>,
    onPush: (listener) => desk.onPush(listener),
  };
}

function missingBook(book: string): Fault | null {
  if (!existsSync(book)) return { code: 'no-such-book', message: 'There is no such book.', at: book, fix: '"plimsoll import BOOK FILE" makes one, and so does "plimsoll demo".' };
  if (statSync(book).isDirectory()) return { code: 'not-a-book', message: 'This is a folder, not a book.', at: book };
  return null;
}

/** One JSON document, and nothing else. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(JSON.stringify(value, null, 2));
}
