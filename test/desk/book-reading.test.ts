import { expect, test } from 'vitest';
import type { Book } from '../../main/books/book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { recordRun } from '../../main/books/writing/record-run.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { bookReading, type FirstShare } from '../../main/desk/book-reading.ts';
import type { BookRead, MarketRead } from '../../main/desk/desk-state.ts';
import { openBook } from '../../main/desk/open-book.ts';
import { holdingMarket } from '../../main/desk/recompute.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import type { Caller } from '../../main/desk/rpc.ts';
import { succeed } from '../../shared/result.ts';
import { mark, positionsFile } from '../books/facts.ts';
import { runOf } from '../books/run-outcome.ts';
import { MARY, must, newBook } from '../books/temp-book.ts';

const DAY = '2026-11-19';
const ACCOUNTS = ['U1', 'U2', 'U3', 'U4'];

/** Four accounts of two positions each. */
function written(book = newBook().book): Book {
  for (const account of ACCOUNTS) {
    const { plan, bytes } = positionsFile(account, DAY, { AAPL: '10', MSFT: '5' });
    must(applyPlan(book, plan, bytes, MARY));
  }
  must(saveMark(book, mark('AAPL', '200', DAY), MARY));
  return book;
}

const reading = () => bookReading(() => DAY);
const SHARE: FirstShare = { largeFrom: 7, accounts: 1, positions: 100 };
const accountsOf = (read: BookRead | null): string[] | undefined => read?.positions.accounts;
const priceIn = (market: MarketRead | null): string | undefined => market ? finish(holdingMarket(market)).marks.get('AAPL')?.value : undefined;

test('of a large book so many accounts of so many positions come first, and one in any case', () => {
  const book = written();
  expect(accountsOf(reading().first(book, SHARE))).toEqual(['U1']);
  expect(accountsOf(reading().first(book, { ...SHARE, accounts: 3 }))).toEqual(['U1', 'U2', 'U3']);
  expect(accountsOf(reading().first(book, { ...SHARE, accounts: 3, positions: 5 }))).toEqual(['U1', 'U2']);
  expect(accountsOf(reading().first(book, { ...SHARE, accounts: 3, positions: 0 }))).toEqual(['U1']);
  expect(reading().first(book, SHARE)).toMatchObject({ accountsInAll: 4, businessDate: DAY });
});

/** U0 of five positions, and the four of two each. */
function withLarge(): Book {
  const { book } = newBook();
  const { plan, bytes } = positionsFile('U0', DAY, { AAPL: '1', MSFT: '1', IBM: '1', GE: '1', F: '1' });
  must(applyPlan(book, plan, bytes, MARY));
  return written(book);
}

test('a large account is passed over where nothing says that it is urgent, and otherwise ends what comes first', () => {
  const share: FirstShare = { largeFrom: 7, accounts: 4, positions: 8 };
  const book = withLarge();
  expect(accountsOf(reading().first(book, share))).toEqual(['U1', 'U2', 'U3']);
  expect(accountsOf(reading().first(book, { ...share, accounts: 1 }))).toEqual(['U0']);
  const { run } = runOf('U0', '1', DAY);
  must(recordRun(book, { run, calls: [], events: [], records: [], priors: [left('U0', '100', '-100'), left('U4', '900', '-100')] }, MARY));
  expect(accountsOf(reading().first(book, share))).toEqual(['U0', 'U4']);
  expect(accountsOf(reading().first(book, { ...share, positions: 4 }))).toEqual(['U0']);
});

test('nothing comes first of a small book, nor where all of it would', () => {
  const book = written();
  expect(reading().first(book, { ...SHARE, largeFrom: 8 })).toBeNull();
  expect(reading().first(book, { ...SHARE, accounts: 4 })).toBeNull();
});

const left = (account: string, equity: string, excess: string) => ({ account, currency: 'USD', sma: null, equity, excess });

/** Those that come first when one account is asked for, when two are, and when three are. */
function firstOnes(book: Book): (string | undefined)[] {
  return [1, 2, 3].map((accounts) => accountsOf(reading().first(book, { ...SHARE, accounts }))?.join(' '));
}

test('equity below zero comes first, then open calls: the sooner due before the later, and regulators before the house', () => {
  const book = written();
  const house = runOf('U4', '500', DAY, { dueOn: '2026-11-24' });
  const [exchange] = runOf('U2', '5', DAY, { type: 'exchange', dueOn: '2026-11-24' }).calls;
  const [later] = runOf('U1', '90000', DAY, { dueOn: '2026-11-25' }).calls;
  must(recordRun(book, { ...house, calls: [...house.calls, ...(exchange ? [exchange] : []), ...(later ? [later] : [])], priors: [left('U3', '-5', '-10'), left('U1', '10', '-90000')] }, MARY));
  expect(firstOnes(book)).toEqual(['U3', 'U2 U3', 'U2 U3 U4']);
});

test('without calls the worst health comes first, and what the run said nothing of last', () => {
  const book = written();
  const { run } = runOf('U1', '1', DAY);
  must(recordRun(book, { run, calls: [], events: [], records: [], priors: [left('U2', '900', '-100'), left('U3', '100', '-100'), left('U4', '1000', '500')] }, MARY));
  expect(firstOnes(book)).toEqual(['U3', 'U2 U3', 'U2 U3 U4']);
});

test('the market is handed over once, and again when the book has moved on', () => {
  const book = written();
  const read = reading();
  expect(priceIn(read.market(book))).toBe('200');
  expect(read.first(book, SHARE)?.market).toBeNull();
  must(saveMark(book, mark('AAPL', '210', DAY), MARY));
  const rest = read.rest(book);
  expect(priceIn(rest.market)).toBe('210');
  expect(accountsOf(rest)).toEqual(ACCOUNTS);
  expect(read.rest(book).market).toBeNull();
  expect(priceIn(read.whole(book).market)).toBe('210');
});

/** The book's thread in this one; somebody else changes the book after each of these questions. */
function changedAfter(book: Book, questions: readonly string[]): Pick<Caller, 'ask'> {
  const read = reading();
  const answers: Record<string, () => unknown> = {
    'book.open': () => ({ name: book.name, readOnly: true, heldBy: null, snapshot: null }),
    'book.market': () => read.market(book),
    'book.first': () => read.first(book, SHARE),
    'book.rest': () => read.rest(book),
  };
  let price = 300;
  return {
    ask(question) {
      const answer = succeed(answers[question]?.());
      if (questions.includes(question)) must(saveMark(book, mark('AAPL', String((price += 1)), DAY), MARY));
      return Promise.resolve(answer);
    },
  };
}

test.each([
  { questions: ['book.market'], first: '301', whole: '301' },
  { questions: ['book.first'], first: '200', whole: '301' },
  { questions: ['book.market', 'book.first'], first: '301', whole: '302' },
])('a book that moves on after $questions is shown, and then there, as it was when its accounts were read', async ({ questions, first, whole }) => {
  const opened = must(await openBook(changedAfter(written(), questions), true));
  expect(opened.first?.holdings.marks.get('AAPL')?.value).toBe(first);
  const { state } = must(await opened.whole);
  expect(state.holdings.marks.get('AAPL')?.value).toBe(whole);
  expect([...state.accountRows.keys()]).toEqual(ACCOUNTS);
});
