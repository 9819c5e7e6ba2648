import type { ExplainNode } from '../../shared/explain.ts';
import { formatAmount, type NegativeStyle } from '../../shared/format.ts';
import { shiftPoint } from '../format/decimal-text.ts';
import { fullFigure, kindOfUnit } from '../format/figure.ts';

/** A node's amount with every digit it has, and its unit: `9,500.50 USD`, `25%`; money has at least its cents. */
export function amountInFull({ amount, unit }: Pick<ExplainNode, 'amount' | 'unit'>, negative: NegativeStyle): string {
  if (amount === null) return 'none';
  if (unit === 'ratio') return `${fullFigure(shiftPoint(amount, 2))}%`;
  return `${formatAmount(amount, { decimals: 'exact', decimalsMin: kindOfUnit(unit) === 'money' ? 2 : 0, negative })} ${unit}`;
}
