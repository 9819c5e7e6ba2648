import { expect, test } from 'vitest';
import { readColumns } from '../../../main/import/columns/read-columns.ts';
import type { MappingProfile } from '../../../shared/domain/import-plan.ts';
import { isDecimalText } from '../../../shared/money.ts';
import { DESK_PROFILE } from '../read-fixture.ts';
import { readBothWays, type ReadAndPlanned } from './both-ways.ts';

const PROFILE: MappingProfile = { name: 'Desk', columns: { account: 'account', symbol: 'symbol', quantity: 'quantity', price: 'price', currency: 'currency', asOf: 'day' }, complete: true };
const HEADER = 'note,account,symbol,quantity,price,currency,day';

function same(rows: readonly string[], profile = PROFILE, header = HEADER): ReadAndPlanned {
  const { inColumns, byTwo, careful } = readBothWays(new TextEncoder().encode([header, ...rows].join('\n')), { profile, profiles: [] }, { rows: 2, chunks: 2, turns: [1, 2] });
  expect(inColumns).toEqual(careful);
  if (inColumns === null) throw new Error('the file was left to the careful reader');
  expect({ ...byTwo, planned: inColumns.planned }).toEqual(inColumns);
  return inColumns;
}

const row = (account: string, quantity: string, price = '10', note = '') => `${note},${account},ABC,${quantity},${price},USD,2026-11-20`;

test('every pair of prices of one instrument is remarked on, in whatever rows they stand', () => {
  const { notes, facts } = same([row('U1', '1', '12'), row('U2', '1', '11'), row('U3', '1', '10'), row('U1', '2', '12'), row('U2', '2', '11')]);
  expect(notes.filter((note) => note.includes('two prices'))).toHaveLength(3);
  expect(facts.mark[0]?.value).toBe('10');
});

test('a row of totals is told by its first cell, blanks before it or not', () => {
  const { skipped, facts } = same([row('U1', '1'), row('U1', '1', '10', 'Total'), row('U1', '1', '10', '  Grand total'), row('U1', '1', '10', 'Together')]);
  expect(skipped.map(({ line }) => line)).toEqual([3, 4]);
  expect(facts.position[0]?.quantity).toBe('2');
});

test('so is one whose first cell would be an account not seen before', () => {
  const rows = ['U1', 'U2', 'Total U2', 'Tom'].map((account) => `${account},ABC,1,10,USD,2026-11-20`);
  const { skipped, facts } = same(rows, PROFILE, 'account,symbol,quantity,price,currency,day');
  expect(skipped.map(({ line }) => line)).toEqual([4]);
  expect(facts.account.map(({ account }) => account)).toEqual(['Tom', 'U1', 'U2']);
});

test('cash adds up by account, whichever row of it comes first, and turns its sign with its side', () => {
  const cash = (account: string, quantity: string, side = '') => `${account},CASH,${quantity},${side},,USD,2026-11-20`;
  const rows = [cash('U1', '5'), cash('U2', '-7.50'), `U3,ABC,1,,10,USD,2026-11-20`, cash('U3', '0'), cash('U3', '2'), cash('U1', '1'), cash('U4', '3', 'short'), cash('U5', '4', 'short')];
  const { facts, scopes } = same(rows, { ...PROFILE, columns: { ...PROFILE.columns, side: 'side' } }, 'account,symbol,quantity,side,price,currency,day');
  expect(facts.cash.map(({ account, amount }) => `${account} ${amount}`)).toEqual(['U1 6', 'U2 -7.5', 'U3 2', 'U4 -3', 'U5 -4']);
  expect(scopes.every((scope) => scope.cash)).toBe(true);
});

test('rows of one position add up, and those that come to nothing are named in the order of their lines', () => {
  const { skipped, facts } = same([row('U2', '5'), row('U1', '1.5'), row('U2', '-5'), row('U1', '0'), row('U1', '2.50')]);
  expect(skipped.map(({ line, code }) => [line, code])).toEqual([[5, 'zero-quantity']]);
  expect(facts.position.map(({ account, subType, quantity }) => `${account} ${subType} ${quantity}`)).toEqual(['U1 margin 4', 'U2 margin 5', 'U2 short -5']);
});

test('the day of an account moves with rows that count: not with a quantity of 0, nor with rows that add up to nothing', () => {
  const inPart = { ...PROFILE, columns: { ...PROFILE.columns, subType: 'note' }, complete: false };
  const { planned } = same([row('U1', '1'), row('U2', '0'), row('U1', '2'), row('U3', '0.00'), row('U4', '5', '10', 'margin'), row('U4', '-5', '10', 'margin')], inPart);
  expect(planned.filter(({ fact }) => fact === 'account').map(({ account, change }) => [account, change])).toEqual([['U1', 'changed']]);
});

