import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isBuilt, PROGRAM_FOLDER, type BuildPart } from '../../build/build.ts';
import { buildDemo } from '../../desk/demo.ts';
import { openDesk, type RunningDesk } from '../../desk/open-desk.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { progressText } from '../cli/import-text.ts';
import type { Terminal } from '../cli/terminal.ts';
import { demoBook } from '../data-folder.ts';
import { currentUser, programName } from '../identity.ts';

/** Builds the parts that are not up to date, in a process of its own: the build tools do not stay in memory. Fault: `build-failed`. */
export async function buildIfNeeded(terminal: Terminal, parts: readonly BuildPart[]): Promise<Result<true>> {
  for (const part of parts) {
    if (await isBuilt(part)) continue;
    terminal.err(`Building the ${part === 'renderer' ? 'pages' : 'desktop program'} (only when something has changed) …`);
    const status = await run([join(PROGRAM_FOLDER, 'main', 'plimsoll.js'), 'build', '--only', part]);
    if (status !== 0) return fail({ code: 'build-failed', message: `The ${part} could not be built.`, fix: 'What went wrong is printed above.' });
  }
  return succeed(true);
}

function run(args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: PROGRAM_FOLDER });
    child.on('error', () => resolve(1));
    child.on('exit', (status) => resolve(status ?? 1));
  });
}

/** Makes the demo book through the real import path, saying how far it is. */
export async function makeDemoBook(terminal: Terminal, book: string): Promise<Result<true>> {
  mkdirSync(dirname(book), { recursive: true });
  let said = 0;
  const made = await buildDemo(book, ({ step, steps, label, progress }) => {
    const line = `Making the demo book, ${step} of ${steps}: ${label}`;
    terminal.progress(progress ? `${line} · ${progressText(progress)}` : line);
    // Where no line can be redrawn, each step is told once.
    if (!terminal.interactive && step !== said) terminal.err(line);
    said = step;
  });
  terminal.progress('');
  return made.ok ? succeed(true) : made;
}

/**
 * Opens the book of this start: the one named, else the demo book, made if it is not there. A book that another
 * program holds is opened for reading, and who holds it is said.
 */
export async function openBookOf(terminal: Terminal, named: string | undefined, create: boolean): Promise<Result<RunningDesk>> {
  const book = named ?? demoBook();
  if (!existsSync(book) && !(create && named !== undefined)) {
    if (named !== undefined) return fail({ code: 'no-such-book', message: 'There is no such book.', at: book, fix: '"--create" makes an empty one; "plimsoll import BOOK FILE" makes one with a file in it.' });
    const made = await makeDemoBook(terminal, book);
    if (!made.ok) return made;
  }
  const options = { book, user: currentUser(), program: programName('loopback'), create, snapshot: true };
  const opened = await openDesk(options);
  if (opened.ok || opened.fault.code !== 'book-held') return opened;
  terminal.err(`${opened.fault.message} It is opened for reading only.`);
  return openDesk({ ...options, readOnly: true });
}
