import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Book } from '../../main/books/book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { recordRun } from '../../main/books/writing/record-run.ts';
import { bookReading, type BookReading } from '../../main/desk/book-reading.ts';
import type { BookRead, DeskState } from '../../main/desk/desk-state.ts';
import { computingRun } from '../../main/desk/official-run.ts';
import { holding, holdingMarket, opening } from '../../main/desk/recompute.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import type { ActivityFact, FactName, Facts } from '../../shared/domain/facts.ts';
import { changeOf, makePlan } from '../books/make-plan.ts';
import { MARY, must, newBook } from '../books/temp-book.ts';
import { bookOf, RUNS, twoReadings } from './random-facts.ts';

// What is read and computed of some accounts alone must be what it is among all of them, whatever was run, traded and priced
// before: no figure of an account rests on another account.

const DAY = '2026-11-20';
const NEXT = '2026-11-23';
/** Each is a book file of its own. */
const BOOKS = Math.ceil(RUNS / 4);

const happened = fc.array(
  fc.record({ account: fc.constantFrom('A', 'B', 'C'), instrument: fc.constantFrom(null, 'S1', 'S2 call'), tradeDate: fc.constantFrom(DAY, NEXT), quantity: fc.constantFrom('10', '-5'), amount: fc.constantFrom('-1000', '700.5') }),
  { maxLength: 4 },
);

const activityOf = (rows: typeof happened extends fc.Arbitrary<infer Rows> ? Rows : never): ActivityFact[] =>
  rows.map(({ account, instrument, tradeDate, quantity, amount }, number) => ({
    account,
    id: `T${number}`,
    kind: instrument ? 'trade' : amount.startsWith('-') ? 'withdrawal' : 'deposit',
    instrument,
    tradeDate,
    settleDate: null,
    quantity: instrument && quantity,
    price: instrument && '100',
    amount,
    currency: 'USD',
    detail: null,
  }));

function apply(book: Book, facts: Facts, day: string): void {
  const changes = (Object.keys(facts) as FactName[]).flatMap((name) => facts[name].map((fact) => changeOf(name, 'changed', 'asOf' in fact ? { ...fact, asOf: day } : fact)));
  const { plan, bytes } = makePlan(day, changes);
  must(applyPlan(book, plan, bytes, MARY));
}

function deskOf(read: BookRead, reading: BookReading, book: Book): DeskState {
  const market = read.market ?? reading.market(book);
  return finish(opening(read.standing, finish(holding(read, finish(holdingMarket(market))))));
}

/** The official run of the book's day, as the desk makes it. */
function run(book: Book): void {
  const reading = bookReading(() => DAY);
  const state = deskOf(reading.whole(book), reading, book);
  const official = { id: `official-${DAY}`, businessDate: DAY, marksAsOf: `${DAY}T21:00:00Z`, kind: 'official', sequence: state.standing.sequence, at: `${DAY}T22:00:00Z` } as const;
  must(recordRun(book, { run: official, ...finish(computingRun(state, { run: official, by: 'mary' })) }, MARY));
}

test('accounts that are read and computed first show what they show among all, and those that are called come first', () => {
  let [apart, called] = [0, 0];
  fc.assert(
    fc.property(twoReadings, happened, fc.boolean(), ([before, after], rows, isRun) => {
      const { book } = newBook();
      apply(book, bookOf(before), DAY);
      if (isRun) run(book);
      const facts = bookOf(after);
      apply(book, { ...facts, activity: activityOf(rows).filter(({ account }) => facts.account.some((fact) => fact.account === account)) }, NEXT);
      const reading = bookReading(() => NEXT);
      const read = reading.first(book, { largeFrom: 0, accounts: 1, positions: 1000 });
      if (!read) return;
      const first = deskOf(read, reading, book);
      const whole = deskOf(reading.rest(book), reading, book);
      const ids = new Set(first.accountRows.keys());
      expect(ids.size).toBeLessThan(whole.accountRows.size);
      expect(read.accountsInAll).toBe(whole.accountRows.size);
      expect([...first.accountRows.values()]).toEqual([...whole.accountRows.values()].filter(({ account }) => ids.has(account)));
      const unranked = ({ queue }: DeskState) => queue.filter(({ account }) => ids.has(account)).map((row) => ({ ...row, rank: 0 }));
      expect(unranked(first)).toEqual(unranked(whole));
      for (const account of ids) expect(first.summaries.get(account)).toEqual(whole.summaries.get(account));
      apart += 1;
      if (!isRun) expect([...ids][0]).toBe([...whole.accountRows.keys()][0]);
      const due = whole.standing.calls.map(({ dueOn }) => dueOn).sort()[0];
      const leftBelowZero = whole.standing.start.prior?.margins.some(({ equity }) => equity.startsWith('-')) === true;
      if (due === undefined || leftBelowZero) return;
      expect(first.standing.calls.map(({ dueOn }) => dueOn)).toContain(due);
      called += 1;
    }),
    { numRuns: BOOKS },
  );
  expect(apart).toBeGreaterThan(BOOKS / 3);
  // Of a hundred books, some five have a call; of a few, none may.
  if (BOOKS >= 100) expect(called).toBeGreaterThan(0);
});
