import { expect, test } from 'vitest';
import { cashOf, codeOf, factOf, held, notesAt, readFixture, readText, taken, terms } from './read-fixture.ts';

// The fixture's elements and attributes are those of the public description of IBKR Flex XML (product notes, section
// 5.1, format 1): FlexStatement, AccountInformation, EquitySummaryByReportDateInBase, OpenPosition, CashReport,
// ConversionRates, SecuritiesInfo; any attribute may be missing, and the second account leaves most of them out.
const read = readFixture('flex-two-accounts.xml');
const FIRST = 'U7000001';
const SECOND = 'U7000002';

test('the day, and the attribute that says so, stand beside the facts', () => {
  expect([read.format, read.asOf, read.asOfSource]).toEqual(['ibkr-flex-xml', '2026-11-19', 'reportDate']);
});

test('each statement is an account, governed as its capabilities say', () => {
  expect(read.facts.account).toMatchObject([
    { account: FIRST, name: 'Harbour Lane Partners', baseCurrency: 'USD', regime: 'regT', regimeSource: "broker's file: Margin" },
    { account: SECOND, name: 'Greywater Fund LP', regime: 'portfolio', regimeSource: "broker's file: Portfolio Margin" },
  ]);
});

test('every readable position is there, with the part of the account it sits in', () => {
  expect(held(read, FIRST)).toEqual({
    'NVRA margin': '600',
    'BRK.B short': '-300',
    'NVRL margin': '100',
    'SIE:EUR margin': '50',
    'NVRA 2027-01-15 C 240 margin': '-4',
    'NVRA1 2027-01-15 P 180 margin': '2',
    'SPXW 2026-12-31 P 5900 margin': '-1',
    'T 4 1/4 11/15/34 margin': '40000',
    'ESZ6 futures': '-2',
    'CHUF7 2027-01-08 C 1.29 futures': '-1',
    'QUIET margin': '75',
  });
});

test('lots count only where there is no summary, and then they are added up', () => {
  expect(factOf(read, 'position', { account: FIRST, instrument: 'NVRA' })).toMatchObject({ quantity: '600', entryPrice: '190.25' });
  expect(factOf(read, 'position', { account: SECOND, instrument: 'NVRA 2027-01-15 C 240' })).toMatchObject({ quantity: '15', entryPrice: '2.5' });
  expect(notesAt(read.skipped).filter(([, code]) => code === 'lot-row')).toEqual([[17, 'lot-row'], [18, 'lot-row']]);
});

test('a short side makes an unsigned quantity negative', () => {
  expect(factOf(read, 'position', { instrument: 'BRK.B' }).quantity).toBe('-300');
});

test('what cannot be read is rejected with line, column and reason, and stays in sight as an exclusion', () => {
  expect(read.rejected).toMatchObject([
    { line: 28, column: 'position', code: 'not-a-number', reason: 'The quantity "three" is not a number.' },
    { line: 60, column: 'multiplier', code: 'no-multiplier' },
  ]);
  expect(read.facts.exclusion).toMatchObject([
    { account: FIRST, symbol: 'NVRA  270115P00200000', quantity: null, short: true, at: 'flex-two-accounts.xml:28' },
    { account: SECOND, symbol: 'LOST  270115C00010000', quantity: '-5', short: true, at: 'flex-two-accounts.xml:60' },
  ]);
});

test('an adjusted contract is flagged and nothing is assumed of its size', () => {
  expect(terms(read, 'NVRA1 2027-01-15 P 180')).toMatchObject({ adjusted: true, multiplier: null, underlying: 'NVRA' });
});

test('an equity option whose size is not 100 counts as adjusted, also under a plain root', () => {
  const file = (multiplier: string): string =>
    `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20261119"><OpenPositions>
    <OpenPosition currency="USD" assetCategory="OPT" symbol="NVRA  270115C00240000" multiplier="${multiplier}" position="1" reportDate="20261119" /></OpenPositions></FlexStatement></FlexStatements></FlexQueryResponse>`;
  expect(terms(taken(readText('a.xml', file('150'))), 'NVRA 2027-01-15 C 240')).toMatchObject({ adjusted: true, multiplier: null });
  expect(terms(taken(readText('a.xml', file('100'))), 'NVRA 2027-01-15 C 240')).toMatchObject({ multiplier: '100' });
});

test('the underlying of every option is an instrument of its own, priced or not', () => {
  expect(terms(read, 'SPX')).toMatchObject({ kind: 'index', class: 'broad' });
  expect(terms(read, '6SH7')).toMatchObject({ kind: 'future' });
  expect(read.facts.mark.some(({ instrument }) => instrument === 'SPX')).toBe(false);
});

test('a multiplier that the position leaves out is taken from the list of securities', () => {
  expect(terms(read, 'NVRA 2027-01-15 C 240')).toMatchObject({ multiplier: '100', style: 'american', delivery: 'physical' });
});

test('bonds are priced per cent, and their texts say who owes what until when', () => {
  expect(terms(read, 'T 4 1/4 11/15/34')).toMatchObject({ kind: 'bond', multiplier: '0.01', issuer: 'treasury', coupon: '4.25', maturity: '2034-11-15' });
});

test('the leverage of a fund is taken from a number in its name, and said', () => {
  expect(terms(read, 'NVRL')).toMatchObject({ kind: 'etf', leverage: '2' });
  expect(read.notes).toContain('Leverage as the file gives it: NVRL 2x.');
});

