import { expect, test } from 'vitest';
import type { Book } from '../../main/books/book.ts';
import type { PointInTime } from '../../main/books/reading/known-at.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { mark, positionsFile, stock } from './facts.ts';
import { changeOf, makePlan } from './make-plan.ts';
import { MARY, must, newBook } from './temp-book.ts';

/** Takes a complete positions file of U1; answers the entry's sequence. */
function take(book: Book, day: string, quantities: Record<string, string>, more: Parameters<typeof positionsFile>[3] = {}): number {
  const { plan, bytes } = positionsFile('U1', day, quantities, more);
  return must(applyPlan(book, plan, bytes, MARY)).sequence;
}

/** Symbol -> "quantity since day", as the book answers it. */
function held(book: Book, at?: PointInTime): Record<string, string> {
  return Object.fromEntries(must(readFacts(book, ['U1'], at)).position.map(({ instrument, quantity, asOf }) => [instrument, `${quantity} since ${asOf.slice(8)}`]));
}

test('what held on a day, and what was known after an entry, are two questions with two answers', () => {
  const { book } = newBook();
  const monday = take(book, '2026-11-16', { AAPL: '100', MSFT: '5' });
  const wednesday = take(book, '2026-11-18', { AAPL: '90' }, { closed: { MSFT: '2026-11-16' } });
  expect(held(book)).toEqual({ AAPL: '90 since 18' });
  expect(held(book, { day: '2026-11-17' })).toEqual({ AAPL: '100 since 16', MSFT: '5 since 16' });
  expect(held(book, { day: '2026-11-15' })).toEqual({});
  expect(held(book, { sequence: monday })).toEqual({ AAPL: '100 since 16', MSFT: '5 since 16' });
  // On Monday evening nobody knew of Wednesday: as known then, Monday's holdings stood.
  expect(held(book, { sequence: monday, day: '2026-11-19' })).toEqual({ AAPL: '100 since 16', MSFT: '5 since 16' });
  expect(held(book, { sequence: wednesday, day: '2026-11-19' })).toEqual({ AAPL: '90 since 18' });
});

test('a file of an earlier day is history: it fills in the past and leaves the present alone', () => {
  const { book } = newBook();
  take(book, '2026-11-16', { AAPL: '100' });
  take(book, '2026-11-18', { AAPL: '90' });
  const late = take(book, '2026-11-17', { AAPL: '95', MSFT: '7' }, { backDated: ['U1'] });
  expect(held(book)).toEqual({ AAPL: '90 since 18' });
  expect(held(book, { day: '2026-11-16' })).toEqual({ AAPL: '100 since 16' });
  expect(held(book, { day: '2026-11-17' })).toEqual({ AAPL: '95 since 17', MSFT: '7 since 17' });
  expect(held(book, { day: '2026-11-18' })).toEqual({ AAPL: '90 since 18' });
  expect(held(book, { sequence: late - 1, day: '2026-11-17' })).toEqual({ AAPL: '100 since 16' });
});

test('a back-dated file ends where a later file listed everything, even where that file changed nothing', () => {
  const { book } = newBook();
  take(book, '2026-11-16', { AAPL: '100' });
  take(book, '2026-11-18', {}); // lists AAPL as it was: nothing to change, nothing closed
  take(book, '2026-11-17', { AAPL: '95' }, { backDated: ['U1'] });
  expect(held(book)).toEqual({ AAPL: '100 since 18' });
  expect(held(book, { day: '2026-11-17' })).toEqual({ AAPL: '95 since 17' });
});

test('a corrected file of the same day takes the first one’s place, and what was known before stays answerable', () => {
  const { book } = newBook();
  const wrong = take(book, '2026-11-18', { AAPL: '100', MSFT: '5' });
  take(book, '2026-11-18', { AAPL: '110' }, { closed: { MSFT: '2026-11-18' } });
  expect(held(book)).toEqual({ AAPL: '110 since 18' });
  expect(held(book, { day: '2026-11-18' })).toEqual({ AAPL: '110 since 18' });
  expect(held(book, { sequence: wrong })).toEqual({ AAPL: '100 since 18', MSFT: '5 since 18' });
});

test('a corrected file of yesterday stays yesterday’s when today is known', () => {
  const { book } = newBook();
  const first = take(book, '2026-11-17', { AAPL: '100' });
  take(book, '2026-11-18', { AAPL: '90' });
  take(book, '2026-11-17', { AAPL: '101' }, { backDated: ['U1'] });
  expect(held(book)).toEqual({ AAPL: '90 since 18' });
  expect(held(book, { day: '2026-11-17' })).toEqual({ AAPL: '101 since 17' });
  expect(held(book, { sequence: first, day: '2026-11-17' })).toEqual({ AAPL: '100 since 17' });
});

test('an older price is history and never the current mark', () => {
  const { book } = newBook();
  take(book, '2026-11-18', { AAPL: '100' });
  must(saveMark(book, mark('AAPL', '262', '2026-11-19T15:30:00Z'), MARY));
  must(saveMark(book, mark('AAPL', '260', '2026-11-18'), MARY));
  must(saveMark(book, mark('AAPL', '261', '2026-11-19'), MARY));
  const price = (at?: PointInTime) => must(readFacts(book, [], at)).mark.map(({ value }) => value);
  expect(price()).toEqual(['262']);
  expect(price({ day: '2026-11-18' })).toEqual(['260']);
  expect(price({ day: '2026-11-19' })).toEqual(['262']);
  expect(price({ day: '2026-11-17' })).toEqual([]);
});

test('the same price of the same moment from another source is no news; a later one is, even at the same price', () => {
  const { book } = newBook();
  take(book, '2026-11-18', { AAPL: '100' });
  const first = must(saveMark(book, mark('AAPL', '260', '2026-11-18'), MARY)).sequence;
  expect(must(saveMark(book, { ...mark('AAPL', '260', '2026-11-18'), source: 'another file' }, MARY)).sequence).toBe(first);
  expect(must(saveMark(book, { ...mark('AAPL', '260', '2026-11-19'), source: 'another file' }, MARY)).sequence).toBe(first + 1);
  expect(must(readFacts(book, [])).mark).toEqual([{ ...mark('AAPL', '260', '2026-11-19'), source: 'another file' }]);
});

test('terms hold from the start; a change of terms holds from its file’s day', () => {
  const { book } = newBook();
  take(book, '2026-11-18', { AAPL: '100' });
  const split = { ...stock('AAPL'), terms: { ...stock('AAPL').terms, description: 'after the split' } };
  const { plan, bytes } = makePlan('2026-11-20', [changeOf('instrument', 'changed', split)]);
  must(applyPlan(book, plan, bytes, MARY));
  const terms = (at?: PointInTime) => must(readFacts(book, [], at)).instrument.map((fact) => fact.terms.description ?? null);
  expect(terms()).toEqual(['after the split']);
  expect(terms({ day: '2026-11-19' })).toEqual([null]);
  expect(terms({ day: '2020-01-01' })).toEqual([null]);
});
