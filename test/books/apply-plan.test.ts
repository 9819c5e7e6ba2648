import { expect, test } from 'vitest';
import { closeBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { appliedBefore, readImports } from '../../main/books/reading/read-imports.ts';
import { bookSequence, readJournal } from '../../main/books/reading/read-journal.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { sourceFileBytes } from '../../main/books/writing/source-file.ts';
import type { ActivityFact, BrokerFigureFact, ExclusionFact, Facts, FxFact, InstrumentFact } from '../../shared/domain/facts.ts';
import { account, cash, mark, position, positionsFile, stock, wholeScope } from './facts.ts';
import { changeOf, makePlan } from './make-plan.ts';
import { faultCode, MARY, must, newBook, NOW, reopen } from './temp-book.ts';

const AS_OF = '2026-11-19';
const fx: FxFact = { currency: 'CAD', base: 'USD', rate: '0.7125', asOf: AS_OF, source: 'flex.xml' };
const trade: ActivityFact = {
  account: 'U1', id: 'T-1', kind: 'trade', instrument: 'AAPL', tradeDate: '2026-11-18', settleDate: '2026-11-19', quantity: '100', price: '259.75', amount: '-25975', currency: 'USD', detail: null,
};
const deposit: ActivityFact = { ...trade, id: 'D-1', kind: 'deposit', instrument: null, quantity: null, price: null, amount: '5000', detail: 'wire' };
const figure: BrokerFigureFact = { account: 'U1', name: 'netLiq', amount: '123456.78', currency: 'USD', asOf: AS_OF };
const left: ExclusionFact = { account: 'U1', symbol: 'ÆX 📈', code: 'unknown-kind', reason: 'A kind we do not know', quantity: '-3', short: true, at: 'flex.xml:41', asOf: AS_OF };
const option: InstrumentFact = {
  id: 'ACME1 2027-01-15 C 52.5',
  terms: {
    kind: 'option', currency: 'USD', description: 'ACME1 15JAN27 52.5 C', multiplier: null, underlying: 'ACME', right: 'call', strike: '52.5', expiry: '2027-01-15', style: 'american', adjusted: true,
    deliverable: [{ instrument: 'ACME', quantity: '110' }], deliverableCash: '7.25', expiresAt: '2027-01-15T21:00:00Z', timeZone: 'America/New_York', settles: 'pm', delivery: 'physical',
  },
  identifiers: { symbol: 'ACME1 270115C00052500', conid: '265598', isin: 'US0000000000' },
};

/** A file with a fact of every kind, and the book's facts after it. */
const EVERYTHING: Facts = {
  account: [account('U1', AS_OF, { name: null, regime: 'portfolio', regimeSource: 'accountType', baseCurrency: 'EUR' })],
  instrument: [option, stock('AAPL')],
  position: [position('U1', 'AAPL', '100', AS_OF), { ...position('U1', option.id, '-2', AS_OF), subType: 'short', entryPrice: null }],
  cash: [cash('U1', '-20.5', AS_OF), { ...cash('U1', '1000', AS_OF), kind: 'pendingDeposit', valueDate: '2026-11-23' }],
  mark: [{ ...mark('AAPL', '260.5', '2026-11-19T20:59:58Z'), bid: '260.4', ask: '260.6', kind: 'mid' }],
  fx: [fx],
  activity: [deposit, trade],
  brokerFigure: [figure],
  exclusion: [left],
};

function everythingPlan() {
  const changes = (Object.keys(EVERYTHING) as (keyof Facts)[]).flatMap((name) => EVERYTHING[name].map((fact) => changeOf(name, 'new', fact as never)));
  return makePlan(AS_OF, changes, { scopes: [wholeScope('U1', AS_OF)], name: 'flex.xml' });
}

function byName(facts: Facts): Facts {
  return { ...facts, instrument: facts.instrument.toSorted((one, other) => (one.id < other.id ? -1 : 1)), cash: facts.cash.toSorted((one, other) => (one.amount < other.amount ? -1 : 1)) };
}

test('every kind of fact comes back as it went in, also from a book opened anew', () => {
  const { book, path } = newBook();
  const { plan, bytes } = everythingPlan();
  expect(must(applyPlan(book, plan, bytes, MARY))).toEqual({ sequence: 2, changes: 13 });
  expect(byName(must(readFacts(book)))).toEqual(byName(EVERYTHING));
  closeBook(book);
  expect(byName(must(readFacts(reopen(path))))).toEqual(byName(EVERYTHING));
});

test('applying the same plan again changes nothing, and does not move the sequence', () => {
  const { book } = newBook();
  const { plan, bytes } = everythingPlan();
  must(applyPlan(book, plan, bytes, MARY));
  const before = must(readFacts(book));
  expect(must(applyPlan(book, plan, bytes, MARY))).toEqual({ sequence: 2, changes: 0 });
  expect(must(readFacts(book))).toEqual(before);
  expect(readJournal(book)).toHaveLength(2);
  expect(readImports(book)).toHaveLength(1);
});

test('a plan that turns out to change nothing leaves not even a name behind', () => {
  const { book } = newBook();
  const { plan, bytes } = everythingPlan();
  must(applyPlan(book, plan, bytes, MARY));
  const before = contents(book);
  expect(must(applyPlan(book, { ...plan, backDated: ['nobody'] }, bytes, MARY)).changes).toBe(0);
  expect(contents(book)).toEqual(before);
});

test('an import is listed, journalled with who, when, what and why, and its bytes are kept', () => {
  const { book } = newBook();
  const { plan, bytes } = everythingPlan();
  expect(appliedBefore(book, plan.file.sha256)).toBeNull();
  must(applyPlan(book, { ...plan, unchanged: 3, rejected: [{ file: 'flex.xml', line: 9, code: 'x', reason: 'y' }] }, bytes, MARY));
  expect(readImports(book)).toEqual([
    { sequence: 2, at: NOW, by: 'mary', file: 'flex.xml', sha256: plan.file.sha256, format: 'generic-csv', asOf: AS_OF, accounts: 1, new: 13, changed: 0, closed: 0, unchanged: 3, rejected: 1, skipped: 0 },
  ]);
  expect(readJournal(book, 2)).toMatchObject([{ sequence: 2, at: NOW, by: 'mary', action: 'import', reason: 'Imported flex.xml (generic-csv) as of 2026-11-19', detail: { changes: 13 } }]);
  expect(appliedBefore(book, plan.file.sha256)).toEqual({ sequence: 2, at: NOW });
  expect(Buffer.from(sourceFileBytes(book, plan.file.sha256) ?? [])).toEqual(Buffer.from(bytes));
  expect(sourceFileBytes(book, '0'.repeat(64))).toBeNull();
});

test('a file that brings nothing new is still recorded once, with its bytes', () => {
  const { book } = newBook();
  const first = positionsFile('U1', AS_OF, { AAPL: '100' });
  must(applyPlan(book, first.plan, first.bytes, MARY));
  const other = makePlan(AS_OF, [], { text: 'the same holdings in another format' });
  expect(must(applyPlan(book, other.plan, other.bytes, MARY))).toEqual({ sequence: 3, changes: 0 });
  expect(must(applyPlan(book, other.plan, other.bytes, MARY))).toEqual({ sequence: 3, changes: 0 });
});

test('bytes that are not those of the plan are refused', () => {
  const { book } = newBook();
  const { plan } = everythingPlan();
  expect(faultCode(applyPlan(book, plan, Buffer.from('something else'), MARY))).toBe('file-changed');
  expect(bookSequence(book)).toBe(1);
});

test('an apply that is cancelled at any tick leaves nothing behind', () => {
  const { book } = newBook();
  const first = positionsFile('U1', '2026-11-18', { AAPL: '100', MSFT: '5' });
  must(applyPlan(book, first.plan, first.bytes, MARY));
  const before = contents(book);
  const many = Array.from({ length: 600 }, (_, number) => [changeOf('instrument', 'new', stock(`S${number}`)), changeOf('position', 'new', position('U2', `S${number}`, '1', AS_OF))]).flat();
  const big = makePlan(AS_OF, [changeOf('account', 'new', account('U2', AS_OF)), ...many, changeOf('position', 'closed', position('U1', 'AAPL', '100', AS_OF))]);
  for (let stopAt = 1; stopAt <= 5; stopAt += 1) {
    let ticks = 0;
    const cancel = () => {
      ticks += 1;
      if (ticks === stopAt) throw new Error('stop');
    };
    expect(() => applyPlan(book, big.plan, big.bytes, MARY, cancel)).toThrow('stop');
    expect(contents(book)).toEqual(before);
  }
  expect(must(applyPlan(book, big.plan, big.bytes, MARY))).toMatchObject({ sequence: 3, changes: 1202 });
});

/** Everything the database holds, row by row. */
function contents({ db }: { db: { prepare: (sql: string) => { pluck: () => { all: () => unknown[] }; raw: () => { all: () => unknown[] } } } }): Record<string, unknown> {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[];
  return Object.fromEntries(tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).raw().all()]));
}

