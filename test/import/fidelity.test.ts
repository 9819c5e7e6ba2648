import { expect, test } from 'vitest';
import { cashOf, codeOf, factOf, fixtureBytes, held, notesAt, readFixture, readText, taken, terms } from './read-fixture.ts';

// Header row as publicly described for Fidelity's positions export (product notes, section 5.1, format 5), in the
// lower-cased spelling of September 2026; with byte-order mark, Windows line ends, one comma too many and legal footer.
const read = readFixture('fidelity-positions.csv');
const text = new TextDecoder().decode(fixtureBytes('fidelity-positions.csv'));
const ACCOUNT = 'X84001122';

test('the footer says the day', () => {
  expect([read.format, read.asOf, read.asOfSource]).toEqual(['fidelity-positions-csv', '2026-11-19', 'footer']);
});

test('positions have the sign of their number or of their side, and the sub-type of their row', () => {
  expect(held(read, ACCOUNT)).toEqual({
    'NVRA margin': '600',
    'NVRA 2027-01-15 C 240 margin': '-4',
    'SPY 2027-06-18 P 512.5 margin': '-25',
    'BRK.B short': '-30',
    '912797LB1 cash': '50000',
  });
  expect(held(read, 'Z21907733')).toEqual({ 'VTI cash': '1000' });
});

test('core positions are cash; pending activity and the footer are skipped with their reasons', () => {
  expect(cashOf(read, ACCOUNT)).toEqual({ 'USD tradeDate': '8421.07' });
  expect(notesAt(read.skipped)).toEqual([[8, 'pending'], [11, 'footer'], [13, 'footer'], [15, 'footer']]);
  expect(read.skipped[0]?.reason).toContain('-$1612.50');
  expect(read.rejected).toEqual([]);
});

test('a bond is known by its CUSIP and a price per cent', () => {
  expect(terms(read, '912797LB1')).toMatchObject({ kind: 'bond', issuer: 'treasury', multiplier: '0.01', maturity: '2027-02-18' });
});

test('n/a is no entry price', () => {
  expect(factOf(read, 'position', { instrument: 'SPY 2027-06-18 P 512.5' }).entryPrice).toBeNull();
});

test('the capitalised header of earlier years is the same header', () => {
  const capitalised = text.replace('Account number,Account name', 'Account Number,Account Name').replace('Last price,Last price change,Current value', 'Last Price,Last Price Change,Current Value');
  expect(taken(readText('a.csv', capitalised)).facts.position).toEqual(read.facts.position);
});

test('without a footer the day is that of the file name, and without either a fault', () => {
  const cut = text.replace(/"Date downloaded[^\n]*/, '');
  expect(codeOf(readText('positions.csv', cut))).toBe('no-day');
  expect(taken(readText('Portfolio_Positions_Oct-05-2026.csv', cut)).asOf).toBe('2026-10-05');
});
