import { expect, test } from 'vitest';
import { suggestProfile } from '../../main/import/profile.ts';
import { faultLine } from '../../shared/result.ts';
import { codeOf, DESK_PROFILE, fixtureBytes, readText } from './read-fixture.ts';

const HOSTILE: readonly string[] = [
  '__proto__', '__PROTO__', ' __proto__ ', 'constructor', 'Constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf',
  'propertyIsEnumerable', 'toLocaleString', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__',
  'Sym\u0000bol', 'Note\u0007', 'Note\u001b[31m', 'Note\u007f', 'Note\u0085', 'Pri\u200bce', 'Price\u202e', 'Price\u2066', 'No\u2060te', 'No\ufeffte',
  '=cmd|calc', '=1+1', '@SUM(A1)', 'x'.repeat(300), 'x'.repeat(5_000),
];
// Each stands where a desk's table had a column that nobody reads.
const SCHWAB = new TextDecoder().decode(fixtureBytes('schwab-individual.csv'));
const FIDELITY = new TextDecoder().decode(fixtureBytes('fidelity-positions.csv'));
const DESK = new TextDecoder().decode(fixtureBytes('desk-semicolon.csv'));
const quoted = (header: string): string => `"${header.replaceAll('"', '""')}"`;

const cases: readonly (readonly [string, string, string])[] = [
  ...HOSTILE.map((header) => ['schwab.csv', header, SCHWAB.replace('"Ratings"', quoted(header))] as const),
  ...HOSTILE.slice(0, 6).map((header) => ['fidelity.csv', header, FIDELITY.replace('Percent of account', quoted(header))] as const),
  ...HOSTILE.slice(0, 6).map((header) => ['desk.csv', header, DESK.replace(';Note\n', `;${quoted(header)}\n`)] as const),
  ['schwab.csv', 'a second Symbol', SCHWAB.replace('"Ratings"', '"Symbol"')],
  ['schwab.csv', 'a second quantity under its other name', SCHWAB.replace('"Ratings"', '"Quantity"')],
  ['schwab.csv', 'two unknown columns of one name', SCHWAB.replace('"Ratings"', '"Reinvest?"')],
  ['fidelity.csv', 'a second QUANTITY in capitals', FIDELITY.replace('Percent of account', 'QUANTITY')],
  ['desk.csv', 'a second account column', DESK.replace(';Note\n', ';Acct\n')],
  ['schwab.csv', '10,000 columns', SCHWAB.replace('"Ratings"', Array.from({ length: 10_000 }, (_, index) => `"c${index}"`).join(','))],
  ['wide.csv', '10,000 columns of nothing', ','.repeat(10_000)],
  ['schwab.csv', 'a column name that never closes', SCHWAB.replace('"Ratings"', '"Ratings')],
];

test(`there are at least fifty hostile headers`, () => {
  expect(cases.length).toBeGreaterThanOrEqual(50);
});

test.each(cases)('%s with %j: one clear line, and no object is the worse for it', (name, _, text) => {
  const members = Object.getOwnPropertyNames(Object.prototype);
  const read = readText(name, text, { profiles: [DESK_PROFILE] });
  expect(codeOf(read)).toMatch(/^(?:hostile-header|duplicate-header|too-many-columns|nul-byte|open-quote|stray-quote|line-too-long|unknown-format)$/);
  const line = read.ok ? '' : faultLine(read.fault);
  expect(line).toMatch(/^[\w-]+\.csv(?::\d+)?: .{10,}/);
  expect(line.length).toBeLessThan(900);
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(members);
  expect(({} as Record<string, unknown>)['NVRA']).toBeUndefined();
});

test.each(cases)('suggesting a profile for %s with %j is refused or harmless', (name, _, text) => {
  const members = Object.getOwnPropertyNames(Object.prototype);
  const suggested = suggestProfile({ name, bytes: new TextEncoder().encode(text) }, name);
  expect(typeof suggested.ok).toBe('boolean');
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(members);
});

test('cells named like members of objects are plain text', () => {
  const profile = { ...DESK_PROFILE, columns: { account: 'Acct', symbol: 'Instrument', quantity: 'Net Position' }, constants: { currency: 'USD', asOf: '2026-11-19' }, decimalComma: false };
  const read = readText('a.csv', 'Acct;Instrument;Net Position\n__proto__;constructor;5\nconstructor;__proto__;7\n', { profile });
  expect(read.ok && read.value.facts.position.map(({ account, instrument, quantity }) => [account, instrument, quantity])).toEqual([['__proto__', 'CONSTRUCTOR', '5'], ['constructor', '__PROTO__', '7']]);
  expect(({} as Record<string, unknown>)['quantity']).toBeUndefined();
});
