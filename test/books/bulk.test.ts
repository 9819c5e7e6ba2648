import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openBook, closeBook } from '../../main/books/open.ts';
import type { Book } from '../../main/books/book.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { readHeld } from '../../main/books/reading/read-held.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { packFile } from '../../main/books/writing/pack-file.ts';
import { sourceFileBytes } from '../../main/books/writing/source-file.ts';
import { readColumns } from '../../main/import/columns/read-columns.ts';
import { planImport } from '../../main/import/plan.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { MARY, must, newBook, OPEN } from './temp-book.ts';

const PROFILE: MappingProfile = { name: 'Desk', columns: { account: 'account', symbol: 'symbol', quantity: 'quantity', entryPrice: 'entry', price: 'price', currency: 'currency', multiplier: 'multiplier', asOf: 'day' }, complete: true };
/** Quantities by the row's number: of every length and sign, some too long for a number. */
const LONG = ['1', '-2', '1250.5', '-0.25', '999999999999999', '-999999999999999', '0.00000000000001', '-12345678901234567890.5'];
/** Such as a record of few bytes holds. */
const SHORT = ['1', '-2', '1250.5', '-0.25', '7', '-1.5'];

interface Row {
  account: string;
  symbol: string;
  quantity: string;
  entry: string | null;
}

function rowsOf(quantities: readonly string[], account: string, count: number, isPriced: boolean): Row[] {
  return Array.from({ length: count }, (_, row) => ({ account, symbol: `S${String((row * 7919) % 100_000).padStart(5, '0')}`, quantity: quantities[row % quantities.length] as string, entry: isPriced && row % 3 > 0 ? (quantities[(row * 3) % 4] as string).replace('-', '') : null }));
}

function fileOf(rows: readonly Row[], day: string): Uint8Array {
  return new TextEncoder().encode(['account,symbol,quantity,entry,price,currency,multiplier,day', ...rows.map(({ account, symbol, quantity, entry }) => `${account},${symbol},${quantity},${entry ?? ''},10,USD,100,${day}`)].join('\n'));
}

const inOrder = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).toSorted();

async function apply(book: Book, rows: readonly Row[], day = '2026-11-19'): Promise<Uint8Array> {
  return applyBytes(book, fileOf(rows, day));
}

async function applyBytes(book: Book, bytes: Uint8Array): Promise<Uint8Array> {
  const read = readColumns({ name: 'desk.csv', bytes }, { profile: PROFILE, profiles: [] });
  if (read === null) throw new Error('the file is read into columns');
  const { facts, held } = must(readHeld(book, read.facts.account.map(({ account }) => account)));
  const plan = planImport(read, facts, { name: 'desk.csv', sha256: sha256(bytes), bytes: bytes.length }, { appliedBefore: false, held, onThatDay: noFacts });
  must(applyPlan(book, plan, bytes, MARY, undefined, () => packFile(bytes)));
  return bytes;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

// From ten thousand new positions on, checks rest and names are written together.
test.each([
  ['amounts of every length', LONG, [1, 1500, 40, 8500, 2]],
  ['short amounts', SHORT, [1, 1, 40, 300, 2]],
])('accounts of many positions beside accounts of one, priced and not, with %s, are kept as the file has them', async (_, quantities, counts) => {
  const { book, path } = newBook();
  const before = rowsOf(['3'], 'known before', 20, false);
  await apply(book, before);
  const rows = counts.flatMap((count, place) => rowsOf(quantities, `U${place}`, count, place % 2 === 1));
  const bytes = await apply(book, rows);
  closeBook(book);

  const again = must(openBook(path, OPEN));
  try {
    const kept = must(readFacts(again)).position.map(({ account, instrument, quantity, entryPrice }) => ({ account, symbol: instrument, quantity, entry: entryPrice }));
    expect(inOrder(kept)).toEqual(inOrder([...before, ...rows]));
    expect(must(verifyBook(again)).files).toBe(2);
    expect(sourceFileBytes(again, sha256(bytes))).toEqual(Buffer.from(bytes));
  } finally {
    closeBook(again);
  }
});

/** The positions of a book as rows of a file. */
function keptRows(book: Book, at?: { day: string }): Row[] {
  return must(readFacts(book, undefined, at)).position.map(({ account, instrument, quantity, entryPrice }) => ({ account, symbol: instrument, quantity, entry: entryPrice }));
}

test('the next day’s complete file changes, closes and adds positions of many lengths, and the day before stays what it was', async () => {
  const { book } = newBook();
  const before = [40, 1, 300].flatMap((count, place) => rowsOf(LONG, `U${place}`, count, place !== 1));
  const after = before.filter((_, row) => row % 7 > 0).map((row, place) => (place % 3 > 0 ? row : { ...row, quantity: '31.25' }));
  const added = rowsOf(SHORT, 'U1', 5, true).map((row) => ({ ...row, symbol: `N${row.symbol}` }));
  await apply(book, before);
  await apply(book, [...after, ...added], '2026-11-20');
  expect(inOrder(keptRows(book))).toEqual(inOrder([...after, ...added]));
  expect(inOrder(keptRows(book, { day: '2026-11-19' }))).toEqual(inOrder(before));
  expect(must(verifyBook(book)).files).toBe(2);
});

test('a file in columns may list cash alone, and what it claims to list in full is closed', async () => {
  const { book } = newBook();
  await apply(book, rowsOf(SHORT, 'U1', 3, false));
  await applyBytes(book, new TextEncoder().encode('account,symbol,quantity,entry,price,currency,multiplier,day\nU1,CASH,12.5,,,USD,,2026-11-20\n'));
  const { position, cash } = must(readFacts(book));
  expect(position).toEqual([]);
  expect(cash.map(({ account, amount }) => [account, amount])).toEqual([['U1', '12.5']]);
});