test('amounts of any length keep every digit', () => {
  const { facts } = same([row('U1', '123456789012345678901.25'), row('U2', '999999999999999'), row('U3', '0.000000000000001'), row('U4', '-1234567.12345678')]);
  expect(facts.position.map(({ quantity }) => quantity)).toEqual(['123456789012345678901.25', '999999999999999', '0.000000000000001', '-1234567.12345678']);
});

test('an amount longer than a book takes is a rejected row with its line and reason, also where only its minus or a sum makes it so', () => {
  const amounts = (symbol: string, quantity: string, entry = '', side = '') => `U1,${symbol},${quantity},${entry},${side},10,USD,2026-11-20`;
  const header = 'account,symbol,quantity,entry,side,price,currency,day';
  const profile = { ...PROFILE, columns: { ...PROFILE.columns, entryPrice: 'entry', side: 'side' } };
  const nines = (digits: number) => '9'.repeat(digits);
  const rows = [
    amounts('ABC', nines(51)),
    amounts('ABC', nines(50), '', 'short'),
    amounts('ABC', '1', nines(51)),
    amounts('DEF', nines(49)),
    amounts('DEF', `0.${nines(10)}`),
    amounts('CASH', `-1${'0'.repeat(48)}`),
    amounts('CASH', `0.${'0'.repeat(46)}1`),
    amounts('CASH', '3'),
    amounts('GHI', nines(49), '', 'short'),
    amounts('JKL', '1', `${nines(40)}.5`),
    amounts('JKL', '2', '0.12345678'),
  ];
  const { rejected, facts, planned } = same(rows, profile, header);
  expect(rejected.map(({ line, code }) => [line, code])).toEqual([[2, 'not-a-number'], [3, 'not-a-number'], [4, 'not-a-number'], [5, 'sum-too-long'], [7, 'sum-too-long']]);
  expect(rejected.every(({ reason }) => /50 characters/.test(reason))).toBe(true);
  expect(facts.exclusion).toHaveLength(5);
  expect(facts.cash).toEqual([]);
  expect(facts.position.map(({ instrument, quantity }) => [instrument, quantity])).toEqual([['JKL', '3'], ['GHI', `-${nines(49)}`]]);
  for (const { quantity, entryPrice } of facts.position) expect([isDecimalText(quantity), entryPrice === null || isDecimalText(entryPrice)]).toEqual([true, true]);
  expect(planned.length).toBeGreaterThan(0);
});

test('decimal commas, client names and a day in words of the profile are read as the careful reader reads them', () => {
  const header = 'Acct;Client;Instrument;Name;Net Position;L/S;Mark;Ccy;FX;Contract Size;Asset Class;Day';
  const rows = ['U1', 'U2', 'U1'].map((account, index) => `${account};Müller;XYZ${index % 2};Xyz AG;1.234,5${index};S;10,5;EUR;1,1;1;Stock;20.11.2026`);
  const plain = ['U1', 'U2'].map((account) => `${account};Müller;XYZ0;Xyz AG;7,50;S;10,5;EUR;1,1;1;Stock;20.11.2026`);
  expect(same([...rows, ...plain], DESK_PROFILE, header).facts.position.every(({ quantity }) => quantity.startsWith('-'))).toBe(true);
});

test.each([
  ['two days', `${HEADER}\n${row('U1', '1')}\n${row('U2', '1').replace('-20', '-19')}`],
  ['a quotation mark that is never closed', `${HEADER}\n${row('U1', '1')}\n"${row('U2', '1')}`],
  ['no such columns', 'a,b,c\n1,2,3'],
])('a file with %s is left to the careful reader', (_, text) => {
  expect(readColumns({ name: 'x.csv', bytes: new TextEncoder().encode(text) }, { profile: PROFILE, profiles: [] })).toBe(null);
});

test('so is one that is not UTF-8', () => {
  expect(readColumns({ name: 'x.csv', bytes: Buffer.from(`${HEADER}\n${row('Ü', '1')}`, 'latin1') }, { profile: PROFILE, profiles: [] })).toBe(null);
});

test('whoever watches is told of the bytes read, and may stop the reading', () => {
  const text = [HEADER, ...Array.from({ length: 20_000 }, (_, index) => row(`U${index % 9}`, '1'))].join('\n');
  const bytes = new TextEncoder().encode(text);
  const seen: number[] = [];
  readColumns({ name: 'x.csv', bytes }, { profile: PROFILE, profiles: [], tick: (done, total) => seen.push(done / total) });
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(() => readColumns({ name: 'x.csv', bytes }, { profile: PROFILE, profiles: [], tick: () => { throw new Error('cancelled'); } })).toThrow('cancelled');
});
