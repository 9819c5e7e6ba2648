import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AMOUNT_LENGTH_MAX, readPlainAmount, writeAmount } from '../../shared/domain/plain-amount.ts';
import { amountAt, amountColumn, putAmount, sameAmount } from '../../shared/domain/position-columns.ts';
import { isDecimalText, type DecimalText } from '../../shared/money.ts';

const digits = (most: number) => fc.stringMatching(new RegExp(`^(0|[1-9][0-9]{0,${most - 1}})$`));
const fraction = fc.stringMatching(/^(\.[0-9]{0,17}[1-9])?$/);
const amount = fc.tuple(fc.constantFrom('', '-'), digits(25), fraction).map((parts) => parts.join('')).filter(isDecimalText);
const edges = ['0', '1', '-1', '9', '10', '-10', '0.1', '-0.1', '999999999999999', '-999999999999999', '1000000000000000', '0.00000000000001', '0.000000000000001', '99999999999999.9', '-1234567890.12345'];

function written(text: DecimalText): string {
  const column = amountColumn(1);
  putAmount(column, 0, text);
  const bytes = new Uint8Array(AMOUNT_LENGTH_MAX + 4).fill(0x23);
  const end = writeAmount(column, 0, bytes, 2);
  expect([bytes[0], bytes[1], bytes[end]]).toEqual([0x23, 0x23, 0x23]);
  return new TextDecoder().decode(bytes.subarray(2, end));
}

test('an amount is written as bytes as its column says it, to the last digit, and touches nothing beside', () => {
  const isWrittenBack = (text: DecimalText): void => {
    expect(written(text)).toBe(text);
  };
  for (const text of edges) isWrittenBack(text);
  fc.assert(fc.property(amount, isWrittenBack), { numRuns: 1000 });
});

test('an amount read from bytes is the same entry of a column as one put there as text', () => {
  const bothWays = (text: DecimalText): void => {
    const [fromBytes, fromText] = [amountColumn(1), amountColumn(1)];
    const bytes = new TextEncoder().encode(` ${text} `);
    if (!readPlainAmount(bytes, 1, bytes.length - 1, 0x2e, fromBytes, 0)) putAmount(fromBytes, 0, text);
    putAmount(fromText, 0, text);
    expect(sameAmount(fromBytes, 0, fromText, 0)).toBe(true);
    expect(amountAt(fromBytes, 0)).toBe(text);
  };
  for (const text of edges) bothWays(text);
  fc.assert(fc.property(amount, bothWays), { numRuns: 1000 });
});
