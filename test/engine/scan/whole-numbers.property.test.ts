import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../../shared/money.ts';
import { addRows, amountAt, rowOf, scaled, timesRow, worstOf, type Row } from '../../../main/engine/scan/whole-numbers.ts';
import { decimalBetween } from '../random-book.ts';

const RUNS = { numRuns: 1_000 };
const small = fc.array(decimalBetween(-5_000, 5_000, 4), { minLength: 1, maxLength: 6 });
/** Some of them beyond 2⁵³ when they are counted in their last place. */
const large = fc.array(fc.oneof(decimalBetween(-5_000, 5_000, 4), decimalBetween(-900_000_000, 900_000_000, 6), fc.constantFrom('9007199254740993', '-9007199254740993.5', '123456789012345678901.25')), { minLength: 1, maxLength: 6 });
const factors = fc.oneof(decimalBetween(-2_000, 2_000, 3), fc.constantFrom('1', '0', '-1', '1000000007', '0.0000001', '99999999999.999'));
const decimals = (texts: readonly string[]): Decimal[] => texts.map((text) => new Decimal(text));
const wide = (row: Row): Row => Array.from(row as ArrayLike<number | bigint>, BigInt);
const texts = (row: Row, places: number): string[] => Array.from({ length: row.length }, (_, at) => amountAt(row, at, places).toFixed());

test('a row is its decimals, whatever their size', () => {
  fc.assert(
    fc.property(large, (given) => {
      const { row, places } = rowOf(decimals(given));
      expect(texts(row, places)).toEqual(decimals(given).map((value) => value.toFixed()));
    }),
    RUNS,
  );
});

test('a product is exact, then rounded once half to even, and both lanes agree', () => {
  fc.assert(
    fc.property(fc.oneof(small, large), factors, fc.integer({ min: 0, max: 9 }), (given, factor, places) => {
      const { row, places: own } = rowOf(decimals(given));
      const product = timesRow(scaled(new Decimal(factor)), row, own, places);
      const expected = decimals(given).map((value) => value.times(factor).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN).plus(0).toFixed());
      expect(texts(product, places)).toEqual(expected.map((text) => (text === '-0' ? '0' : text)));
      expect(texts(timesRow(scaled(new Decimal(factor)), wide(row), own, places), places)).toEqual(texts(product, places));
    }),
    RUNS,
  );
});

test('rows add up exactly in any order and either lane, and the worst is the first of the least below zero', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.oneof(fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }), fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n })), { minLength: 4, maxLength: 4 }), { maxLength: 6 }), (given) => {
      const rows = given.map((values) => (values.every((value) => value <= 2n ** 53n - 1n && value >= 1n - 2n ** 53n) ? Float64Array.from(values, Number) : values));
      const totals = [0, 1, 2, 3].map((at) => given.reduce((sum, values) => sum + (values[at] as bigint), 0n));
      const sum = addRows(rows, 4);
      expect(Array.from(sum as ArrayLike<number | bigint>, BigInt)).toEqual(totals);
      expect(Array.from(addRows(rows.toReversed(), 4) as ArrayLike<number | bigint>, BigInt)).toEqual(totals);
      const least = totals.reduce((a, b) => (b < a ? b : a));
      expect(worstOf(sum)).toBe(least < 0n ? totals.indexOf(least) : -1);
    }),
    RUNS,
  );
});