test('an option on a future keeps its own strike and is not taken for adjusted', () => {
  const fop = terms(read, 'CHUF7 2027-01-08 C 1.29');
  expect(fop).toMatchObject({ kind: 'option', underlying: '6SH7', multiplier: '125000', strike: '1.29' });
  expect('adjusted' in fop).toBe(false);
});

test('a position without a price is listed and simply has no mark', () => {
  expect(held(read, FIRST)['QUIET margin']).toBe('75');
  expect(read.facts.mark.some(({ instrument }) => instrument === 'QUIET')).toBe(false);
});

test('cash is by currency and kind; the sum in base currency beside it is a double count', () => {
  expect(cashOf(read, FIRST)).toEqual({
    'USD tradeDate': '-47650.75',
    'USD futuresSegment': '1000',
    'USD settled': '-46500',
    'EUR tradeDate': '5000',
    'EUR settled': '5000',
    'USD accruedDividend': '120',
    'USD accruedInterest': '-86.4',
  });
  expect(notesAt(read.skipped)).toContainEqual([11, 'base-summary']);
});

test('where the base sum is all there is, it is the cash', () => {
  expect(cashOf(read, SECOND)).toEqual({ 'USD tradeDate': '812000' });
});

test('without a cash report the equity summary gives the cash', () => {
  const text = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20261119"><EquitySummaryInBase>
    <EquitySummaryByReportDateInBase currency="CHF" reportDate="20261119" cash="12.50" total="12.50"/></EquitySummaryInBase></FlexStatement></FlexStatements></FlexQueryResponse>`;
  const small = taken(readText('a.xml', text));
  expect(cashOf(small, 'U1')).toEqual({ 'CHF tradeDate': '12.5' });
  expect(small.facts.account[0]?.baseCurrency).toBe('CHF');
});

test("the broker's own figures are those of the last report date", () => {
  expect(factOf(read, 'brokerFigure', { name: 'netLiq' })).toMatchObject({ amount: '179332.85', asOf: '2026-11-19' });
  expect(factOf(read, 'brokerFigure', { name: 'cash' }).amount).toBe('-41250.75');
});

test('the latest conversion rate counts, before the rate beside a position', () => {
  expect(read.facts.fx).toMatchObject([{ currency: 'EUR', base: 'USD', rate: '1.08125', asOf: '2026-11-19' }]);
});

test('trades are the executions, signed, with their effect on cash', () => {
  expect(factOf(read, 'activity', { id: '900001' })).toMatchObject({ kind: 'trade', instrument: 'NVRA', quantity: '100', price: '212', amount: '-21201', settleDate: '2026-11-20' });
  expect(factOf(read, 'activity', { instrument: 'SOLD' })).toMatchObject({ quantity: '-40', amount: '419.64' });
  expect(notesAt(read.skipped)).toContainEqual([33, 'trade-level']);
});

test('money in and out, dividends and assignments are activity of their own kind', () => {
  const kinds = read.facts.activity.map(({ kind }) => kind).toSorted();
  expect(kinds).toEqual(['assignment', 'deposit', 'dividend', 'trade', 'trade', 'withdrawal']);
});

test('a file of trades alone declares no scope; one that lists positions does, also when it lists none', () => {
  const statement = (inside: string): string => `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20261119">${inside}</FlexStatement></FlexStatements></FlexQueryResponse>`;
  const trade = '<Trades><Trade currency="USD" assetCategory="STK" symbol="A" tradeDate="20261119" quantity="1" netCash="-5"/></Trades>';
  expect(taken(readText('a.xml', statement(trade))).scopes).toEqual([]);
  expect(taken(readText('a.xml', statement(`${trade}<OpenPositions/>`))).scopes).toMatchObject([{ account: 'U1', asOf: '2026-11-19' }]);
});

test('of a statement broken out by day only the last day is state', () => {
  const row = (day: string, quantity: string): string => `<OpenPosition currency="USD" assetCategory="STK" symbol="A" reportDate="${day}" position="${quantity}"/>`;
  const text = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20261119"><OpenPositions>${row('20261118', '5')}${row('20261119', '7')}</OpenPositions></FlexStatement></FlexStatements></FlexQueryResponse>`;
  const days = taken(readText('a.xml', text));
  expect(held(days, 'U1')).toEqual({ 'A margin': '7' });
  expect(days.skipped).toMatchObject([{ code: 'older-day' }]);
});

test('a consolidated statement is read account by account', () => {
  const row = (account: string, quantity: string): string => `<OpenPosition accountId="${account}" currency="USD" assetCategory="STK" symbol="A" reportDate="20261119" position="${quantity}"/>`;
  const text = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="F1" toDate="20261119"><OpenPositions>${row('U1', '5')}${row('U2', '7')}</OpenPositions></FlexStatement></FlexStatements></FlexQueryResponse>`;
  const consolidated = taken(readText('a.xml', text));
  expect([held(consolidated, 'U1'), held(consolidated, 'U2')]).toEqual([{ 'A margin': '5' }, { 'A margin': '7' }]);
  expect(consolidated.facts.account.map(({ account }) => account)).toEqual(['F1', 'U1', 'U2']);
});

test.each([
  ['', 'no-account'],
  ['accountId="U1"', 'no-day'],
])('a statement that says too little about itself is refused: %j', (attributes, code) => {
  expect(codeOf(readText('a.xml', `<FlexQueryResponse><FlexStatements><FlexStatement ${attributes}></FlexStatement></FlexStatements></FlexQueryResponse>`))).toBe(code);
});
