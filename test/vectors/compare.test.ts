import { expect, test } from 'vitest';
import { Decimal } from '../../shared/money.ts';
import { asPrinted, mismatch } from './compare.ts';
import { idMatcher } from './id-matcher.ts';
import { parseKeepingDigits } from './load.ts';

const cent = { abs: '0.01' };

test('a figure passes within the absolute tolerance and fails beyond it', () => {
  expect(mismatch(new Decimal('100.01'), '100', cent, 'x')).toBeNull();
  expect(mismatch(new Decimal('100.0101'), '100', cent, 'x')).toBe('x: expected "100", got 100.0101');
  expect(mismatch(new Decimal('99.9899'), '100', cent, 'x')).not.toBeNull();
});

test('a relative tolerance is of the expected figure', () => {
  expect(mismatch(new Decimal('102'), '100', { rel: '0.02' }, 'x')).toBeNull();
  expect(mismatch(new Decimal('102.01'), '100', { rel: '0.02' }, 'x')).not.toBeNull();
  expect(mismatch(new Decimal('-98'), '-100', { rel: '0.02' }, 'x')).toBeNull();
});

test('a figure that its source rounds is compared at the decimals it is printed with, any other exactly', () => {
  const third = new Decimal(40000).div(3);
  expect(mismatch(asPrinted(third), '13333', cent, 'x')).toBeNull();
  expect(mismatch(asPrinted(third), '13334', cent, 'x')).not.toBeNull();
  expect(mismatch(asPrinted(new Decimal('97.3')), '97.0', cent, 'x')).not.toBeNull();
  expect(mismatch(third, '13333', cent, 'x')).not.toBeNull();
});

test('lists, words, flags and missing figures are compared whole', () => {
  expect(mismatch([new Decimal(1), new Decimal(6)], ['1', '6'], cent, 'x')).toBeNull();
  expect(mismatch([new Decimal(1)], ['1', '6'], cent, 'x')).not.toBeNull();
  expect(mismatch('greater of', 'greater of', cent, 'x')).toBeNull();
  expect(mismatch('greater of', 'lesser of', cent, 'x')).not.toBeNull();
  expect(mismatch(false, true, cent, 'x')).not.toBeNull();
  expect(mismatch(null, null, cent, 'x')).toBeNull();
  expect(mismatch(null, '0', cent, 'x')).not.toBeNull();
});

test('a pattern without wildcards is looked for, one with wildcards fits the whole id', () => {
  expect(idMatcher('trigger')('x/trigger/long')).toBe(true);
  expect(idMatcher('trigger/*')('trigger/long/a')).toBe(true);
  expect(idMatcher('trigger/*')('x/trigger/long')).toBe(false);
  expect(idMatcher('a.b/?')('a.b/1')).toBe(true);
  expect(idMatcher('a.b/?')('axb/1')).toBe(false);
});

test('numbers of a vector file keep the digits they are printed with', () => {
  expect(parseKeepingDigits('{"a": 97.0, "b": [1e2, "x"], "c": 0.1000000000000000055}')).toEqual({ a: '97.0', b: ['1e2', 'x'], c: '0.1000000000000000055' });
});
