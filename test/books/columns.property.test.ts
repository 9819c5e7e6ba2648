import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Book } from '../../main/books/book.ts';
import { closeBook, openBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { readHeld } from '../../main/books/reading/read-held.ts';
import { bookSequence } from '../../main/books/reading/read-journal.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { readColumns } from '../../main/import/columns/read-columns.ts';
import { NO_POSITIONS, planImport, planRowCount, planRows, summarisePlan } from '../../main/import/plan.ts';
import { readSourceFile } from '../../main/import/read-file.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { positionAt } from '../../shared/domain/position-columns.ts';
import type { ImportPlan, MappingProfile } from '../../shared/domain/import-plan.ts';
import { BOOKS_FOLDER, MARY, must, OPEN } from './temp-book.ts';

const RUNS = Number(process.env['PLIMSOLL_COLUMNS_RUNS'] ?? 20);

const held = fc.record({
  account: fc.constantFrom('A', 'A B', 'A!', 'Ä', 'B'),
  symbol: fc.constantFrom('ABC', 'SPY', 'Z Z', 'ABC260918C00100000'),
  quantity: fc.constantFrom('1', '-5', '2.50', '1234567890123456789', '7', '-7'),
  entry: fc.constantFrom('', '8.5'),
  price: fc.constantFrom('10', '10', '10', '11'),
  client: fc.constantFrom('"Ann, B."', 'Bob', ''),
});
const file = fc.record({ rows: fc.array(held, { minLength: 1, maxLength: 25 }), day: fc.constantFrom('2026-11-18', '2026-11-19', '2026-11-20'), complete: fc.boolean(), bad: fc.boolean() });
type DrawnFile = typeof file extends fc.Arbitrary<infer T> ? T : never;

function bytesOf({ rows, day, bad }: DrawnFile): Uint8Array {
  const lines = rows.map(({ account, symbol, quantity, entry, price, client }) => `${account},${client},${symbol},${quantity},${entry},${price},USD,100,${day}`);
  return new TextEncoder().encode(['account,client,symbol,quantity,entry,price,currency,multiplier,day', ...lines, ...(bad ? [`A,,SPY,many,,10,USD,100,${day}`, `A,,CASH,250.75,,,USD,,${day}`] : [])].join('\n'));
}

function profileOf({ complete }: DrawnFile): MappingProfile {
  return { name: 'Desk', columns: { account: 'account', client: 'client', symbol: 'symbol', quantity: 'quantity', entryPrice: 'entry', price: 'price', currency: 'currency', multiplier: 'multiplier', asOf: 'day' }, complete };
}

/** The plan of a file for a book, made with columns or with objects. */
function planFor(book: Book, drawn: DrawnFile, inColumns: boolean): { plan: ImportPlan; bytes: Uint8Array } {
  const bytes = bytesOf(drawn);
  const source = { name: 'desk.csv', bytes };
  const options = { profile: profileOf(drawn), profiles: [] };
  const read = inColumns ? readColumns(source, options) : must(readSourceFile(source, options));
  if (read === null) throw new Error('these files are read into columns');
  const accounts = read.facts.account.map(({ account }) => account);
  const { facts, held } = inColumns ? must(readHeld(book, accounts)) : { facts: must(readFacts(book, accounts)), held: NO_POSITIONS };
  const plan = planImport(read, facts, { name: source.name, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }, {
    appliedBefore: false,
    held,
    onThatDay: (backDated) => (backDated.length === 0 ? { ...noFacts(), ...must(readFacts(book, [], { day: read.asOf })) } : must(readFacts(book, backDated, { day: read.asOf }))),
  });
  return { plan, bytes };
}

/** Everything a book holds, table by table: two books are one when these are equal. */
function contentOf(book: Book): Record<string, unknown[]> {
  const tables = book.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all() as string[];
  return Object.fromEntries(tables.map((table) => [table, book.db.prepare(`SELECT * FROM "${table}"`).raw().all().map((row) => JSON.stringify(row)).toSorted()]));
}

/** Applies it with a tick that gives up at its `at`-th call; true when it came to that. */
function isCancelled(book: Book, { plan, bytes }: ReturnType<typeof planFor>, at: number): boolean {
  let ticks = 0;
  try {
    applyPlan(book, plan, bytes, MARY, () => {
      ticks += 1;
      if (ticks === at) throw new Error('cancelled');
    });
    return false;
  } catch (error) {
    if ((error as Error).message !== 'cancelled') throw error;
    return true;
  }
}

test('a book filled through columns is, row by row and digest by digest, the book filled fact by fact; a cancelled file leaves no trace', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ file, cancelAt: fc.nat({ max: 6 }) }), { minLength: 1, maxLength: 4 }), (steps) => {
      const folder = mkdtempSync(join(BOOKS_FOLDER, 'plimsoll-columns-'));
      const [byFacts, byColumns] = ['facts', 'columns'].map((name) => must(openBook(join(folder, `${name}.plimsoll`), { ...OPEN, create: true }))) as [Book, Book];
      try {
        for (const step of steps) {
          const careful = planFor(byFacts, step.file, false);
          const planned = planFor(byColumns, step.file, true);
          expect(planRows(planned.plan)).toEqual(planRows(careful.plan));
          expect(planRows(planned.plan, 3, 4)).toEqual(planRows(careful.plan).slice(3, 7));
          expect(planRowCount(planned.plan)).toBe(planRowCount(careful.plan));
          expect(summarisePlan(planned.plan, 'p', null)).toEqual(summarisePlan(careful.plan, 'p', null));

          const before = { content: contentOf(byColumns), sequence: bookSequence(byColumns) };
          if (step.cancelAt > 0 && isCancelled(byColumns, planned, step.cancelAt)) {
            expect({ content: contentOf(byColumns), sequence: bookSequence(byColumns) }).toEqual(before);
            must(applyPlan(byColumns, planned.plan, planned.bytes, MARY));
          }
          must(applyPlan(byFacts, careful.plan, careful.bytes, MARY));
          if (step.cancelAt === 0) must(applyPlan(byColumns, planned.plan, planned.bytes, MARY));
          expect(contentOf(byColumns)).toEqual(contentOf(byFacts));
          const { held } = must(readHeld(byColumns));
          expect(Array.from({ length: held.count }, (_, row) => positionAt(held, row))).toEqual(must(readFacts(byFacts)).position);
        }
        expect(must(verifyBook(byColumns))).toEqual(must(verifyBook(byFacts)));
      } finally {
        closeBook(byFacts);
        closeBook(byColumns);
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: RUNS },
  );
});
