import { closeSync, openSync, readSync } from 'node:fs';
import { verifyDocument } from '../../../desk/packs.ts';
import { valueText, type Difference } from '../../../../shared/difference.ts';
import { formatCount } from '../../../../shared/format.ts';
import { succeed } from '../../../../shared/result.ts';
import { showProgress } from '../import-text.ts';
import { checkFile, readTextFile } from '../read-files.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, withDesk, type ExitStatus } from '../with-desk.ts';

/** Differences told on a screen; `--json` has them all. */
const TOLD_MAX = 20;
/** How every SQLite file begins, and so every book. */
const BOOK_HEADER = 'SQLite format 3\0';

/**
 * `verify PACK` recomputes a calc pack or a question; `verify BOOK` checks the book's digests, journal, files and figures.
 * Exit 1 when something is not equal, with every place where it is not.
 */
export function verifyCommand(terminal: Terminal, path: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  const usable = checkFile(path);
  if (!usable.ok && usable.fault.code !== 'too-large') return Promise.resolve(trouble(terminal, usable.fault));
  return isBook(path) ? verifyBook(terminal, path, json ?? false) : Promise.resolve(verifyPack(terminal, path, json ?? false));
}

function isBook(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(BOOK_HEADER.length);
    readSync(file, start, 0, start.length, 0);
    return start.toString('latin1') === BOOK_HEADER;
  } finally {
    closeSync(file);
  }
}

function verifyPack(terminal: Terminal, path: string, json: boolean): ExitStatus {
  const text = readTextFile(path);
  if (!text.ok) return trouble(terminal, text.fault);
  const verified = verifyDocument(text.value);
  if (!verified.ok) return trouble(terminal, { ...verified.fault, at: verified.fault.at === undefined ? path : `${path} ${verified.fault.at}` });
  const { differences } = verified.value;
  if (json) printJson(terminal, { equal: differences.length === 0, differences });
  else tell(terminal, 'Equal: the figures come out as stated.', differences.map((difference) => lineOf(difference)));
  return differences.length === 0 ? EXIT.done : EXIT.no;
}

function verifyBook(terminal: Terminal, path: string, json: boolean): Promise<ExitStatus> {
  return withDesk(terminal, path, 'read', async (desk) => {
    const verified = await showProgress(terminal, desk, () => desk.ask('book.verify', {}));
    if (!verified.ok) return verified;
    const { partitions, journal, files, accounts, columns, differences } = verified.value;
    if (json) printJson(terminal, { equal: differences.length === 0, ...verified.value });
    else {
      const looked = `${counted(journal, 'journal entry', 'journal entries')}, ${counted(partitions, 'digest')}, ${counted(files, 'file')} and the figures of ${counted(accounts, 'account')}, ${counted(columns, 'pool')} in two ways,`;
      tell(terminal, `Equal: ${looked} are as they should be.`, differences.map((difference) => `${difference.account} ${lineOf(difference)}`));
    }
    return succeed(differences.length === 0 ? EXIT.done : EXIT.no);
  });
}

function lineOf({ at, before, after }: Difference): string {
  return `${at}: stated ${valueText(before)}, computed ${valueText(after)}`;
}

function tell(terminal: Terminal, equal: string, lines: readonly string[]): void {
  if (lines.length === 0) return terminal.out(equal);
  terminal.out(`Not equal in ${counted(lines.length, 'place')}:`);
  for (const line of lines.slice(0, TOLD_MAX)) terminal.out(`  ${line}`);
  if (lines.length > TOLD_MAX) terminal.out(`  and ${formatCount(lines.length - TOLD_MAX)} more (--json tells them all)`);
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
