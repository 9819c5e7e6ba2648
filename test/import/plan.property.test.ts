import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { planImport } from '../../main/import/plan.ts';
import { factKey, noFacts, type FactName, type Facts, type FactTypes } from '../../shared/domain/facts.ts';
import type { FactChange, ReadFile } from '../../shared/domain/import-plan.ts';
import { addDays } from '../../shared/time.ts';
import { readText, taken } from './read-fixture.ts';
import { aBook, gistOfFile, type WrittenBook } from './writers/book.ts';
import { WRITERS, GENERIC_PROFILE } from './writers/formats.ts';

const FILE = { name: 'f', sha256: '', bytes: 0 };
const writers = fc.constantFrom(...WRITERS.map(([, write]) => write));
const read = (text: string): ReadFile => taken(readText('in.csv', text, { profiles: [GENERIC_PROFILE] }));

/** A book that takes every change at its word: what the real book must amount to for a file that is not back-dated. */
function applied(facts: Facts, changes: readonly FactChange[]): Facts {
  const next = noFacts();
  for (const name of Object.keys(facts) as FactName[]) {
    const keyOf = factKey[name] as (fact: FactTypes[FactName]) => string;
    const held = new Map<string, FactTypes[FactName]>(facts[name].map((fact) => [keyOf(fact), fact]));
    for (const { fact, before, after } of changes) {
      if (fact !== name) continue;
      if (after) held.set(keyOf(after), after);
      else if (before) held.delete(keyOf(before));
    }
    (next[name] as FactTypes[FactName][]).push(...held.values());
  }
  return next;
}

const laterDay = (book: WrittenBook, first: WrittenBook): WrittenBook => ({ ...book, account: first.account, day: addDays(first.day, 1) });

test('after a file is applied, planning it again changes nothing', () => {
  fc.assert(
    fc.property(aBook, aBook, writers, writers, (first, second, writeFirst, writeSecond) => {
      const facts = applied(noFacts(), planImport(read(writeFirst(first)), noFacts(), FILE).changes);
      const file = read(writeSecond(laterDay(second, first)));
      const after = applied(facts, planImport(file, facts, FILE).changes);
      expect(planImport(file, after, FILE).changes).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('after a later full file the book holds the positions and cash of that file, and no others', () => {
  fc.assert(
    fc.property(aBook, aBook, writers, (first, second, write) => {
      const facts = planImport(read(write(first)), noFacts(), FILE);
      const file = read(write(laterDay(second, first)));
      const after = applied(applied(noFacts(), facts.changes), planImport(file, applied(noFacts(), facts.changes), FILE).changes);
      const pairs = (held: Facts): unknown => held.position.map(({ account, subType, instrument, quantity }) => [account, subType, instrument, quantity].join(' ')).toSorted();
      expect(pairs(after)).toEqual(pairs(file.facts));
      expect(after.cash.map(({ kind, amount }) => [kind, amount])).toEqual(file.facts.cash.map(({ kind, amount }) => [kind, amount]));
    }),
    { numRuns: 1_000 },
  );
});

test('an earlier file closes nothing and replaces no present state', () => {
  fc.assert(
    fc.property(aBook, aBook, writers, (first, second, write) => {
      const today = read(write(laterDay(second, first)));
      const yesterday = planImport(read(write(first)), today.facts, FILE);
      expect(yesterday.backDated).toEqual([first.account]);
      expect(yesterday.changes.filter(({ change }) => change !== 'new')).toEqual([]);
      // Nothing is compared with the present: a fact of yesterday has no version of today as its past.
      expect(yesterday.changes.filter(({ before }) => before !== null)).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('every change and every unchanged fact of a file is counted once', () => {
  fc.assert(
    fc.property(aBook, aBook, writers, (first, second, write) => {
      const held = read(write(first)).facts;
      const file = read(write(laterDay(second, first)));
      const plan = planImport(file, held, FILE);
      const facts = Object.values(file.facts).reduce((sum, list) => sum + list.length, 0);
      expect(plan.changes.filter(({ change }) => change !== 'closed').length + plan.unchanged).toBe(facts);
      expect(gistOfFile(file).positions.length).toBe(plan.positions);
    }),
    { numRuns: 1_000 },
  );
});
