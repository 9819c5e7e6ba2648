import type { Decimal } from '../../../shared/money.ts';
import { toDecimalText } from '../../../shared/money.ts';

/**
 * An exact amount as a clerk writes it: thousands grouped, money with at least two decimals, a ratio as a percentage.
 * Nothing is rounded: the digits on paper are the digits of the figure.
 */
export function spell(amount: Decimal, unit: string): string {
  if (unit === 'ratio') return `${grouped(toDecimalText(amount.times(100)), 0)}%`;
  return grouped(toDecimalText(amount), isCount(unit) ? 0 : 2);
}

/** An amount of money for a sentence: two decimals, half-even, with its currency. */
export function spellMoney(amount: Decimal, currency: string): string {
  return `${grouped(amount.toFixed(2), 2)} ${currency}`;
}

/** An amount of money with all its digits, for a sentence in which two decimals would hide the point. */
export function spellExactly(amount: Decimal, currency: string): string {
  return `${grouped(toDecimalText(amount), 2)} ${currency}`;
}

const COUNTS = new Set(['shares', 'contracts', 'face', 'factor', 'days', 'months']);

function isCount(unit: string): boolean {
  return COUNTS.has(unit);
}

function grouped(text: string, decimalsMin: number): string {
  const negative = text.startsWith('-');
  const [whole = '0', decimals = ''] = (negative ? text.slice(1) : text).split('.');
  const thousands = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  const padded = decimals.padEnd(decimalsMin, '0');
  return `${negative ? '-' : ''}${thousands}${padded ? `.${padded}` : ''}`;
}
