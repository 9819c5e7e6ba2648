import type { ExplainNode } from '../../shared/explain.ts';
import { shiftPoint } from '../format/decimal-text.ts';
import { fullFigure } from '../format/figure.ts';

/** A node's amount with every digit and its unit: `9,500.5 USD`, `25%`. */
export function amountWords({ amount, unit }: Pick<ExplainNode, 'amount' | 'unit'>): string {
  if (amount === null) return 'none';
  return unit === 'ratio' ? `${fullFigure(shiftPoint(amount, 2))}%` : `${fullFigure(amount)} ${unit}`;
}
