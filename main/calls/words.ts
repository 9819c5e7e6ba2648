import { formatAmount } from '../../shared/format.ts';
import { toDecimalText, type Decimal, type DecimalText } from '../../shared/money.ts';

/** An amount as an event's reason says it: `12,000.50 USD`. The exact amount is in the event itself. */
export function inWords(amount: DecimalText | Decimal, currency: string): string {
  const text = typeof amount === 'string' ? amount : toDecimalText(amount);
  return `${formatAmount(text, { negative: 'minus' })} ${currency}`;
}
