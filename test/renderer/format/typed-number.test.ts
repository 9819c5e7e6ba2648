import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatFigure } from '../../../renderer/format/figure.ts';
import { readTypedNumber } from '../../../renderer/format/typed-number.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';

test('numbers are read as a desk types them', () => {
  expect(readTypedNumber(' 1,250.50 ')).toBe('1250.5');
  expect(readTypedNumber('(300)')).toBe('-300');
  expect(readTypedNumber('-300')).toBe('-300');
  expect(readTypedNumber('+7')).toBe('7');
  expect(readTypedNumber('12k')).toBe('12000');
  expect(readTypedNumber('1.5m')).toBe('1500000');
  expect(readTypedNumber('.25')).toBe('0.25');
  expect(readTypedNumber('-0')).toBe('0');
});

test.each(['', '-', 'abc', '1,25', '12,3456', '1.2.3', '0x10', '1e3', 'Infinity', 'NaN', '(-5)', '--5', '5-', '1 000k5', 'k'])('“%s” is not a number', (typed) => {
  expect(readTypedNumber(typed)).toBeNull();
});

test('what the screen shows of an exact amount can be typed back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (cents) => {
      const text = toDecimalText(new Decimal(cents.toString()).div(100));
      fc.pre(text !== '0');
      expect(readTypedNumber(formatFigure(text, 'money'))).toBe(text);
      expect(readTypedNumber(formatFigure(text, 'money', 'minus'))).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});
