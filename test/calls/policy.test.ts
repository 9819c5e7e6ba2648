import { expect, test } from 'vitest';
import { callPolicy, roundUpToQuantum, type CallPolicy, type PolicyRules } from '../../main/calls/policy.ts';
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
function rules(more: Record<string, string> = {}, settings: Record<string, string> = {}, strikes: CallPolicy['strikes'] = {}): PolicyRules {
  const all = new Map([...parameters, ...Object.entries(more)]);
  return {
    parameter: (key) => ({ value: all.get(key) ?? `no parameter ${key}` }),
    optional: (key) => (all.has(key) ? { value: all.get(key) ?? '' } : null),
    optionalSetting: (name) => settings[name] ?? null,
    conduct: () => ({ value: strikes }),
  };
}

test('the policy is read from the rule pack parameters by their names', () => {
  expect(callPolicy(rules())).toMatchObject(POLICY);
});

test('what follows day trading is read where the packs say it, and is nothing where they do not', () => {
  const { dueBusinessDays, freezeDays, dayTradeDueWhenOpen, intradayOutstandingBusinessDays } = callPolicy(
    rules({ 'calls.dayTrade.dueBusinessDays': '5', 'calls.dayTrade.dueBusinessDaysWhenOpen': '1', 'dayTrading.freezeDays': '90', 'calls.intradayMargin.dueBusinessDays': '4', 'calls.intradayMargin.outstandingBusinessDays': '15' }),
  );
  expect([dueBusinessDays.dayTrade, dueBusinessDays.intradayMargin, dayTradeDueWhenOpen, intradayOutstandingBusinessDays, freezeDays]).toEqual([5, 4, 1, 15, { dayTrade: 90 }]);
  expect(callPolicy(rules()).dueBusinessDays).toEqual(POLICY.dueBusinessDays);
});

test('whether a growing shortfall raises the open call is the packs’ choice', () => {
  expect(callPolicy(rules()).accumulate).toBe(true);
  expect(callPolicy(rules({}, { 'calls.growing': 'accumulate' })).accumulate).toBe(true);
  expect(callPolicy(rules({}, { 'calls.growing': 'supersede' })).accumulate).toBe(false);
});

test('a fraction of a business day in a pack is refused', () => {
  expect(() => callPolicy(rules({ 'calls.exchange.dueBusinessDays': '1.5' }))).toThrow(/calls\.exchange\.dueBusinessDays must be a whole number/);
});

test('amounts are called rounded up to the quantum, never down, and never below nothing', () => {
  expect(roundUpToQuantum(new Decimal('100.001'), '0.01').toFixed()).toBe('100.01');
  expect(roundUpToQuantum(new Decimal('100.01'), '0.01').toFixed()).toBe('100.01');
  expect(roundUpToQuantum(new Decimal('0.0000001'), '1').toFixed()).toBe('1');
  expect(roundUpToQuantum(new Decimal('-5'), '0.01').toFixed()).toBe('0');
});
