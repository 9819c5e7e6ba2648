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

/** A decimal text with its thousands grouped, and at least so many decimals. */
export function grouped(text: string, decimalsMin: number): string {
  const first = text.startsWith('-') ? 1 : 0;
  const point = text.indexOf('.');
  const end = point < 0 ? text.length : point;
  let at = first + ((end - first) % THOUSAND || THOUSAND);
  let spelled = text.slice(0, at);
  for (; at < end; at += THOUSAND) spelled += `,${text.slice(at, at + THOUSAND)}`;
  const decimals = text.slice(end + 1).padEnd(decimalsMin, '0');
  return decimals === '' ? spelled : `${spelled}.${decimals}`;
}

/** Its digits. */
const THOUSAND = 3;
