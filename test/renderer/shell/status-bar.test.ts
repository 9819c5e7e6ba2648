import { expect, test } from 'vitest';
import type { MarginRun } from '../../../shared/domain/call.ts';
import { BookParts } from '../../../renderer/shell/status-bar.tsx';
import { BOOK, markupOf, textOf } from '../book.ts';

const PART = { ...BOOK, accountsInAll: 10_000, excluded: 2 };

test('while only some accounts are there, the bar says of how many, and that the rest is on its way', () => {
  expect(textOf(BookParts, PART)).toContain('60 of 10,000 accounts so far; computing the rest');
  expect(textOf(BookParts, PART)).toContain('2 excluded so far');
  expect(textOf(BookParts, BOOK)).toContain('60 accounts · 8,000 positions');
  expect(textOf(BookParts, BOOK)).not.toContain('so far');
  expect(markupOf(BookParts, PART)).toContain(': 60 accounts so far"');
});

test('the accounts that come first are called most urgent only where an official run has told which are', () => {
  const run: MarginRun = { id: 'r', kind: 'official', businessDate: '2026-11-20', at: '2026-11-20T22:00:00Z', marksAsOf: '2026-11-20T21:00:00Z', sequence: 2 };
  expect(markupOf(BookParts, { ...PART, lastOfficialRun: run })).toContain('that the last official run found most urgent are shown first');
  expect(markupOf(BookParts, PART)).toContain('No official run has been made on this book, so the accounts that were imported first are shown first');
});
