import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal, fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import { greatest, input, least, product, type Figure } from '../figure/figure.ts';

/**
 * A requirement with its buffer: the requirement and a share of it; but while the requirement rises, no more than was asked
 * before, down to the requirement itself: the buffer is used up first. Without a requirement before, all of it.
 */
export function withBuffer(calculated: Figure, before: DecimalText | null, share: DecimalText, rule: RuleReference, currency: string, label: string): Figure {
  const multiple = input(new Decimal(1).plus(share), 'times', { label: `With a buffer of ${fromDecimalText(share).times(100).toFixed()} %`, rule, source: `rule pack ${rule.pack}` });
  const full = product(currency, [calculated, multiple], { label: 'With the whole buffer' });
  if (before === null) return greatest(currency, [full, calculated], { label, rule });
  const asked = input(fromDecimalText(before), currency, { label: 'Asked before', source: 'the requirement of the day before' });
  return greatest(currency, [calculated, least(currency, [full, asked], { label: 'As far as the buffer lasts' })], { label, rule });
}
