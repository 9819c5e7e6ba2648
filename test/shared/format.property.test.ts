import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAmount, formatRatio } from '../../shared/format.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../shared/money.ts';

const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 10 }))
  .map(([digits, places]) => toDecimalText(new Decimal(digits.toString()).div(new Decimal(10).pow(places))));

/** Reads a formatted amount back, by other means than the formatter's. */
function readBack(text: string): Decimal {
  const bare = text.replaceAll(',', '');
  return bare.startsWith('(') ? new Decimal(bare.slice(1, -1)).negated() : new Decimal(bare);
}

test('a formatted amount read back is within half a unit of its last decimal', () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 6 }), (text, decimals) => {
      const difference = readBack(formatAmount(text, { decimals })).minus(fromDecimalText(text)).abs();
      expect(difference.lte(new Decimal(10).pow(-decimals).div(2))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('an amount in exact digits loses nothing, in both negative styles', () => {
  fc.assert(
    fc.property(amount, (text) => {
      expect(toDecimalText(readBack(formatAmount(text, { decimals: 'exact' })))).toBe(text);
      expect(toDecimalText(readBack(formatAmount(text, { decimals: 'exact', negative: 'minus' })))).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test('whole digits stand in groups of three', () => {
  fc.assert(
    fc.property(amount, (text) => {
      expect(formatAmount(text)).toMatch(/^\(?\d{1,3}(?:,\d{3})*\.\d{2}\)?$/);
    }),
    { numRuns: 2000 },
  );
});

test('a ratio reads 1.00 only at or above the line', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2_000_000n }), (millionths) => {
      const ratio = toDecimalText(new Decimal(millionths.toString()).div(1_000_000));
      expect(formatRatio(ratio) === '1.00' && fromDecimalText(ratio).lt(1)).toBe(false);
    }),
    { numRuns: 5000, examples: [[999_999n], [995_000n], [1_000_000n]] },
  );
});
