import { expect, test } from 'vitest';
import { cashOf, codeOf, factOf, fixtureBytes, held, notesAt, readFixture, readText, taken, terms } from './read-fixture.ts';

// Header rows as publicly described for Schwab's positions export (product notes, section 5.1, format 4): the long
// wording of 2025, and the reordered, shortened one of 2026 with its trailing comma.
const read = readFixture('schwab-individual.csv');
const both = readFixture('schwab-all-accounts.csv');
const ACCOUNT = 'Individual ...482';
const text = new TextDecoder().decode(fixtureBytes('schwab-individual.csv'));

test('the title line says whose positions these are and of which day', () => {
  expect([read.format, read.asOf, read.asOfSource]).toEqual(['schwab-positions-csv', '2026-11-19', 'title line']);
  expect(read.facts.account).toMatchObject([{ account: ACCOUNT, baseCurrency: 'USD' }]);
});

test('positions, cash and totals are told apart', () => {
  expect(held(read, ACCOUNT)).toEqual({
    'NVRA margin': '1200',
    'NVRA 2027-01-15 C 240 margin': '-4',
    'NVRA1 2027-01-15 P 180 margin': '2',
    'SPY margin': '10',
    '912797LB1 margin': '50000',
    'OLDCO margin': '30',
  });
  expect(cashOf(read, ACCOUNT)).toEqual({ 'USD tradeDate': '-1612.5' });
  expect(notesAt(read.skipped)).toEqual([[11, 'total']]);
});

test('a dash is no price, not a price of zero', () => {
  expect(read.facts.mark.some(({ instrument }) => instrument === 'OLDCO')).toBe(false);
});

test('the price paid is the cost basis per unit', () => {
  expect(factOf(read, 'position', { instrument: 'NVRA' }).entryPrice).toBe('190.25');
  expect(factOf(read, 'position', { instrument: 'NVRA 2027-01-15 C 240' }).entryPrice).toBe('2.5');
  expect(factOf(read, 'position', { instrument: '912797LB1' }).entryPrice).toBe('98.5');
});

test('kinds follow the security type; bonds are priced per cent', () => {
  expect(terms(read, 'SPY')).toMatchObject({ kind: 'etf', class: 'broad' });
  expect(terms(read, '912797LB1')).toMatchObject({ kind: 'bond', multiplier: '0.01', issuer: 'treasury', maturity: '2027-02-18', coupon: '0' });
});

test('an option that is not worth 100 times its price is flagged as adjusted, whatever its root', () => {
  expect(terms(read, 'NVRA1 2027-01-15 P 180')).toMatchObject({ adjusted: true, multiplier: null });
  const halved = taken(readText('Positions-2026-11-19.csv', text.replace('"-$1,240.00"', '"-$620.00"')));
  expect(terms(halved, 'NVRA 2027-01-15 C 240')).toMatchObject({ adjusted: true, multiplier: null });
});

test('an All-Accounts file has a section for each account, in the other order of columns', () => {
  expect(held(both, 'Individual ...482')).toEqual({ 'NVRA margin': '1200' });
  expect(held(both, 'Joint Tenant ...917')).toEqual({ 'SPY short': '-20' });
  expect(cashOf(both, 'Joint Tenant ...917')).toEqual({ 'USD tradeDate': '40250.1', 'USD futuresSegment': '15000' });
  expect(both.scopes.map(({ account, asOf }) => [account, asOf])).toEqual([['Individual ...482', '2026-11-19'], ['Joint Tenant ...917', '2026-11-19']]);
});

test('a future whose contract size the file does not give stays in sight as an exclusion', () => {
  expect(both.facts.exclusion).toMatchObject([{ account: 'Joint Tenant ...917', symbol: '/ESZ26', code: 'no-multiplier', quantity: '1', short: false }]);
});

test('without a title the day is that of the file name, and without either a fault', () => {
  const untitled = text.split('\n').slice(2).join('\n');
  expect(codeOf(readText('positions.csv', untitled))).toBe('no-day');
  const named = taken(readText('Individual-Positions-2026-08-22-125202.csv', untitled));
  expect([named.asOf, named.asOfSource]).toEqual(['2026-08-22', 'file name']);
  // Nobody says whose positions these are, so none is taken.
  expect(named.facts.position).toEqual([]);
  expect(named.rejected.every(({ code }) => code === 'no-account')).toBe(true);
});

test('an amount with an unquoted thousands comma shifts its row, which is then rejected', () => {
  const shifted = taken(readText('a.csv', text.replace('"$257,160.00"', '257,160.00')));
  expect(shifted.rejected).toMatchObject([{ line: 4, code: 'too-many-cells' }]);
  expect(shifted.facts.exclusion).toMatchObject([{ symbol: 'NVRA' }]);
});
