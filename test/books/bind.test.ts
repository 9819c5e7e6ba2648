import { expect, test } from 'vitest';
import { bindRow } from '../../main/books/tables/bind.ts';
import { cash, position } from '../../main/books/tables/versioned-tables.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { mark, position as positionFact, positionsFile, stock, account } from './facts.ts';
import { changeOf, makePlan } from './make-plan.ts';
import { MARY, must, newBook } from './temp-book.ts';

const row = (quantity: unknown, entryPrice: unknown = null) => [0, 1, 'margin', 1, quantity, entryPrice, '2026-11-20', null, 2, null] as never;

test('a number is refused where an amount belongs', () => {
  expect(() => bindRow(position, row(12.5))).toThrow('position.quantity takes money, not number 12.5');
  expect(() => bindRow(position, row('12.5', 12.5))).toThrow('position.entry_price takes money?, not number 12.5');
  expect(() => bindRow(cash, [0, 1, 'USD', 'tradeDate', '', 0, '2026-11-20', null, 2, null])).toThrow('cash.amount takes money');
});

test('so are other spellings of an amount, and nothing where something must be', () => {
  for (const amount of ['12.50', '1e3', '-0', '', ' 1', 'NaN', null, undefined, new Date(0)]) expect(() => bindRow(position, row(amount))).toThrow('position.quantity takes money');
  expect(bindRow(position, row('-12.5'))).toHaveLength(10);
  expect(bindRow(position, row('0', '0.000000000001'))).toHaveLength(10);
});

test('a row with too few or too many values is refused', () => {
  expect(() => bindRow(position, [0, 1, 'margin', 1, '5'])).toThrow('has 10 values, not 5');
});

test('a fact whose amount is a number never reaches the book, and leaves it as it was', () => {
  const { book } = newBook();
  const file = positionsFile('U1', '2026-11-19', { AAPL: '100' });
  must(applyPlan(book, file.plan, file.bytes, MARY));
  const before = must(readFacts(book));
  const bad = makePlan('2026-11-20', [
    changeOf('account', 'changed', account('U1', '2026-11-20')),
    changeOf('instrument', 'new', stock('MSFT')),
    changeOf('position', 'new', positionFact('U1', 'MSFT', 5 as never, '2026-11-20')),
  ]);
  expect(() => applyPlan(book, bad.plan, bad.bytes, MARY)).toThrow('position.quantity takes money');
  expect(() => saveMark(book, mark('AAPL', 260.5 as never, '2026-11-20'), MARY)).toThrow('mark.value takes money');
  expect(must(readFacts(book))).toEqual(before);
});
