import { expect, test } from 'vitest';
import { closeBook } from '../../main/books/open.ts';
import { lastRun, readCallEvents, readCalls, readDailyRecords } from '../../main/books/reading/read-calls.ts';
import { readProfiles } from '../../main/books/reading/read-imports.ts';
import { bookSequence, readJournal } from '../../main/books/reading/read-journal.ts';
import { recordRun } from '../../main/books/writing/record-run.ts';
import { saveProfile } from '../../main/books/writing/save-profile.ts';
import { runOf } from './run-outcome.ts';
import { MARY, must, newBook, reopen } from './temp-book.ts';

test('a run, its calls, their steps and the daily record come back as they went in', () => {
  const { book, path } = newBook();
  expect(lastRun(book, 'official')).toBeNull();
  const outcome = runOf('U1', '500', '2026-11-19');
  expect(must(recordRun(book, outcome, MARY))).toEqual({ sequence: 2 });
  closeBook(book);
  const again = reopen(path);
  expect(lastRun(again, 'official')).toEqual(outcome.run);
  expect(lastRun(again, 'intraday')).toBeNull();
  expect(readCalls(again)).toEqual(outcome.calls);
  expect(readCallEvents(again, 'U1-house-1')).toEqual(outcome.events);
  expect(readCallEvents(again, 'nobody')).toEqual([]);
  expect(readDailyRecords(again, '2026-11-01', '2026-11-30')).toEqual(outcome.records);
  expect(readDailyRecords(again, '2026-11-20', '2026-11-30')).toEqual([]);
  expect(readJournal(again, 2)).toMatchObject([{ action: 'run', reason: 'Ran the official margin run of 2026-11-19', by: 'mary' }]);
});

test('the same outcome without new steps changes nothing', () => {
  const { book } = newBook();
  const outcome = runOf('U1', '500', '2026-11-19');
  must(recordRun(book, outcome, MARY));
  expect(must(recordRun(book, { ...outcome, run: { ...outcome.run, sequence: 2 }, events: [] }, MARY))).toEqual({ sequence: 2 });
  expect(bookSequence(book)).toBe(2);
});

test('events and daily records only grow, and a call as it was known stays answerable', () => {
  const { book } = newBook();
  const first = runOf('U1', '500', '2026-11-19');
  const second = runOf('U1', '750', '2026-11-20', { state: 'partMet', met: '200', outstanding: '550' });
  must(recordRun(book, first, MARY));
  must(recordRun(book, second, MARY));
  expect(readCalls(book)).toEqual(second.calls);
  expect(readCalls(book, { sequence: 2 })).toEqual(first.calls);
  expect(readCalls(book, { sequence: 1 })).toEqual([]);
  expect(readCallEvents(book, 'U1-house-1')).toEqual([...first.events, ...second.events]);
  expect(readDailyRecords(book, '2026-11-19', '2026-11-20')).toEqual([...first.records, ...second.records]);
});

test('a run repeated after the facts changed adds its own lines and keeps the first ones', () => {
  const { book } = newBook();
  const first = runOf('U1', '500', '2026-11-19');
  const repeat = runOf('U1', '650', '2026-11-19');
  must(recordRun(book, first, MARY));
  expect(must(recordRun(book, repeat, MARY))).toEqual({ sequence: 3 });
  expect(readDailyRecords(book, '2026-11-19', '2026-11-19')).toEqual([...first.records, ...repeat.records]);
});

test('an event of a call that does not exist is a broken invariant, and nothing of its run is kept', () => {
  const { book } = newBook();
  const outcome = runOf('U1', '500', '2026-11-19');
  expect(() => recordRun(book, { ...outcome, calls: [] }, MARY)).toThrow('there is no call');
  expect(bookSequence(book)).toBe(1);
  expect(lastRun(book, 'official')).toBeNull();
});

test('a mapping profile is kept under its name; the last one saved stands', () => {
  const { book } = newBook();
  const profile = { name: 'Our desk', columns: { symbol: 'Sym', quantity: 'Qty' }, complete: true };
  expect(must(saveProfile(book, profile, MARY))).toEqual({ sequence: 2 });
  expect(must(saveProfile(book, profile, MARY))).toEqual({ sequence: 2 });
  must(saveProfile(book, { ...profile, name: 'Another' }, MARY));
  must(saveProfile(book, { ...profile, delimiter: ';' }, MARY));
  expect(readProfiles(book)).toEqual([{ ...profile, name: 'Another' }, { ...profile, delimiter: ';' }]);
});
