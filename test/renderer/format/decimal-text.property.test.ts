import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDecimalText, groupThousands, placesOf, shiftPoint, toFixedPlaces } from '../../../renderer/format/decimal-text.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';

const RUNS = { numRuns: 2_000 };

/** Canonical decimals of every size a book holds, many of them ending in a 5 so that ties are met. */
const decimalText = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 22n }), fc.integer({ min: 0, max: 14 }), fc.boolean())
  .map(([negative, digits, scale, tie]) => {
    const value = new Decimal((tie ? digits * 10n + 5n : digits).toString()).times(new Decimal(10).pow(-scale));
    return toDecimalText(negative ? value.negated() : value);
  });

test('rounding to places on the digits is Decimal’s half-even rounding', () => {
  fc.assert(
    fc.property(decimalText, fc.integer({ min: 0, max: 8 }), (text, places) => {
      const expected = fromDecimalText(text).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN).abs().toFixed(places);
      expect(toFixedPlaces(text, places)).toBe(`${text.startsWith('-') ? '-' : ''}${expected}`);
    }),
    RUNS,
  );
});

test('the order of two texts is the order of their values', () => {
  fc.assert(
    fc.property(decimalText, decimalText, (a, b) => {
      expect(Math.sign(compareDecimalText(a, b))).toBe(fromDecimalText(a).cmp(fromDecimalText(b)));
      expect(compareDecimalText(a, a)).toBe(0);
    }),
    RUNS,
  );
});

test('shifting the point multiplies by a power of ten and stays canonical', () => {
  fc.assert(
    fc.property(decimalText, fc.integer({ min: 0, max: 6 }), (text, shift) => {
      const shifted = shiftPoint(text, shift);
      expect(shifted).toBe(toDecimalText(fromDecimalText(text).times(new Decimal(10).pow(shift))));
    }),
    RUNS,
  );
});

test('grouping adds commas between thousands and nothing else', () => {
  fc.assert(
    fc.property(decimalText, (text) => {
      const grouped = groupThousands(text);
      expect(grouped.replaceAll(',', '')).toBe(text);
      expect(grouped.split('.')[0]).toMatch(/^-?\d{1,3}(,\d{3})*$/);
      expect(placesOf(text)).toBe(fromDecimalText(text).decimalPlaces());
    }),
    RUNS,
  );
});
