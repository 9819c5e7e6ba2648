import { expect, test } from 'vitest';
import { accountsOf, isPartOnly, soFar } from '../../../renderer/format/so-far.ts';
import { BOOK } from '../book.ts';

test('while only the first accounts are there, counts say so, and the book is as large as it is', () => {
  const part = { ...BOOK, accountsInAll: 10_000 };
  expect([isPartOnly(part), accountsOf(part), soFar(part, 'calls')]).toEqual([true, 10_000, 'calls so far']);
  expect([isPartOnly(BOOK), accountsOf(BOOK), soFar(BOOK, 'calls')]).toEqual([false, 60, 'calls']);
  expect([isPartOnly(null), soFar(null, 'calls')]).toEqual([false, 'calls']);
});
