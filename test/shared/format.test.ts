import { expect, test } from 'vitest';
import { formatAmount, formatBytes, formatCount, formatPrice, formatQuantity, formatRatio } from '../../shared/format.ts';

test('an amount has thousands separators, two decimals, and its negatives in parentheses', () => {
  expect(formatAmount('1234567.5')).toBe('1,234,567.50');
  expect(formatAmount('-1234567.5')).toBe('(1,234,567.50)');
  expect(formatAmount('-1234567.5', { negative: 'minus' })).toBe('-1,234,567.50');
  expect(formatAmount('999')).toBe('999.00');
  expect(formatAmount('1000', { decimals: 0 })).toBe('1,000');
});

test('an amount is rounded half to even', () => {
  expect(['0.125', '0.135', '2.5', '3.5', '-0.125'].map((amount) => formatAmount(amount))).toEqual(['0.12', '0.14', '2.50', '3.50', '(0.12)']);
  expect(['0.5', '1.5', '2.5'].map((amount) => formatAmount(amount, { decimals: 0 }))).toEqual(['0', '2', '2']);
});

test('digits that a binary number cannot hold are kept', () => {
  expect(formatAmount('9007199254740993.01')).toBe('9,007,199,254,740,993.01');
  expect(formatAmount('123456789012345678901234567890.123456789', { decimals: 'exact' })).toBe('123,456,789,012,345,678,901,234,567,890.123456789');
});

test('only an amount of exactly zero is written as the zero mark; a tiny negative keeps its sign', () => {
  expect(formatAmount('0', { zero: '–' })).toBe('–');
  expect(formatAmount('-0.001', { zero: '–' })).toBe('(0.00)');
  expect(formatAmount('0.001', { zero: '–' })).toBe('0.00');
});

test('what does not exist is written as nothing', () => {
  expect([formatAmount(null), formatPrice(null), formatQuantity(null), formatRatio(null)]).toEqual(['', '', '', '']);
});

test('a price has at least two decimals and a quantity exactly its own', () => {
  expect([formatPrice('95'), formatPrice('95.0625'), formatPrice('-37.63')]).toEqual(['95.00', '95.0625', '(37.63)']);
  expect([formatQuantity('-1500'), formatQuantity('0.25')]).toEqual(['(1,500)', '0.25']);
});

test('a ratio below the line never reads as on the line', () => {
  expect(formatRatio('0.99996')).toBe('0.99996');
  expect(formatRatio('0.9951')).toBe('0.995');
  expect(formatRatio('0.994')).toBe('0.99');
  expect(formatRatio('1')).toBe('1.00');
  expect(formatRatio('1.004')).toBe('1.00');
  expect(formatRatio('-0.3')).toBe('-0.30');
});

test('counts and sizes are readable', () => {
  expect([formatCount(0), formatCount(1234567), formatCount(-4000)]).toEqual(['0', '1,234,567', '-4,000']);
  expect([formatBytes(0), formatBytes(999), formatBytes(1500), formatBytes(209_715_200)]).toEqual(['0 bytes', '999 bytes', '1.5 kB', '210 MB']);
});

test('text that is not a canonical decimal is a broken invariant, not a guess', () => {
  expect(() => formatAmount('1,000')).toThrow('not a canonical decimal');
  expect(() => formatAmount('0x10')).toThrow('not a canonical decimal');
});
