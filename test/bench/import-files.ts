import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountName, type BookM } from './book-m/book.ts';
import { writePositionFile } from './book-m/files.ts';
import { BUSINESS_DATE } from './book-m/universe.ts';

/** Files that imports are measured with, and how many rows the large ones have. */
export interface ImportFiles {
  rows: number;
  /** Every position and every account's cash. */
  positions: string;
  /** What a book is made of that knows names before it gets them: every instrument once, in an account of its own, and all cash; of the same day, and of the one before. */
  known: string;
  knownBefore: string;
  /** The same positions a business day later, every tenth of another quantity. */
  next: string;
  /** Names alone, for the shell that is given its ids before the clock starts. */
  accounts: string;
  instruments: string;
}

const DAY_BEFORE = '2026-11-19';
export const NEXT_DAY = '2026-11-23';
const CHANGED_EVERY = 10;

export function writeImportFiles(folder: string, book: BookM): ImportFiles {
  const at = (name: string) => join(folder, name);
  const files = { positions: at('positions.csv'), known: at('known.csv'), knownBefore: at('known-before.csv'), next: at('next.csv'), accounts: at('accounts.csv'), instruments: at('instruments.csv') };
  const rows = writePositionFile(files.positions, book);
  const known = namesOf(readFileSync(files.positions, 'latin1'));
  writeFileSync(files.known, known);
  writeFileSync(files.knownBefore, known.replaceAll(BUSINESS_DATE, DAY_BEFORE));
  const quantity = book.positions.quantity.map((held, row) => (row % CHANGED_EVERY === 0 ? held + 1 : held));
  writePositionFile(files.next, { ...book, positions: { ...book.positions, quantity } });
  writeFileSync(files.next, readFileSync(files.next, 'latin1').replaceAll(BUSINESS_DATE, NEXT_DAY));
  writeFileSync(files.accounts, Array.from({ length: book.accounts }, (_, account) => `${accountName(account)}\n`).join(''));
  writeFileSync(files.instruments, book.universe.id.map((id) => `${id}\n`).join(''));
  return { rows, ...files };
}

/** The cash rows of a position file, and the first row of each instrument, all of these in one account. */
function namesOf(text: string): string {
  const [header, ...lines] = text.trimEnd().split('\n');
  const seen = new Set<string>();
  const kept = lines.flatMap((line) => {
    const [, symbol = '', kind] = line.split(',');
    if (kind === 'cash') return line;
    if (seen.has(symbol)) return [];
    seen.add(symbol);
    return `KNOWN${line.slice(line.indexOf(','))}`;
  });
  return `${[header, ...kept].join('\n')}\n`;
}
