import { formatCount } from '../../../../shared/format.ts';
import { succeed } from '../../../../shared/result.ts';
import { showProgress } from '../import-text.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, withDesk, type ExitStatus } from '../with-desk.ts';

export interface RunOptions {
  json?: boolean;
  date?: string;
}

/** `run BOOK`: the official margin run of the book's day (or `--date`), which raises, moves and meets calls. */
export function runCommand(terminal: Terminal, book: string, { json, date }: RunOptions): Promise<ExitStatus> {
  return withDesk(terminal, book, 'write', async (desk) => {
    const run = await showProgress(terminal, desk, () => desk.ask('runs.official', date === undefined ? {} : { businessDate: date }));
    if (!run.ok) return run;
    const { raised, moved, met } = run.value;
    if (json) printJson(terminal, run.value);
    else terminal.out(`Official run of ${run.value.run.businessDate}: ${formatCount(raised)} raised, ${formatCount(moved)} moved, ${formatCount(met)} met.`);
    return succeed(EXIT.done);
  });
}
