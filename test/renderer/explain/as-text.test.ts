import { expect, test } from 'vitest';
import type { ExplainNode } from '../../../shared/explain.ts';
import { explainAsText } from '../../../renderer/explain/as-text.ts';
import { maintenanceTree } from './tree.ts';

test('a tree is copied as indented lines, amounts in full, the child that was taken marked', () => {
  expect(explainAsText(maintenanceTree).split('\n')).toEqual([
    'Maintenance requirement: 5,975.00 USD  sum of',
    '  AAPL 2026-12-18 P 95: 3,500.00 USD  greatest of  [FINRA 4210(f)(2)(D); us-strategy@2026-06-04; verified]',
    '  > 20 % of the underlying: 3,500.00 USD  20% × 35.00 × 500 = 3,500.00',
    '      Underlying price: 35 USD/share  (close 2026-11-20, flex.xml)',
    '    10 % minimum: 1,750.00 USD  (rule pack)',
    '  AAPL stock: 2,475.00 USD  rounded half-even to 2 places  [FINRA 4210(c)(1); us-strategy@2026-06-04; verified]  (flex.xml:12)',
  ]);
});

test('a copied figure that rests on an unverified rule says so, line by line, and what the sign means', () => {
  const treasury: ExplainNode = { label: 'Treasury', op: 'product', amount: '60', unit: 'USD', rule: { pack: 'us@1', cites: 'FINRA 4210(e)', parameter: 'treasury', status: 'unverified' }, children: [] };
  const rate: ExplainNode = { label: 'Treasury', op: 'input', amount: '0.06', unit: 'ratio', rule: { pack: 'us@1', cites: 'FINRA 4210(e)', parameter: 'treasury', status: 'unverified' }, source: 'rule pack us@1, treasury', children: [] };
  const value: ExplainNode = { label: 'Market value', op: 'input', amount: '1000', unit: 'USD', children: [] };
  const tree: ExplainNode = { label: 'Maintenance', op: 'sum', amount: '60', unit: 'USD', children: [{ ...treasury, children: [rate, value] }] };
  expect(explainAsText(tree).split('\n')).toEqual([
    '◇ Maintenance: 60.00 USD',
    '  ◇ Treasury: 60.00 USD  product of  [FINRA 4210(e); us@1; UNVERIFIED]',
    '    ◇ Rate: 6%',
    '    Market value: 1,000.00 USD',
    '◇ rests on an unverified rule',
  ]);
});

test('a copied underlying tells how its legs were paired', () => {
  const pairing = { pool: 'cross', group: 'XYZ', currency: 'USD', strategies: [], cost: '3100', greedy: '5000', saving: '1900', lowerBound: '3100', gap: '0', optimal: true };
  expect(explainAsText({ label: 'XYZ', op: 'sum', amount: '3100', unit: 'USD', children: [], pairing })).toContain('Pairing: optimal.');
});
