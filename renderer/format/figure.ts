import type { DecimalText } from '../../shared/money.ts';
import { groupThousands, placesOf, shiftPoint, toFixedPlaces } from './decimal-text.ts';

/** How a column's numbers are written. */
export type NumberKind = 'money' | 'quantity' | 'price' | 'ratio' | 'percent' | 'times' | 'count';

/** `parentheses` writes (1,250.50), `minus` writes -1,250.50. Both are coloured. */
export type NegativeStyle = 'parentheses' | 'minus';

/** A figure that exists and is nothing is a dash, so that the eye finds what is not nothing. */
export const ZERO = '–';
const FIGURE_SPACE = ' ';
const PRICE_PLACES = { least: 2, most: 4 };
const QUANTITY_PLACES_MOST = 6;

const pricePlaces = (text: DecimalText): number => Math.min(Math.max(placesOf(text), PRICE_PLACES.least), PRICE_PLACES.most);
const rounded = (text: DecimalText, places: number): string => groupThousands(toFixedPlaces(text, places));

/** The rounded, grouped digits of an amount without its sign, by kind. */
const DIGITS: Record<NumberKind, (magnitude: DecimalText) => string> = {
  money: (text) => rounded(text, 2),
  price: (text) => rounded(text, pricePlaces(text)),
  quantity: (text) => rounded(text, Math.min(placesOf(text), QUANTITY_PLACES_MOST)),
  ratio: (text) => rounded(text, 3),
  percent: (text) => `${rounded(shiftPoint(text, 2), 1)}%`,
  times: (text) => `${rounded(text, 2)}×`,
  count: (text) => groupThousands(text),
};

/** A figure as the desk reads it: grouped, fixed decimals for its kind, negatives marked, zero as a dash. */
export function formatFigure(text: DecimalText, kind: NumberKind, negatives: NegativeStyle = 'parentheses'): string {
  if (text === '0') return ZERO;
  const negative = text.startsWith('-');
  const digits = DIGITS[kind](negative ? text.slice(1) : text);
  if (!negative) return digits;
  return negatives === 'parentheses' ? `(${digits})` : `-${digits}`;
}

/** Blank room that keeps the points of prices with two and with four decimals in one vertical line. */
export function alignPrice(shown: string, text: DecimalText): string {
  return shown === ZERO ? shown : shown + FIGURE_SPACE.repeat(PRICE_PLACES.most - pricePlaces(text));
}

/** Every digit there is, for tooltips: `-1,250.123456`. */
export function fullFigure(text: DecimalText): string {
  return groupThousands(text);
}

/** A change between two figures, always with its sign: `+1,250.00`. */
export function formatChange(text: DecimalText, kind: NumberKind): string {
  if (text === '0') return ZERO;
  const shown = formatFigure(text, kind, 'minus');
  return text.startsWith('-') ? shown.replace('-', '−') : `+${shown}`;
}

/** How a figure with this unit is written: amounts of a currency as money, ratios as ratios. */
export function kindOfUnit(unit: string): NumberKind {
  if (unit === 'ratio') return 'ratio';
  if (unit === 'percent') return 'percent';
  if (unit === 'times') return 'times';
  if (unit.includes('/')) return 'price';
  return /^[A-Z][A-Z0-9]{2,9}$/.test(unit) ? 'money' : 'quantity';
}
