import { wholeQueue } from '../../desk/all-rows.ts';
import { printQueue } from '../cli/commands/queue.ts';
import type { Terminal } from '../cli/terminal.ts';
import { EXIT, trouble, type ExitStatus } from '../cli/with-desk.ts';
import { PROGRAM_FOLDER } from '../../build/build.ts';
import { runLoopback } from '../loopback/run-loopback.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { hasDisplay, obtainElectron, thisMachine } from './electron-binary.ts';
import { openElectron } from './open-electron.ts';
import { buildIfNeeded, openBookOf } from './prepare.ts';

export interface StartOptions {
  book?: string;
  port: number;
  /** Make the named book when there is none: an empty desk to import into. */
  create?: boolean;
  /** Serve the browser without looking for Electron. */
  loopback?: boolean;
  /** Open the link in the person's browser, where there is a screen. */
  open: boolean;
}

// The whole queue is on screen in a moment; the terminal shows what is most urgent.
const QUEUE_ROWS_SHOWN_MAX = 15;

/** `npm start`: the workstation on screen, in Electron where it can be had and else in the browser. */
export async function startCommand(terminal: Terminal, options: StartOptions): Promise<ExitStatus> {
  const shown = options.loopback ? null : await inElectron(terminal, options);
  if (shown?.ok) return EXIT.done;
  if (shown) terminal.err(`No desktop window: ${shown.fault.message}. Plimsoll is served to your browser instead.`);
  return inBrowser(terminal, options);
}

async function inElectron(terminal: Terminal, { book }: StartOptions): Promise<Result<true>> {
  const program = await obtainElectron(thisMachine(), (line) => terminal.err(line));
  if (!program.ok) return program;
  const built = await buildIfNeeded(terminal, ['renderer', 'main']);
  if (!built.ok) return fail({ ...built.fault, message: 'the desktop program could not be built' });
  return openElectron(program.value, PROGRAM_FOLDER, book === undefined ? [] : ['--book', book]);
}

/** `serve` and the second half of `start`: builds if needed, opens the book, shows the queue, serves until Ctrl-C. */
export async function inBrowser(terminal: Terminal, { book, create, port, open }: StartOptions): Promise<ExitStatus> {
  const built = await buildIfNeeded(terminal, ['renderer']);
  if (!built.ok) return trouble(terminal, built.fault);
  const opened = await openBookOf(terminal, book, create ?? false);
  if (!opened.ok) return trouble(terminal, opened.fault);
  const desk = opened.value;
  try {
    const queue = await wholeQueue(desk);
    if (!queue.ok) return trouble(terminal, queue.fault);
    printQueue(terminal, queue.value.rows, QUEUE_ROWS_SHOWN_MAX);
    terminal.out('');
    const openBrowser = open && terminal.interactive && hasDisplay(thisMachine());
    const served = await runLoopback(desk, { port, openBrowser, say: (line) => terminal.out(line) });
    return served.ok ? EXIT.done : trouble(terminal, served.fault);
  } finally {
    await desk.close();
  }
}
