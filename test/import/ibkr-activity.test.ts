import { expect, test } from 'vitest';
import { cashOf, codeOf, factOf, fixtureBytes, held, notesAt, readFixture, readText, taken, terms } from './read-fixture.ts';

// Headers as in IBKR activity statements (product notes, section 5.1, format 2): Open Positions, Net Asset Value, Cash
// Report, Financial Instrument Information, word for word; the other sections after the same pattern.
const read = readFixture('activity-statement.csv');
const ACCOUNT = 'U7000001';
const text = new TextDecoder().decode(fixtureBytes('activity-statement.csv'));

test('whose statement it is, and of which day, stands at its top', () => {
  expect([read.format, read.asOf, read.asOfSource]).toEqual(['ibkr-activity-csv', '2026-11-19', 'Period']);
  expect(read.facts.account).toMatchObject([{ account: ACCOUNT, name: 'Harbour Lane Partners', regime: 'regT', baseCurrency: 'USD' }]);
});

test('the summary rows are the positions; lots, totals and subtotals are skipped with their reasons', () => {
  expect(held(read, ACCOUNT)).toEqual({
    'NVRA margin': '600',
    'BRK.B short': '-1300',
    'SIE:EUR margin': '50',
    'NVRA 2027-01-15 C 240 margin': '-4',
    'T 4 1/4 11/15/34 margin': '40000',
  });
  expect(notesAt(read.skipped)).toEqual(expect.arrayContaining([[19, 'lot-row'], [20, 'lot-row'], [22, 'total'], [26, 'total'], [29, 'base-summary'], [39, 'trade-level']]));
  expect(read.rejected).toEqual([]);
});

test('what the instrument list knows is added to what the position rows say', () => {
  expect(factOf(read, 'instrument', { id: 'NVRA' })).toMatchObject({ terms: { class: 'common', description: 'NOVARA SYSTEMS INC' }, identifiers: { conid: '41001', isin: 'US66999A1016' } });
  expect(terms(read, 'NVRA 2027-01-15 C 240')).toMatchObject({ multiplier: '100', style: 'american' });
});

test('cash, rates, figures and money movements are read like those of a Flex file', () => {
  expect(cashOf(read, ACCOUNT)).toEqual({ 'USD tradeDate': '-46650.75', 'USD settled': '-45500', 'EUR tradeDate': '5000' });
  expect(read.facts.fx).toMatchObject([{ currency: 'EUR', base: 'USD', rate: '1.0812' }]);
  expect(factOf(read, 'brokerFigure', { name: 'netLiq' }).amount).toBe('89515.25');
  expect(read.facts.activity).toMatchObject([{ kind: 'deposit', amount: '10000' }, { kind: 'trade', instrument: 'NVRA', amount: '-21201' }]);
});

test('the variant with an Open column, and the older one without Mult and Code, give the same positions', () => {
  const withOpen = text.replaceAll(/^(Open Positions,(?:Header|Data|Total),[^,]*,[^,]*,[^,]*,[^,]*),/gm, (_, start: string) => `${start},${start.includes('Header') ? 'Open' : '-'},`);
  expect(held(taken(readText('a.csv', withOpen)), ACCOUNT)).toEqual(held(read, ACCOUNT));
  const older = text
    .split('\n')
    .filter((line) => !line.startsWith('Open Positions') || line.includes('Stocks') || line.includes('Header'))
    .map((line) => (line.startsWith('Open Positions') ? line.replace(/,[^,]*$/, '').replace(/^((?:[^,"]*,){6}(?:"[^"]*"|[^,]*)),[^,]*/, '$1') : line))
    .join('\n');
  expect(older).toContain('Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Cost Price,');
  expect(held(taken(readText('a.csv', older)), ACCOUNT)).toEqual({ 'NVRA margin': '600', 'BRK.B short': '-1300', 'SIE:EUR margin': '50' });
});

test('a statement in another language is refused with the way out', () => {
  const german = text.replaceAll(/^(Open Positions|Statement|Account Information|Net Asset Value|Cash Report|Trades),/gm, 'Abschnitt $1,');
  expect(readText('a.csv', german)).toMatchObject({ ok: false, fault: { code: 'localised-statement', fix: 'Set the statement language to English and export it again.' } });
});

test('a position section without its quantity column is refused with the columns it lacks', () => {
  const cut = text.replace('Symbol,Quantity,Mult', 'Symbol,Stueck,Mult');
  const refused = readText('a.csv', cut);
  expect(codeOf(refused)).toBe('missing-column');
  expect(refused.ok ? '' : refused.fault.at).toBe('a.csv:17');
});
