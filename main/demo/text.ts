import type { Decimal } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';

/** How brokers spell things in their files. */

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** `20261119`. */
export function compactDay(day: IsoDate): string {
  return day.replaceAll('-', '');
}

/** `18DEC26`. */
export function ibkrDay(day: IsoDate): string {
  return `${day.slice(8)}${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''}${day.slice(2, 4)}`;
}

/** `12/18/2026`. */
export function slashDay(day: IsoDate): string {
  return `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)}`;
}

/** The OSI symbol with its root padded to six: `AAPL  261218C00260000`. */
export function osiSymbol(root: string, expiry: IsoDate, right: 'C' | 'P', strike: Decimal): string {
  return `${root.padEnd(6)}${compactDay(expiry).slice(2)}${right}${strike.times(1000).toFixed(0).padStart(8, '0')}`;
}

/** Thousands with commas: `12,345.67`. */
export function grouped(amount: Decimal, places: number): string {
  const [whole = '', fraction] = amount.abs().toFixed(places).split('.');
  const digits = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return `${amount.isNegative() && !amount.isZero() ? '-' : ''}${digits}${fraction ? `.${fraction}` : ''}`;
}

/** `-$12,345.67`. */
export function dollars(amount: Decimal): string {
  const text = grouped(amount, 2);
  return text.startsWith('-') ? `-$${text.slice(1)}` : `$${text}`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&apos;');
}

/** A cell of a CSV file, quoted where it has to be. */
export function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
