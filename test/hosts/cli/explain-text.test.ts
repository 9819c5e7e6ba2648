import { expect, test } from 'vitest';
import { printExplain } from '../../../main/hosts/cli/explain-text.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { rememberingTerminal } from './remembering-terminal.ts';

const tree: ExplainNode = {
  label: 'Maintenance requirement',
  op: 'sum',
  amount: '3375',
  unit: 'USD',
  children: [
    {
      label: 'XYZ',
      op: 'greatest',
      amount: '2375',
      unit: 'USD',
      chosen: 1,
      rule: { pack: 'finra@2026', cites: 'FINRA 4210(c)(1)', status: 'verified' },
      children: [
        { label: 'Per share', op: 'input', amount: '500', unit: 'USD', children: [] },
        {
          label: 'Share of value',
          op: 'product',
          amount: '2375',
          unit: 'USD',
          arithmetic: '25% × 9,500.00 = 2,375.00',
          rule: { pack: 'finra@2026', cites: 'FINRA 4210(c)(1)', parameter: 'long', status: 'secondary' },
          children: [
            { label: 'Share of value', op: 'input', amount: '0.25', unit: 'ratio', rule: { pack: 'finra@2026', cites: 'FINRA 4210(c)(1)', parameter: 'long', status: 'secondary' }, source: 'rule pack finra@2026, long', children: [] },
            { label: 'Market value of XYZ', op: 'input', amount: '9500', unit: 'USD', children: [] },
          ],
        },
      ],
    },
    { label: 'XYZ P80', op: 'input', amount: '1000.125', unit: 'USD', source: 'flex.xml:12', rule: { pack: 'house@1', cites: 'House 3', parameter: 'floor', status: 'house' }, children: [] },
  ],
};

test('a tree is drawn with every amount to its last digit, its arithmetic, rule and source', () => {
  const terminal = rememberingTerminal();
  printExplain(terminal, tree);
  expect(terminal.written).toEqual([
    'Maintenance requirement (sum of)     3,375.00  USD',
    '├─ XYZ (greatest of)                 2,375.00  USD',
    '│  │ FINRA 4210(c)(1) · finra@2026',
    '│  ├─ Per share                        500.00  USD',
    '│  └─ ▸ Share of value (product of)  2,375.00  USD',
    '│     │ 25% × 9,500.00 = 2,375.00',
    '│     │ FINRA 4210(c)(1) · finra@2026 · long · secondary',
    '│     ├─ Rate                           25     %',
    '│     └─ Market value of XYZ         9,500.00  USD',
    '└─ XYZ P80                           1,000.125 USD',
    '     House 3 · house@1 · floor · house',
    '     from flex.xml:12',
  ]);
});

test('a root that only repeats the one pool beneath it under the same name is printed once', () => {
  const once = rememberingTerminal();
  printExplain(once, tree);
  const twice = rememberingTerminal();
  printExplain(twice, { ...tree, arithmetic: '3,375.00 = 3,375.00', children: [tree] });
  expect(twice.written).toEqual(once.written);
});

test('every figure that rests on an unverified rule is marked, the rule says so, and the last line tells what the mark means', () => {
  const terminal = rememberingTerminal();
  const unverified: ExplainNode = { label: 'Treasury', op: 'input', amount: '60', unit: 'USD', rule: { pack: 'us@1', cites: 'FINRA 4210(e)', parameter: 'treasury', status: 'unverified' }, children: [] };
  const verified: ExplainNode = { label: 'Stock', op: 'input', amount: '25', unit: 'USD', rule: { pack: 'us@1', cites: 'FINRA 4210(c)', status: 'verified' }, children: [] };
  printExplain(terminal, { label: 'Maintenance requirement', op: 'sum', amount: '85', unit: 'USD', children: [unverified, verified] });
  expect(terminal.written).toEqual([
    '◇ Maintenance requirement (sum of)  85.00 USD',
    '├─ ◇ Treasury                       60.00 USD',
    '│    FINRA 4210(e) · us@1 · treasury · UNVERIFIED',
    '└─ Stock                            25.00 USD',
    '     FINRA 4210(c) · us@1',
    '◇ rests on an unverified rule: recalled, not checked against its text.',
  ]);
});

test('an underlying says how its legs were paired: how sure, and what a simple pairing would ask', () => {
  const terminal = rememberingTerminal();
  const pairing = { pool: 'cross', group: 'XYZ', currency: 'USD', strategies: [], cost: '3100', greedy: '5000', saving: '1900', lowerBound: '3100', gap: '0', optimal: true };
  const group: ExplainNode = { label: 'XYZ', op: 'sum', amount: '3100', unit: 'USD', children: [], pairing };
  printExplain(terminal, group);
  expect(terminal.written.slice(1).map((line) => line.trim())).toEqual(['Pairing: optimal. No pairing of these legs asks less house maintenance than 3,100.00 USD.', 'The greedy pairing asks 5,000.00: this one saves 1,900.00.']);
  const other = rememberingTerminal();
  printExplain(other, { ...group, pairing: { ...pairing, lowerBound: '3088.5', gap: '11.5', optimal: false, greedy: '3100', saving: '0' } });
  expect(other.written.slice(1).map((line) => line.trim())).toEqual(['Pairing: best found, at most 11.50 above the least possible. It asks 3,100.00 USD; none can ask less than 3,088.50.', 'The greedy pairing asks the same.']);
});

test('decimal points stand in line, with the brackets of negatives outside', () => {
  const terminal = rememberingTerminal();
  const child = (amount: string, unit: string): ExplainNode => ({ label: 'Leg', op: 'input', amount, unit, children: [] });
  printExplain(terminal, { ...tree, children: [child('-12345.5', 'USD'), child('7', 'shares'), child('0.0625', 'ratio')] });
  expect(terminal.written.map((line) => line.slice(32))).toEqual(['    3,375.00  USD', '  (12,345.50) USD', '        7     shares', '        6.25  %']);
});

test('a figure that does not exist says so', () => {
  const terminal = rememberingTerminal();
  printExplain(terminal, { label: 'Health ratio', op: 'quotient', amount: null, unit: 'ratio', children: [] });
  expect(terminal.text()).toBe('Health ratio  none ratio');
});
