import { expect, test } from 'vitest';
import { suggestProfile } from '../../main/import/profile.ts';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { cashOf, codeOf, DESK_PROFILE, factOf, fixtureBytes, held, readFixture, readText, taken, terms } from './read-fixture.ts';

// A desk's own table: the header row is ours, under titles, with semicolons, decimal commas, a side column and days
// written the German way; positions after the DEGIRO description (product notes, section 5.1, format 6).
const read = readFixture('desk-semicolon.csv');
const PLAIN: MappingProfile = { name: 'Plain', columns: { account: 'Account', symbol: 'Symbol', quantity: 'Qty', price: 'Price' }, constants: { currency: 'USD', asOf: '2026-11-19' }, complete: false };
const plain = (rows: string, profile: MappingProfile = PLAIN): ReturnType<typeof readText> => readText('desk.csv', `Account,Symbol,Qty,Price\n${rows}`, { profiles: [profile] });

test('the saved profile whose columns are there is found from the content, below the titles', () => {
  expect([read.format, read.asOf, read.asOfSource]).toEqual(['generic-csv', '2026-11-19', 'column Day']);
});

test('rows become positions and cash, with the sign of the side and the comma of the desk', () => {
  expect(held(read, 'A-100')).toEqual({ 'NVRA margin': '1200', 'NVRA 2027-01-15 C 240 margin': '-4', 'SIE:EUR margin': '50' });
  expect(held(read, 'A-200')).toEqual({ 'DE0001102580:EUR margin': '100000' });
  expect(cashOf(read, 'A-100')).toEqual({ 'USD tradeDate': '-12345.67' });
  expect(read.facts.fx).toMatchObject([{ currency: 'EUR', base: 'USD', rate: '1.0812' }]);
  expect(factOf(read, 'account', { account: 'A-100' }).name).toBe('Müller & Söhne');
});

test('an option without a contract size is rejected, unless another row of the file gives it', () => {
  expect(read.facts.exclusion).toMatchObject([
    { account: 'A-200', symbol: 'NVRA 270115P00200000', code: 'no-multiplier', quantity: '-2', short: true },
    { account: 'A-200', symbol: 'SIE', code: 'not-a-number', quantity: null, short: true },
  ]);
  const profile: MappingProfile = { ...PLAIN, columns: { ...PLAIN.columns, multiplier: 'Size' } };
  const sized = taken(readText('desk.csv', 'Account,Symbol,Qty,Price,Size\nA,NVRA 270115C00240000,1,3,\nB,NVRA 270115C00240000,2,3,100\n', { profiles: [profile] }));
  expect([held(sized, 'A'), sized.rejected]).toEqual([{ 'NVRA 2027-01-15 C 240 margin': '1' }, []]);
});

test('an option may also be told by its own columns', () => {
  const profile: MappingProfile = { ...PLAIN, columns: { ...PLAIN.columns, kind: 'Kind', underlying: 'On', right: 'CP', strike: 'K', expiry: 'Exp', multiplier: 'Size' } };
  const option = taken(readText('desk.csv', 'Account,Symbol,Qty,Price,Kind,On,CP,K,Exp,Size\nA,opt-1,-3,2.5,Option,NVRA,P,200.00,2027-01-15,100\nA,CHUF7 C1290,1,0.0008,FOP,6SH7,C,1.29,2027-01-08,125000\n', { profiles: [profile] }));
  expect(held(option, 'A')).toEqual({ 'NVRA 2027-01-15 P 200 margin': '-3', 'CHUF7 2027-01-08 C 1.29 futures': '1' });
  expect(terms(option, 'CHUF7 2027-01-08 C 1.29')).toMatchObject({ underlying: '6SH7', multiplier: '125000' });
});

