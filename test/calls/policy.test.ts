import { expect, test } from 'vitest';
import { callPolicy, roundUpToQuantum } from '../../main/calls/policy.ts';
import { Decimal } from '../../shared/money.ts';
import { POLICY } from './an-account.ts';

const parameters = new Map([
  ['calls.house.dueBusinessDays', '5'],
  ['calls.exchange.dueBusinessDays', '2'],
  ['calls.regT.dueBusinessDays', '3'],
  ['calls.minimumEquity.dueBusinessDays', '5'],
  ['calls.regT.deMinimis', '1000'],
  ['account.minimumEquity', '2000'],
  ['calls.amountQuantum', '0.01'],
]);
const read = (key: string): string => parameters.get(key) ?? `no parameter ${key}`;

test('the policy is read from the rule pack parameters by their names', () => {
  expect(callPolicy(read)).toEqual(POLICY);
});

test('a fraction of a business day in a pack is refused', () => {
  expect(() => callPolicy((key) => (key === 'calls.exchange.dueBusinessDays' ? '1.5' : read(key)))).toThrow(/calls\.exchange\.dueBusinessDays must be a whole number/);
});

test('amounts are called rounded up to the quantum, never down, and never below nothing', () => {
  expect(roundUpToQuantum(new Decimal('100.001'), '0.01').toFixed()).toBe('100.01');
  expect(roundUpToQuantum(new Decimal('100.01'), '0.01').toFixed()).toBe('100.01');
  expect(roundUpToQuantum(new Decimal('0.0000001'), '1').toFixed()).toBe('1');
  expect(roundUpToQuantum(new Decimal('-5'), '0.01').toFixed()).toBe('0');
});
