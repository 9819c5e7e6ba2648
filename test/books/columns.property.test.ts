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
import { contentOf } from './content.ts';
import { BOOKS_FOLDER, MARY, must, OPEN } from './temp-book.ts';

const RUNS = Number(process.env['PLIMSOLL_COLUMNS_RUNS'] ?? 20);

/** Of every length that fits a number. */
const amount = fc.tuple(fc.nat({ max: 14 }), fc.nat({ max: 3 })).chain(([digits, places]) => fc.integer({ min: 1, max: 10 ** digits + 1 }).map((units) => `${units % 3 === 0 ? '-' : ''}${units}${places > 0 ? `.${'5'.repeat(places)}` : ''}`));

const held = fc.record({
  account: fc.constantFrom('A', 'A B', 'A!', 'Ä', 'B'),
  symbol: fc.constantFrom('ABC', 'SPY', 'Z Z', 'ABC260918C00100000', 'IBM', 'ABC260918P00100000'),
  quantity: fc.oneof(fc.constantFrom('1', '-5', '2.50', '1234567890123456789', '7', '-7', '0', '-0.00', '9'.repeat(49), '9'.repeat(51)), amount),
  entry: fc.oneof(fc.constantFrom('', '8', '8.5'), amount.map((text) => text.replace('-', ''))),
  price: fc.constantFrom('10', '10', '10', '11'),
  client: fc.constantFrom('"Ann, B."', 'Bob', ''),
});
const file = fc.record({ rows: fc.array(held, { minLength: 1, maxLength: 25 }), day: fc.constantFrom('2026-11-18', '2026-11-19', '2026-11-20'), complete: fc.boolean(), bad: fc.boolean(), onlyCash: fc.constantFrom(null, 'A', 'B') });
type DrawnFile = typeof file extends fc.Arbitrary<infer T> ? T : never;

function bytesOf({ rows, day, bad, onlyCash }: DrawnFile): Uint8Array {
  const listed = rows.filter(({ account }) => account !== onlyCash);
  const cash = onlyCash === null ? [] : [`${onlyCash},,CASH,99.5,,,USD,,${day}`];
  const lines = listed.map(({ account, symbol, quantity, entry, price, client }) => `${account},${client},${symbol},${quantity},${entry},${price},USD,100,${day}`);
  return new TextEncoder().encode(['account,client,symbol,quantity,entry,price,currency,multiplier,day', ...lines, ...cash, ...(bad ? [`A,,SPY,many,,10,USD,100,${day}`, `A,,CASH,250.75,,,USD,,${day}`] : [])].join('\n'));
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

/** Applies it with a tick that gives up at its `at`-th call; true when it came to that. */
function isCancelled(book: Book, { plan, bytes }: ReturnType<typeof planFor>, at: number, behindFrom: number): boolean {
  let ticks = 0;
  try {
    applyPlan(book, plan, bytes, MARY, () => {
      ticks += 1;
      if (ticks === at) throw new Error('cancelled');
    }, undefined, behindFrom);
    return false;
  } catch (error) {
    if ((error as Error).message !== 'cancelled') throw error;
    return true;
  }
}

/** A file as both books are to take it in. */
interface Step {
  file: DrawnFile;
  /** The call of `tick` at which it is given up, before it is applied in full; 0 for never. */
  cancelAt: number;
  /** Whether another file is applied between its plan and itself, if one follows. */
  isLate: boolean;
  /** Whether it lists what the file before it listed, of the same day, and these rows besides. */
  isAgain: boolean;
  /** Whether another thread writes it. */
  isBehind: boolean;
}

function fileOf(steps: readonly Step[], place: number): DrawnFile {
  const { file, isAgain } = steps[place] as Step;
  const before = isAgain ? steps[place - 1]?.file : undefined;
  return before ? { ...file, day: before.day, onlyCash: before.onlyCash, rows: [...before.rows, ...file.rows.slice(0, 1)] } : file;
}

/** The two books, and the plans of a file for each. */
interface Pair<T> {
  facts: T;
  columns: T;
}

function plansFor(books: Pair<Book>, file: DrawnFile): Pair<ReturnType<typeof planFor>> {
  const plans = { facts: planFor(books.facts, file, false), columns: planFor(books.columns, file, true) };
  expect(planRows(plans.columns.plan)).toEqual(planRows(plans.facts.plan));
  expect(planRows(plans.columns.plan, 3, 4)).toEqual(planRows(plans.facts.plan).slice(3, 7));
  expect(planRowCount(plans.columns.plan)).toBe(planRowCount(plans.facts.plan));
  expect(summarisePlan(plans.columns.plan, 'p', null)).toEqual(summarisePlan(plans.facts.plan, 'p', null));
  return plans;
}

function applyToBoth(books: Pair<Book>, { facts, columns }: Pair<ReturnType<typeof planFor>>, { cancelAt, isBehind }: Step): void {
  const behindFrom = isBehind ? 0 : Infinity;
  if (cancelAt > 0) {
    const before = { content: contentOf(books.columns), sequence: bookSequence(books.columns) };
    if (isCancelled(books.columns, columns, cancelAt, behindFrom)) {
      expect({ content: contentOf(books.columns), sequence: bookSequence(books.columns) }).toEqual(before);
      must(applyPlan(books.columns, columns.plan, columns.bytes, MARY));
    }
  } else must(applyPlan(books.columns, columns.plan, columns.bytes, MARY, undefined, undefined, behindFrom));
  must(applyPlan(books.facts, facts.plan, facts.bytes, MARY));
  expect(contentOf(books.columns)).toEqual(contentOf(books.facts));
  const { held } = must(readHeld(books.columns));
  expect(Array.from({ length: held.count }, (_, row) => positionAt(held, row))).toEqual(must(readFacts(books.facts)).position);
}

function takeIn(books: Pair<Book>, steps: readonly Step[]): void {
  let late: { plans: ReturnType<typeof plansFor>; step: Step } | null = null;
  for (const [place, step] of steps.entries()) {
    const plans = plansFor(books, fileOf(steps, place));
    if (step.isLate && !late && place < steps.length - 1) {
      late = { plans, step };
      continue;
    }
    applyToBoth(books, plans, step);
    if (late) applyToBoth(books, late.plans, late.step);
    late = null;
  }
  expect(must(verifyBook(books.columns))).toEqual(must(verifyBook(books.facts)));
}

const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ file, cancelAt: fc.nat({ max: 6 }), isLate: fc.boolean(), isAgain: fc.boolean(), isBehind: fc.nat({ max: 7 }).map((drawn) => drawn === 7) }), { minLength: 1, maxLength: 5 });

test('a book filled through columns is, row by row and digest by digest, the book filled fact by fact, also by plans made before other files came; a cancelled file leaves no trace', () => {
  expect.hasAssertions();
  fc.assert(
    fc.property(steps, (drawn) => {
      const folder = mkdtempSync(join(BOOKS_FOLDER, 'plimsoll-columns-'));
      const open = (name: string) => must(openBook(join(folder, `${name}.plimsoll`), { ...OPEN, create: true }));
      const books = { facts: open('facts'), columns: open('columns') };
      try {
        takeIn(books, drawn);
      } finally {
        closeBook(books.facts);
        closeBook(books.columns);
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: RUNS },
  );
});
