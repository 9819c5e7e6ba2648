import { expect, test } from 'vitest';
import { explainAsText } from '../../../renderer/explain/as-text.ts';
import { maintenanceTree } from './tree.ts';

test('a tree is copied as indented lines, amounts in full, the child that was taken marked', () => {
  expect(explainAsText(maintenanceTree).split('\n')).toEqual([
    'Maintenance requirement: 5,975 USD  sum of',
    '  AAPL 2026-12-18 P 95: 3,500 USD  greatest of  [FINRA 4210(f)(2)(D); us-strategy@2026-06-04; verified]',
    '  > 20 % of the underlying: 3,500 USD  product of  20% × 35.00 × 500 = 3,500.00',
    '      Underlying price: 35 USD/share  (close 2026-11-20, flex.xml)',
    '    10 % minimum: 1,750 USD  (rule pack)',
    '  AAPL stock: 2,475 USD  rounded half-even to 2 places  [FINRA 4210(c)(1); us-strategy@2026-06-04; verified]  (flex.xml:12)',
  ]);
});
