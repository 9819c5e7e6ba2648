import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openBook, closeBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { readHeld } from '../../main/books/reading/read-held.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { packSourceFile, sourceFileBytes } from '../../main/books/writing/source-file.ts';
import { readColumns } from '../../main/import/columns/read-columns.ts';
import { planImport } from '../../main/import/plan.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { MARY, must, newBook, OPEN } from './temp-book.ts';

const PROFILE: MappingProfile = { name: 'Desk', columns: { account: 'account', symbol: 'symbol', quantity: 'quantity', entryPrice: 'entry', price: 'price', currency: 'currency', multiplier: 'multiplier', asOf: 'day' }, complete: true };
/** Quantities by the row's number: of every length and sign, some too long for a number. */
const QUANTITIES = ['1', '-2', '1250.5', '-0.25', '999999999999999', '-999999999999999', '0.00000000000001', '-12345678901234567890.5'];

interface Row {
  account: string;
  symbol: string;
  quantity: string;
  entry: string | null;
}

function rowsOf(account: string, count: number, isPriced: boolean): Row[] {
  return Array.from({ length: count }, (_, row) => ({ account, symbol: `S${String((row * 7919) % 100_000).padStart(5, '0')}`, quantity: QUANTITIES[row % QUANTITIES.length] as string, entry: isPriced && row % 3 > 0 ? (QUANTITIES[(row * 3) % 4] as string).replace('-', '') : null }));
}

function fileOf(rows: readonly Row[]): Uint8Array {
  return new TextEncoder().encode(['account,symbol,quantity,entry,price,currency,multiplier,day', ...rows.map(({ account, symbol, quantity, entry }) => `${account},${symbol},${quantity},${entry ?? ''},10,USD,100,2026-11-19`)].join('\n'));
}

const inOrder = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).toSorted();

test('accounts of thousands of positions beside accounts of one, priced and not, are kept as the file has them', async () => {
  const rows = [...rowsOf('few', 1, false), ...rowsOf('many', 1500, true), ...rowsOf('none priced', 40, false), ...rowsOf('more', 3500, true), ...rowsOf('last', 2, true)];
  const { book, path } = newBook();
  const bytes = fileOf(rows);
  const read = readColumns({ name: 'desk.csv', bytes }, { profile: PROFILE, profiles: [] });
  if (read === null) throw new Error('the file is read into columns');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { facts, held } = must(readHeld(book, []));
  const plan = planImport(read, facts, { name: 'desk.csv', sha256, bytes: bytes.length }, { appliedBefore: false, held, onThatDay: noFacts });
  must(applyPlan(book, plan, bytes, MARY, undefined, await packSourceFile(bytes)));
  closeBook(book);

  const again = must(openBook(path, OPEN));
  try {
    const kept = must(readFacts(again)).position.map(({ account, instrument, quantity, entryPrice }) => ({ account, symbol: instrument, quantity, entry: entryPrice }));
    expect(inOrder(kept)).toEqual(inOrder(rows));
    expect(must(verifyBook(again)).files).toBe(1);
    expect(sourceFileBytes(again, sha256)).toEqual(Buffer.from(bytes));
  } finally {
    closeBook(again);
  }
});
