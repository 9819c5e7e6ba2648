import { expect, test } from 'vitest';
import { NO_POSITIONS, planImport, planRows, summarisePlan } from '../../main/import/plan.ts';
import { noFacts, type Facts, type InstrumentFact } from '../../shared/domain/facts.ts';
import { planRow, planSummary, type FactChange, type ImportPlan, type ReadFile } from '../../shared/domain/import-plan.ts';
import { readFixture, readText, taken } from './read-fixture.ts';

const FILE = { name: 'flex.xml', sha256: 'a'.repeat(64), bytes: 1 };
const FIXTURES = ['flex-two-accounts.xml', 'activity-statement.csv', 'schwab-individual.csv', 'schwab-all-accounts.csv', 'fidelity-positions.csv', 'desk-semicolon.csv'];

function flex(day: string, positions: readonly (readonly [string, string, string?])[], extra = ''): ReadFile {
  const rows = positions.map(([symbol, quantity, price]) => `<OpenPosition currency="USD" assetCategory="STK" symbol="${symbol}" reportDate="${day}" position="${quantity}" ${price === undefined ? '' : `markPrice="${price}"`}/>`);
  return taken(readText('flex.xml', `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="${day}"><OpenPositions>${rows.join('')}</OpenPositions>${extra}</FlexStatement></FlexStatements></FlexQueryResponse>`));
}

const shown = (changes: readonly FactChange[]): string[] => changes.map(({ fact, change, after, before }) => `${fact} ${change} ${nameOf(after ?? before)}`);
const nameOf = (fact: object | null): string => (fact === null ? '' : 'instrument' in fact ? String(fact.instrument) : 'id' in fact ? String(fact.id) : 'account' in fact ? String(fact.account) : '');
const plan = (read: ReadFile, current: Facts = noFacts()): ImportPlan => planImport(read, current, FILE);

test.each(FIXTURES)('importing %s twice changes nothing the second time', (name) => {
  const read = readFixture(name);
  const first = plan(read);
  expect(first.changes.every(({ change }) => change === 'new')).toBe(true);
  expect(first.changes.length).toBeGreaterThan(5);
  const again = plan(read, read.facts);
  expect([again.changes, again.unchanged]).toEqual([[], first.changes.length]);
});

/** Instruments of a file, and what a book may hold of each: the same, less, other words; adjusted on both sides; nothing. */
function heldInstruments(read: ReadFile): { listed: InstrumentFact[]; held: (InstrumentFact | null)[] } {
  const pairs = read.facts.instrument.flatMap((fact): [InstrumentFact, InstrumentFact | null][] => {
    const named = (id: string, changes: object, identifiers = {}): InstrumentFact => ({ id, terms: { ...fact.terms, ...changes }, identifiers: { ...fact.identifiers, ...identifiers } });
    const adjusted = named(`${fact.id} adjusted`, { adjusted: true, multiplier: '100' });
    return [[fact, fact], [named(`${fact.id} 2`, {}), named(`${fact.id} 2`, { description: 'Other' })], [named(`${fact.id} 3`, {}), named(`${fact.id} 3`, { multiplier: null }, { symbol: 'other' })], [adjusted, adjusted], [named(`${fact.id} 5`, {}), null]];
  });
  return { listed: pairs.map(([fact]) => fact), held: pairs.map(([, fact]) => fact).toReversed() };
}

test.each(FIXTURES)('instruments that a book holds as text change by %s as those it holds as facts', (name) => {
  const read = readFixture(name);
  const { listed, held } = heldInstruments(read);
  const file = { ...read, facts: { ...noFacts(), instrument: listed } };
  const facts = held.filter((fact) => fact !== null);
  const texts = held.map((fact) => fact && { terms: JSON.stringify(fact.terms), identifiers: JSON.stringify(fact.identifiers) });
  const remembered = { appliedBefore: false, onThatDay: noFacts, held: { ...NO_POSITIONS, instruments: held.map((fact, place) => fact?.id ?? `name alone ${place}`), instrumentTexts: texts } };
  const expected = plan(file, { ...noFacts(), instrument: facts });
  expect(planImport(file, noFacts(), FILE, remembered)).toEqual(expected);
  expect([expected.changes.length > 0, expected.unchanged > 0]).toEqual([true, true]);
});

test('a position that the file no longer lists was closed; a new size is a change; the same size is neither', () => {
  const before = flex('20261118', [['A', '100'], ['B', '50'], ['C', '7']]);
  const after = flex('20261119', [['A', '120'], ['C', '7'], ['D', '1']]);
  expect(shown(plan(after, before.facts).changes)).toEqual(['account changed U1', 'instrument new D', 'position changed A', 'position new D', 'position closed B']);
  expect(plan(after, before.facts).unchanged).toBe(3);
});

test('outside a declared scope nothing is closed', () => {
  const before = flex('20261118', [['A', '100']]);
  const trades = taken(readText('t.xml', '<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20261119"><Trades><Trade currency="USD" assetCategory="STK" symbol="A" tradeDate="20261119" quantity="1" netCash="-5"/></Trades></FlexStatement></FlexStatements></FlexQueryResponse>'));
  expect(shown(plan(trades, before.facts).changes)).toEqual(['activity new A']);
});

