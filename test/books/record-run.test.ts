import { expect, test } from 'vitest';
import { closeBook } from '../../main/books/open.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { readPrior } from '../../main/books/reading/read-prior.ts';
import { lastRun, readCallEvents, readCalls, readDailyRecords } from '../../main/books/reading/read-calls.ts';
import { readProfiles } from '../../main/books/reading/read-imports.ts';
import { bookSequence, readJournal } from '../../main/books/reading/read-journal.ts';
import { recordRun } from '../../main/books/writing/record-run.ts';
import { saveProfile } from '../../main/books/writing/save-profile.ts';
import { readReplacedCloses } from '../../main/books/reading/read-closes.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { activityFile, mark, positionsFile } from './facts.ts';
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

test('what a run leaves to the next day is found from that day on, and an earlier day finds the run before', () => {
  const { book, path } = newBook();
  const left = (account: string, sma: string) => ({ account, currency: 'USD', sma, equity: '9000', excess: '4000' });
  must(recordRun(book, { ...runOf('U1', '500', '2026-11-19'), priors: [left('U1', '100'), left('U2', '-5')] }, MARY));
  must(recordRun(book, { ...runOf('U1', '600', '2026-11-20'), priors: [left('U1', '200')] }, MARY));
  expect(readPrior(book, '2026-11-19')).toBeNull();
  closeBook(book);
  const again = reopen(path);
  expect(readPrior(again, '2026-11-20')).toMatchObject({ run: { businessDate: '2026-11-19' }, margins: [left('U1', '100'), left('U2', '-5')] });
  // U2 was left nothing by the run of the 20th: what is known of it is a day too old.
  expect(readPrior(again, '2026-11-23')).toMatchObject({ run: { businessDate: '2026-11-20' }, margins: [left('U1', '200')] });
});

test('activity is news when it came after the last run, whatever its day; a correction is none', () => {
  const { book } = newBook();
  const deposit = (id: string, amount: string, asOf: string) => activityFile('U1', asOf, [{ id, amount }]);
  const apply = ({ plan, bytes }: ReturnType<typeof activityFile>) => must(applyPlan(book, plan, bytes, MARY));
  apply(deposit('D1', '100', '2026-11-19'));
  must(recordRun(book, { ...runOf('U1', '500', '2026-11-19'), run: { ...runOf('U1', '500', '2026-11-19').run, sequence: 2 } }, MARY));
  expect(readPrior(book, '2026-11-20')?.news).toEqual([]);
  apply(deposit('D2', '50', '2026-11-19'));
  apply(deposit('D1', '120', '2026-11-20'));
  expect(readPrior(book, '2026-11-20')?.news).toEqual([{ account: 'U1', id: 'D2' }]);
});

test('the last close under a typed price is found again, also one that was typed over on its own day', () => {
  const { book } = newBook();
  const file = positionsFile('U1', '2026-11-19', { AAPL: '1' });
  must(applyPlan(book, file.plan, file.bytes, MARY));
  const typed = (asOf: string, value: string) => must(saveMark(book, { ...mark('AAPL', value, asOf), kind: 'manual', source: 'typed' }, MARY));
  expect(readReplacedCloses(book, ['AAPL', 'NOBODY'])).toEqual([]);
  must(saveMark(book, mark('AAPL', '250', '2026-11-18'), MARY));
  must(saveMark(book, mark('AAPL', '260', '2026-11-19'), MARY));
  typed('2026-11-19', '270');
  expect(readReplacedCloses(book, ['AAPL'])).toMatchObject([{ instrument: 'AAPL', value: '260', kind: 'close', asOf: '2026-11-19' }]);
  typed('2026-11-20', '280');
  expect(readReplacedCloses(book, ['AAPL'])).toMatchObject([{ value: '260', asOf: '2026-11-19' }]);
});
