import { parseDecimal, type DecimalText } from '../../shared/money.ts';

const SCALES: Record<string, number> = { k: 3, m: 6, bn: 9, b: 9 };

/**
 * Reads a number as people type it on a desk: `1,250.50`, `(300)`, `-300`, `12k`, `1.5m`. Null when it is anything
 * else, so that a slip of the finger never becomes a position.
 */
export function readTypedNumber(typed: string): DecimalText | null {
  const text = typed.trim().toLowerCase().replaceAll(/[\s']/g, '');
  const bracketed = /^\((.+)\)$/.exec(text);
  const inner = bracketed?.[1] ?? text;
  const match = /^([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(k|m|bn|b)?$/.exec(inner);
  const digits = match?.[2];
  if (!match || !digits) return null;
  if (bracketed && match[1] !== '') return null;
  const sign = bracketed || match[1] === '-' ? '-' : '';
  const exponent = match[3] === undefined ? '' : `e${SCALES[match[3]] ?? 0}`;
  return parseDecimal(`${sign}${digits.replaceAll(',', '')}${exponent}`);
}