test('the positions of another account are never closed', () => {
  const before = flex('20261118', [['A', '100']]);
  const other: Facts = { ...before.facts, position: [...before.facts.position, { account: 'U2', subType: 'margin', instrument: 'A', quantity: '5', entryPrice: null, asOf: '2026-11-18' }] };
  expect(shown(plan(flex('20261119', []), other).changes)).toEqual(['account changed U1', 'position closed A']);
});

test('cash that a full list leaves out is gone', () => {
  const cash = (rows: string): ReadFile => flex('20261119', [], `<CashReport>${rows}</CashReport>`);
  const both = cash('<CashReportCurrency currency="USD" endingCash="5"/><CashReportCurrency currency="EUR" endingCash="7"/>');
  const one = cash('<CashReportCurrency currency="USD" endingCash="5"/>');
  expect(plan(one, both.facts).changes).toMatchObject([{ fact: 'cash', change: 'closed', before: { currency: 'EUR' } }]);
});

test('a file older than what the book knows is history: it changes no present figure and closes nothing', () => {
  const newer = flex('20261119', [['A', '120', '10'], ['B', '5', '3']]);
  const older = plan(flex('20261118', [['A', '100', '9']]), newer.facts);
  expect(older.backDated).toEqual(['U1']);
  expect(older.changes.map(({ fact, change, before }) => [fact, change, before])).toEqual([['position', 'new', null], ['mark', 'new', null]]);
  expect(older.notes.at(-1)).toContain('kept as history');
});

test('an older price of a newly imported account does not replace a newer one', () => {
  const newer = flex('20261119', [['A', '120', '10']]);
  const current: Facts = { ...newer.facts, account: [], position: [] };
  const older = plan(flex('20261118', [['A', '100', '9']]), current);
  expect(older.backDated).toEqual([]);
  expect(older.changes.find(({ fact }) => fact === 'mark')).toMatchObject({ change: 'new', before: null, after: { value: '9' } });
});

test('a price of the same day and another value is a correction; the same value on a later day is news too', () => {
  const first = flex('20261119', [['A', '1', '10']]);
  expect(shown(plan(flex('20261119', [['A', '1', '11']]), first.facts).changes)).toEqual(['mark changed A']);
  expect(shown(plan(flex('20261120', [['A', '1', '10']]), first.facts).changes)).toEqual(['account changed U1', 'mark changed A']);
});

test('who says a price is not a change of the price', () => {
  const first = flex('20261119', [['A', '1', '10']]);
  const renamed = { ...first.facts, mark: first.facts.mark.map((mark) => ({ ...mark, source: 'IBKR Flex yesterday.xml' })) };
  expect(plan(first, renamed).changes).toEqual([]);
});

test('a file that does not say something does not unsay what the book knows', () => {
  const known = readFixture('flex-two-accounts.xml').facts;
  const bare = taken(readText('b.xml', '<FlexQueryResponse><FlexStatements><FlexStatement accountId="U7000002" toDate="20261119"><OpenPositions><OpenPosition currency="USD" assetCategory="STK" symbol="NVRA" position="-1000" reportDate="20261119"/></OpenPositions></FlexStatement></FlexStatements></FlexQueryResponse>'));
  const changes = plan(bare, known).changes;
  expect(changes.filter(({ fact }) => fact === 'account' || fact === 'instrument')).toEqual([]);
});

test('a fund that one broker lists as plain stock stays a fund', () => {
  const fund = taken(readText('f.xml', '<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20261119"><OpenPositions><OpenPosition currency="USD" assetCategory="STK" subCategory="ETF" symbol="NVRL" position="1" reportDate="20261119"/></OpenPositions></FlexStatement></FlexStatements></FlexQueryResponse>'));
  const plain = flex('20261119', [['NVRL', '1']]);
  expect(plan(plain, fund.facts).changes).toEqual([]);
  expect(plan(fund, plain.facts).changes).toMatchObject([{ fact: 'instrument', change: 'changed', after: { terms: { kind: 'etf' } } }]);
});

test('an exclusion is closed by a file that can read the row', () => {
  const bad = flex('20261119', [['A', 'many']]);
  expect(bad.facts.exclusion).toHaveLength(1);
  expect(shown(plan(flex('20261119', [['A', '5']]), bad.facts).changes)).toEqual(['instrument new A', 'position new A', 'exclusion closed U1']);
});

test('the plan as rows and as figures has the shape of the contract, and its counts add up', () => {
  const read = readFixture('flex-two-accounts.xml');
  const made = plan(read);
  const rows = planRows(made);
  expect(rows.map((row) => planRow.parse(row))).toEqual(rows);
  const summary = summarisePlan(made, 'plan-1', null);
  expect(planSummary.parse(summary)).toEqual(summary);
  expect(summary.counts).toEqual({ new: rows.length, changed: 0, closed: 0, unchanged: 0, positions: 13, rejected: 2, skipped: 5 });
  expect(summary.accounts).toEqual(['U7000001', 'U7000002']);
  expect(rows.find(({ fact, label }) => fact === 'position' && label === 'NVRA (margin)')).toMatchObject({ account: 'U7000001', before: null, after: '600 at 190.25', line: 16 });
});
