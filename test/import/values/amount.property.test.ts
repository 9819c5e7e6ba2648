import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAmount } from '../../../main/import/values/amount.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';

const amount = fc.tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 12 })).map(([digits, places]) => toDecimalText(new Decimal(digits.toString()).div(new Decimal(10).pow(places))));

function grouped(text: string, group: string, point: string): string {
  const [whole = '', fraction] = text.replace('-', '').split('.');
  const groups = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, group);
  return fraction === undefined ? groups : `${groups}${point}${fraction}`;
}

test('an amount dressed up in any of the usual ways is the same amount', () => {
  const dress = fc.constantFrom(
    (text: string) => text,
    (text: string) => (text.startsWith('-') ? `(${grouped(text, ',', '.')})` : `+${grouped(text, ',', '.')}`),
    (text: string) => `${text.startsWith('-') ? '-' : ''}$${grouped(text, ',', '.')}`,
    (text: string) => ` ${text.startsWith('-') ? '-' : ''}${grouped(text, "'", '.')} `,
    (text: string) => `${text}${text.includes('.') ? '000' : '.00'}`,
  );
  fc.assert(fc.property(amount, dress, (text, dressed) => {
      expect(readAmount(dressed(text))).toBe(text);
    }), { numRuns: 3_000 });
});

test('the same amount under a decimal comma is the same amount', () => {
  fc.assert(fc.property(amount, (text) => {
      expect(readAmount(`${text.startsWith('-') ? '-' : ''}${grouped(text, '.', ',')}`, true)).toBe(text);
    }), { numRuns: 2_000 });
});

test('whatever stands in a cell, reading it does not throw and gives canonical text or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('1', '0', '9', '.', ',', '-', '+', '(', ')', '$', 'e', ' ', "'", '%', 'x'), maxLength: 20 }), fc.boolean(), (text, comma) => {
      const read = readAmount(text, comma);
      expect(read === null || read === undefined || readAmount(read) === read).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
