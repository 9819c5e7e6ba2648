import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Book } from '../../../main/books/book.ts';
import { openBook } from '../../../main/books/open.ts';
import { bookSequence } from '../../../main/books/reading/read-journal.ts';
import { verifyBook } from '../../../main/books/verify-book.ts';
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { planOf, type ColumnFile } from '../column-file.ts';
import { contentOf } from '../content.ts';
import { faultCode, MARY, must, newBook, OPEN, tempFolder } from '../temp-book.ts';

const BEHIND = 0;
const HERE = Infinity;
/** Days and quantities that begin, repeat, correct, end and come too late. */
const FILES: readonly ColumnFile[] = [
  { accounts: 12, positions: 30, quantity: '1250.5', day: '2026-11-18' },
  { accounts: 12, positions: 30, quantity: '1250.5', day: '2026-11-18' },
  { accounts: 2, positions: 400, quantity: '-2', day: '2026-11-19' },
  { accounts: 13, positions: 20, quantity: '12345678901234567890.5', day: '2026-11-20' },
  { accounts: 4, positions: 10, quantity: '7', day: '2026-11-20' },
  { accounts: 5, positions: 10, quantity: '8', day: '2026-11-17' },
];

function apply(book: Book, file: ColumnFile, behindFrom: number): void {
  const { plan, bytes } = planOf(book, file);
  must(applyPlan(book, plan, bytes, MARY, undefined, undefined, behindFrom));
}

test('a book that another thread wrote is, row by row and digest by digest, the one that this thread wrote', () => {
  const [behind, here] = [newBook().book, newBook().book];
  for (const file of FILES) {
    apply(behind, file, BEHIND);
    apply(here, file, HERE);
  }
  expect(contentOf(behind)).toEqual(contentOf(here));
  expect(must(verifyBook(behind))).toEqual(must(verifyBook(here)));
});

test('an import that is cancelled while another thread writes leaves nothing behind, and the next one is as if it had never been', () => {
  const { book } = newBook();
  const [first, second] = [FILES[0] as ColumnFile, FILES[3] as ColumnFile];
  apply(book, first, BEHIND);
  const before = contentOf(book);
  const { plan, bytes } = planOf(book, second);
  for (const at of [1, 12]) {
    let ticks = 0;
    const cancel = (): void => {
      ticks += 1;
      if (ticks === at) throw new Error('cancelled');
    };
    expect(() => applyPlan(book, plan, bytes, MARY, cancel, undefined, BEHIND)).toThrow('cancelled');
    expect({ content: contentOf(book), sequence: bookSequence(book) }).toEqual({ content: before, sequence: 2 });
  }
  apply(book, second, BEHIND);
  expect(must(verifyBook(book)).journal).toBe(3);
});

test.each([
  { what: 'while rows are written', trigger: 'BEFORE INSERT ON position WHEN new.account_id = 3' },
  { what: 'with the last row', trigger: 'BEFORE INSERT ON journal' },
])('trouble of SQLite in the other thread $what is told here, and nothing is left behind', ({ trigger }) => {
  const { book } = newBook();
  book.db.exec(`CREATE TRIGGER trouble ${trigger} BEGIN SELECT json('not JSON'); END`);
  const before = contentOf(book);
  const { plan, bytes } = planOf(book, FILES[0] as ColumnFile);
  expect(faultCode(applyPlan(book, plan, bytes, MARY, undefined, undefined, BEHIND))).toBe('book-damaged');
  expect(contentOf(book)).toEqual(before);
  book.db.exec('DROP TRIGGER trouble');
  apply(book, FILES[0] as ColumnFile, BEHIND);
  expect(must(verifyBook(book)).journal).toBe(2);
});

test('where the other thread ends before it has begun, this one writes the import', () => {
  const path = join(tempFolder(), 'desk.plimsoll');
  const child = (name: string) => new URL(`../children/${name}.ts`, import.meta.url).pathname;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', child('no-writer'), child('import-once'), path], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, value: { sequence: 2 } });
  expect(stderr).toContain('The import is written without it.');
  const alone = newBook().book;
  const { plan, bytes } = planOf(alone, { accounts: 12, positions: 30, quantity: '7', day: '2026-11-20' });
  must(applyPlan(alone, plan, bytes, MARY, undefined, undefined, HERE));
  const survivor = must(openBook(path, OPEN));
  expect(must(verifyBook(survivor)).journal).toBe(2);
  expect(contentOf(survivor)['position']).toEqual(contentOf(alone)['position']);
});