test('the side and the sign of the quantity must not contradict each other', () => {
  const profile: MappingProfile = { ...PLAIN, columns: { ...PLAIN.columns, side: 'Side' } };
  const sided = taken(readText('desk.csv', 'Account,Symbol,Qty,Price,Side\nA,X,-5,1,Short\nA,Y,5,1,short\nA,Z,-5,1,Long\nA,W,5,1,sideways\n', { profiles: [profile] }));
  expect(held(sided, 'A')).toEqual({ 'X short': '-5', 'Y short': '-5' });
  expect(sided.rejected).toMatchObject([{ line: 4, code: 'sign-conflict' }, { line: 5, code: 'bad-side' }]);
});

test('kinds that no model covers yet are kept, not dropped', () => {
  const profile: MappingProfile = { ...PLAIN, columns: { ...PLAIN.columns, kind: 'Kind' } };
  const odd = taken(readText('desk.csv', 'Account,Symbol,Qty,Price,Kind\nA,NVRA,5,1,CFD\nA,SWP1,1,1,Swap\nA,BTC,1,1,Crypto\n', { profiles: [profile] }));
  expect(odd.facts.instrument.map(({ id, terms: { kind } }) => [id, kind])).toEqual([['BTC COIN', 'coin'], ['NVRA CFD', 'cfd'], ['SWP1', 'other']]);
});

test('a profile that leaves out who, in what money or when is refused before any row is read', () => {
  const { account: _, ...withoutAccount } = PLAIN.columns;
  expect(codeOf(plain('A,X,1,1', { ...PLAIN, columns: withoutAccount }))).toBe('no-account');
  expect(codeOf(plain('A,X,1,1', { ...PLAIN, constants: { asOf: '2026-11-19' } }))).toBe('no-currency');
  expect(codeOf(plain('A,X,1,1', { ...PLAIN, constants: { currency: 'USD' } }))).toBe('no-day');
});

test('without a profile that fits, the fault says what was looked for', () => {
  const refused = readText('desk.csv', 'Konto,Papier,Stück\nA,X,1\n', { profiles: [PLAIN] });
  expect(refused).toMatchObject({ ok: false, fault: { code: 'unknown-format' } });
  expect(refused.ok ? '' : refused.fault.message).toContain('Schwab or Fidelity');
  expect(codeOf(readText('desk.csv', 'Konto,Papier,Stück\nA,X,1\n', { format: 'generic-csv', profiles: [PLAIN] }))).toBe('no-profile');
});

test('only a complete file declares a scope', () => {
  expect(taken(plain('A,X,1,1')).scopes).toEqual([]);
  expect(taken(plain('A,X,1,1', { ...PLAIN, complete: true })).scopes).toMatchObject([{ account: 'A', cash: false }]);
});

test('a profile is suggested from the headers and the look of the cells', () => {
  const suggested = taken(suggestProfile({ name: 'desk-semicolon.csv', bytes: fixtureBytes('desk-semicolon.csv') }, 'desk-semicolon.csv'));
  expect(suggested.headers).toEqual(['Acct', 'Client', 'Instrument', 'Name', 'Net Position', 'L/S', 'Mark', 'Ccy', 'FX', 'Contract Size', 'Asset Class', 'Day', 'Note']);
  expect(suggested.suggestion).toMatchObject({ delimiter: ';', decimalComma: true, columns: { account: 'Acct', symbol: 'Instrument', quantity: 'Net Position', side: 'L/S', price: 'Mark', currency: 'Ccy' } });
  expect(suggested.sample[0]?.[2]).toBe('NVRA');
});

test('the profile a person corrects from the suggestion reads the file like the saved one', () => {
  const { suggestion } = taken(suggestProfile({ name: 'x.csv', bytes: fixtureBytes('desk-semicolon.csv') }, 'x.csv'));
  const corrected = { ...suggestion, columns: DESK_PROFILE.columns, dateFormat: 'DD.MM.YYYY' as const, constants: DESK_PROFILE.constants ?? {}, complete: true };
  expect(taken(readText('x.csv', new TextDecoder().decode(fixtureBytes('desk-semicolon.csv')), { profile: corrected, profiles: [] })).facts.position).toEqual(read.facts.position);
});
