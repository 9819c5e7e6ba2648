import { expect, test } from 'vitest';
import { readAmount, readPercent } from '../../../main/import/values/amount.ts';

test.each([
  ['0', '0'],
  ['185.50', '185.5'],
  ['-0', '0'],
  ['+$0.31', '0.31'],
  ['-$1,612.50', '-1612.5'],
  ['$-1,612.50', '-1612.5'],
  ['($17550.00)', '-17550'],
  ['(25)', '-25'],
  ['1,234,567.891', '1234567.891'],
  ["1'234.50", '1234.5'],
  ['1 234.50', '1234.5'],
  ['2.288e-5', '0.00002288'],
  ['1E3', '1000'],
  ['25-', '-25'],
  ['−3.5', '-3.5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['€ 12', '12'],
  ['0.00000000000000000001', '0.00000000000000000001'],
  ['123456789012345678901234567890.12', '123456789012345678901234567890.12'],
])('the amount %j is read as %s', (text, amount) => {
  expect(readAmount(text)).toBe(amount);
});

test('an amount of a file is at most as long as a book takes, its minus counted', () => {
  const nines = '9'.repeat(49);
  for (const text of [nines, `-${nines}`, `${nines}.00`, `0.${'9'.repeat(47)}`]) expect(readAmount(text)).toBe(text.replace('.00', ''));
  for (const text of [`${nines}9`, `-${nines}9`, `(${nines}9)`, `0.${nines}`, '1e49', '1e-48']) expect(readAmount(text)).toBeUndefined();
});

test.each(['', '   ', '--', '-', 'n/a', 'N/A', '—'])('%j says that there is no figure, which is not zero', (text) => {
  expect(readAmount(text)).toBeNull();
});

test.each(['abc', '1,5', '1,23,456', '12,3456', '1.2.3', '--5', '(-5)', '$5€', '0x10', 'Infinity', 'NaN', '1e', '5%', '1 2', '1e9999', '=1+1', '٣'])('%j is no amount', (text) => {
  expect(readAmount(text)).toBeUndefined();
});

test.each([
  ['313,00', '313'],
  ['1.234,50', '1234.5'],
  ['-12.345,67', '-12345.67'],
  ['1.234', '1234'],
  ["1'234,5", '1234.5'],
  ['2,5e3', '2500'],
])('under a decimal comma %j is read as %s', (text, amount) => {
  expect(readAmount(text, true)).toBe(amount);
});

test.each(['1.5', '1,234.5', '1,2,3'])('under a decimal comma %j is no amount', (text) => {
  expect(readAmount(text, true)).toBeUndefined();
});

test('a percentage may carry its sign', () => {
  expect(readPercent('4.25%')).toBe('4.25');
  expect(readPercent('4,25 %', true)).toBe('4.25');
  expect(readPercent('--')).toBeNull();
});