test('progress counts every change once', () => {
  const { book } = newBook();
  const { plan, bytes } = everythingPlan();
  const seen: [number, number][] = [];
  must(applyPlan(book, plan, bytes, MARY, (done, total) => seen.push([done, total])));
  expect(seen.at(0)).toEqual([0, 13]);
  expect(seen.at(-1)).toEqual([13, 13]);
});

test('only the accounts asked for are read, with the whole market', () => {
  const { book } = newBook();
  for (const code of ['U1', 'U2']) {
    const file = positionsFile(code, AS_OF, { [`S-${code}`]: '5' });
    must(applyPlan(book, file.plan, file.bytes, MARY));
  }
  must(saveMark(book, mark('S-U2', '5', AS_OF), MARY));
  const facts = must(readFacts(book, ['U1']));
  expect(facts.account.map((fact) => fact.account)).toEqual(['U1']);
  expect(facts.position.map(({ instrument }) => instrument)).toEqual(['S-U1']);
  expect(facts.instrument.map(({ id }) => id)).toEqual(['S-U1', 'S-U2']);
  expect(facts.mark).toHaveLength(1);
  expect(must(readFacts(book, ['nobody'])).account).toEqual([]);
});

test('a correction of an activity takes the place of what it corrects, whatever its day', () => {
  const { book } = newBook();
  const { plan, bytes } = everythingPlan();
  must(applyPlan(book, plan, bytes, MARY));
  const corrected: ActivityFact = { ...trade, tradeDate: '2026-11-17', price: '259.5', amount: '-25950' };
  const correction = makePlan('2026-11-20', [changeOf('activity', 'changed', corrected)]);
  must(applyPlan(book, correction.plan, correction.bytes, MARY));
  expect(must(readFacts(book)).activity).toEqual([deposit, corrected]);
  expect(must(readFacts(book, undefined, { sequence: 2 })).activity).toEqual([deposit, trade]);
  expect(must(verifyBook(book)).journal).toBe(3);
});

test('a price for an instrument the book does not know is refused', () => {
  expect(faultCode(saveMark(newBook().book, mark('NOPE', '1', AS_OF), MARY))).toBe('no-such-instrument');
});
