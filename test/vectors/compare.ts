import { Decimal } from '../../shared/money.ts';
import type { Vector } from './vector.ts';

/** A figure as computed: exact, or a word, a flag, a list of figures, or null where the figure does not exist. */
export type Figure = Decimal | string | boolean | null | readonly Figure[] | { readonly [key: string]: Figure } | AsPrinted;

/**
 * A figure that its source prints rounded ("13,333" for 13,333.33): it is rounded to the decimals of the printed
 * number before it is compared. Only where the family's adapter says so; everything else is compared exactly.
 */
export interface AsPrinted {
  exact: Decimal;
  printed: 'rounded';
}

export function asPrinted(exact: Decimal): AsPrinted {
  return { exact, printed: 'rounded' };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** Null when the figure meets the expected value; otherwise one line that says where it does not. */
export function mismatch(figure: Figure, expected: unknown, tolerance: Vector['tolerance'], key: string): string | null {
  if (isAsPrinted(figure)) return mismatch(roundedLike(figure.exact, expected), expected, tolerance, key);
  if (Array.isArray(figure)) {
    if (!Array.isArray(expected) || expected.length !== figure.length) return line(key, figure, expected);
    return firstOf(figure.map((item: Figure, index) => mismatch(item, expected[index], tolerance, `${key}[${index}]`)));
  }
  if (isRecord(figure)) {
    if (!isPlainObject(expected) || !sameKeys(figure, expected)) return line(key, figure, expected);
    return firstOf(Object.entries(figure).map(([name, item]) => mismatch(item, expected[name], tolerance, `${key}.${name}`)));
  }
  if (figure === null || typeof figure === 'boolean') return figure === expected ? null : line(key, figure, expected);
  const [left, right] = [numberOf(figure), numberOf(expected)];
  if (left && right) {
    const allowed = 'abs' in tolerance ? new Decimal(tolerance.abs) : right.abs().times(tolerance.rel);
    return left.minus(right).abs().lte(allowed) ? null : line(key, figure, expected);
  }
  return figure === expected ? null : line(key, figure, expected);
}

function numberOf(value: unknown): Decimal | null {
  if (value instanceof Decimal) return value;
  return typeof value === 'string' && NUMBER.test(value) ? new Decimal(value) : null;
}

function roundedLike(exact: Decimal, expected: unknown): Decimal {
  const decimals = typeof expected === 'string' ? (/\.(\d+)$/.exec(expected)?.[1]?.length ?? 0) : 0;
  return exact.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP);
}

function isAsPrinted(figure: Figure): figure is AsPrinted {
  return isPlainObject(figure) && figure['printed'] === 'rounded';
}

function isRecord(figure: Figure): figure is { readonly [key: string]: Figure } {
  return isPlainObject(figure);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
}

function sameKeys(left: object, right: object): boolean {
  return Object.keys(left).sort().join('\n') === Object.keys(right).sort().join('\n');
}

function firstOf(lines: readonly (string | null)[]): string | null {
  return lines.find((text) => text !== null) ?? null;
}

function line(key: string, figure: Figure, expected: unknown): string {
  return `${key}: expected ${JSON.stringify(expected)}, got ${figure instanceof Decimal ? figure.toFixed() : JSON.stringify(figure)}`;
}
