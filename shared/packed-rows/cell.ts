import type { FieldKind } from './tables.ts';

/**
 * One value of a row in packed form: a number and a tag. Amounts are whole numbers of their last digit, with the count
 * of decimals as their tag, so nothing is rounded; an amount of more digits than a double holds exactly travels as text.
 */
export interface PackedCell {
  number: number;
  tag: number;
  /** The text of a cell whose tag says `TEXT`. */
  text: string;
}

export const TEXT = 254;
export const ABSENT = 255;
/** Of so many digits every whole number is below 2⁵³. */
const DIGITS_MAX = 15;

/** What a field may hold when it is read. */
export type CellValue = string | number | boolean | null | readonly string[];

/** Writes a value into `cell`, which the caller keeps and uses again. */
export function packCell(kind: FieldKind, value: CellValue, cell: PackedCell): void {
  cell.number = 0;
  cell.text = '';
  if (value === null) {
    cell.tag = ABSENT;
  } else if (typeof value === 'string') {
    if (kind !== 'amount' || !packAmount(value, cell)) asText(value, cell);
  } else if (typeof value === 'object') {
    asText(value.join(' '), cell);
  } else {
    cell.number = Number(value);
    cell.tag = 0;
  }
}

function asText(text: string, cell: PackedCell): void {
  cell.tag = TEXT;
  cell.text = text;
}

/** False when the amount has more digits than a double can tell apart. */
function packAmount(amount: string, cell: PackedCell): boolean {
  const point = amount.indexOf('.');
  const digits = point < 0 ? amount : amount.slice(0, point) + amount.slice(point + 1);
  if (digits.length - (digits.startsWith('-') ? 1 : 0) > DIGITS_MAX) return false;
  cell.number = Number(digits);
  cell.tag = point < 0 ? 0 : amount.length - point - 1;
  return true;
}

/** The value that was packed. */
export function readCell(kind: FieldKind, number: number, tag: number, text: string): CellValue {
  if (tag === ABSENT) return null;
  if (kind === 'names') return text === '' ? NO_NAMES : text.split(' ');
  if (tag === TEXT) return text;
  if (kind === 'flag') return number === 1;
  return kind === 'amount' ? amountText(number, tag) : number;
}

const NO_NAMES: readonly string[] = [];

/** `-12505` with one decimal is `-1250.5`, the amount's one spelling. */
function amountText(number: number, decimals: number): string {
  if (decimals === 0) return String(number);
  const digits = String(Math.abs(number)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${number < 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}
