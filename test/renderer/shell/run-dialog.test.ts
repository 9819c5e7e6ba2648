import { expect, test } from 'vitest';
import { RunScope } from '../../../renderer/shell/run-dialog.tsx';
import { tabCounts } from '../../../renderer/shell/top-bar.tsx';
import { BOOK, textOf } from '../book.ts';

const PART = { ...BOOK, accountsInAll: 10_000, excluded: 2 };

test('an official run asks to be confirmed for all accounts of the book, those that are still computed among them', () => {
  expect(textOf(RunScope, PART)).toContain('for 10,000 accounts, of which 60 are computed so far: it starts when all are there.');
  expect(textOf(RunScope, BOOK)).toContain('for 60 accounts, on marks as of 2026-11-20.');
});

test('beside the names of the screens stand counts of the whole book, or none', () => {
  expect(tabCounts(PART, 7)).toEqual({ queue: null, accounts: '10,000', exclusions: null });
  expect(tabCounts({ ...BOOK, excluded: 2 }, 7)).toEqual({ queue: '7', accounts: '60', exclusions: '2' });
});
