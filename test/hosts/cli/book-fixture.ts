import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitStatusOf } from '../../../main/hosts/cli/command-line.ts';
import type { ExitStatus } from '../../../main/hosts/cli/with-desk.ts';
import { flexFile, temporaryFolder, type FlexAccount } from '../../desk/desk-fixture.ts';
import { rememberingTerminal } from './remembering-terminal.ts';

export interface Ran {
  status: ExitStatus;
  /** Standard output. */
  out: string;
  /** Standard error, line by line. */
  errors: string[];
}

/** Runs the command line in this process, on a real book through the real desk. */
export async function plimsoll(...args: string[]): Promise<Ran> {
  const terminal = rememberingTerminal();
  const status = await exitStatusOf(args, terminal);
  return { status, out: terminal.text(), errors: terminal.errors };
}

/** One account far above its requirement, and one below it. */
export const ACCOUNTS: FlexAccount[] = [
  { account: 'U100', name: 'Adler and Sons', cash: '50000', positions: [{ symbol: 'XYZ', quantity: '100', price: '95' }] },
  { account: 'U200', name: 'Quill Partners', cash: '-88000', positions: [{ symbol: 'XYZ', quantity: '1000', price: '95' }] },
];

/** A position file in a folder of the test's own, and the path of a book that is not there yet. */
export function filesFor(accounts: readonly FlexAccount[] = ACCOUNTS, folder = temporaryFolder()): { folder: string; file: string; book: string } {
  const file = join(folder, 'daily.xml');
  writeFileSync(file, flexFile('2026-11-20', accounts));
  return { folder, file, book: join(folder, 'desk.plimsoll') };
}

/** A book made by importing the file. */
export async function importedBook(accounts: readonly FlexAccount[] = ACCOUNTS, folder = temporaryFolder()): Promise<{ folder: string; file: string; book: string }> {
  const made = filesFor(accounts, folder);
  const { status, errors } = await plimsoll('import', made.book, made.file);
  if (status !== 0) throw new Error(errors.join('\n'));
  return made;
}
