import { expect, test } from 'vitest';
import { NothingCalled } from '../../../renderer/screens/queue-screen.tsx';
import { BOOK, textOf } from '../book.ts';

test('an empty queue speaks of all accounts only when all are there', () => {
  expect(textOf(NothingCalled, { ...BOOK, accountsInAll: 10_000 })).toContain('None of the first 60 accounts lacks what is required of it. The rest is being computed.');
  expect(textOf(NothingCalled, BOOK)).toContain('All 60 accounts hold what is required of them.');
  expect(textOf(NothingCalled, { ...BOOK, accounts: 0 })).toContain('The book is empty');
});
