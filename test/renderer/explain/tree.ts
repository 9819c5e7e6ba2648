import type { ExplainNode } from '../../../shared/explain.ts';

const input = (label: string, amount: string, unit: string, source: string): ExplainNode => ({ label, op: 'input', amount, unit, source, children: [] });

/** A small maintenance requirement: a short put by its greater of two formulas, and a long stock. */
export const maintenanceTree: ExplainNode = {
  label: 'Maintenance requirement',
  op: 'sum',
  amount: '5975',
  unit: 'USD',
  children: [
    {
      label: 'AAPL 2026-12-18 P 95',
      op: 'greatest',
      amount: '3500',
      unit: 'USD',
      chosen: 0,
      rule: { pack: 'us-strategy@2026-06-04', cites: 'FINRA 4210(f)(2)(D)', status: 'verified' },
      children: [
        {
          label: '20 % of the underlying',
          op: 'product',
          amount: '3500',
          unit: 'USD',
          arithmetic: '20% × 35.00 × 500 = 3,500.00',
          children: [input('Underlying price', '35', 'USD/share', 'close 2026-11-20, flex.xml')],
        },
        input('10 % minimum', '1750', 'USD', 'rule pack'),
      ],
    },
    {
      ...input('AAPL stock', '2475', 'USD', 'flex.xml:12'),
      rule: { pack: 'us-strategy@2026-06-04', cites: 'FINRA 4210(c)(1)', status: 'verified' },
      rounding: { name: 'half-even', places: 2 },
    },
  ],
};
