import { CommanderError } from 'commander';
import { plimsollProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { EXIT, trouble, type ExitStatus } from './with-desk.ts';

/** Runs one command and sets the process's exit status: 0 done, 1 the answer is no, 2 bad usage or unreadable input. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  process.exitCode = await exitStatusOf(argv.slice(2), processTerminal());
}

/** Runs one command on a terminal. Whatever happens ends in an exit status and at most one line on standard error. */
export async function exitStatusOf(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  const program = plimsollProgram(terminal, (result) => {
    status = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.trouble;
    return trouble(terminal, { code: 'internal-error', message: error instanceof Error ? error.message : String(error) });
  }
}
