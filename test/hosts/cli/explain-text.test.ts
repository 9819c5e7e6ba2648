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
        { label: 'Share of value', op: 'product', amount: '2375', unit: 'USD', arithmetic: '25% × 9,500.00 = 2,375.00', children: [] },
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
    '│       25% × 9,500.00 = 2,375.00',
    '└─ XYZ P80                           1,000.125 USD',
    '     House 3 · house@1 · floor · house',
    '     from flex.xml:12',
  ]);
});

test('decimal points stand in line, with the brackets of negatives outside', () => {
  const terminal = rememberingTerminal();
  const child = (amount: string, unit: string): ExplainNode => ({ label: 'Leg', op: 'input', amount, unit, children: [] });
  printExplain(terminal, { ...tree, children: [child('-12345.5', 'USD'), child('7', 'shares'), child('0.0625', 'ratio')] });
  expect(terminal.written.map((line) => line.slice(32))).toEqual(['    3,375.00   USD', '  (12,345.50)  USD', '        7      shares', '        0.0625 ratio']);
});

test('a figure that does not exist says so', () => {
  const terminal = rememberingTerminal();
  printExplain(terminal, { label: 'Health ratio', op: 'quotient', amount: null, unit: 'ratio', children: [] });
  expect(terminal.text()).toBe('Health ratio (first divided by second)  none ratio');
});
