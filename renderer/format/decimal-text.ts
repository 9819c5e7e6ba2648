import type { DecimalText } from '../../shared/money.ts';

/**
 * Exact text work on decimals, for showing and ordering them. Nothing here becomes a binary number on its way to the
 * screen: a figure is shown as the digits it has, or those digits rounded half-even.
 */

interface Digits {
  negative: boolean;
  whole: string;
  fraction: string;
}

function digitsOf(text: DecimalText): Digits {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  return { negative, whole, fraction };
}

/** How many digits stand after the point. */
export function placesOf(text: DecimalText): number {
  return digitsOf(text).fraction.length;
}

/** `whole + 1`, for a string of digits. */
function addOne(whole: string): string {
  return (BigInt(whole) + 1n).toString().padStart(whole.length, '0');
}

/** Half-even: up when more than half is cut off, or exactly half and the last digit kept is odd. */
function roundsUp(kept: string, cut: string): boolean {
  const first = cut.charCodeAt(0) - 48;
  if (first !== 5) return first > 5;
  if (/[1-9]/.test(cut.slice(1))) return true;
  return (kept.charCodeAt(kept.length - 1) - 48) % 2 === 1;
}

/** The decimal with exactly `places` digits after the point, rounded half-even; keeps the sign of what it rounds. */
export function toFixedPlaces(text: DecimalText, places: number): string {
  const { negative, whole, fraction } = digitsOf(text);
  const sign = negative ? '-' : '';
  if (fraction.length <= places) {
    return places === 0 ? sign + whole : `${sign}${whole}.${fraction.padEnd(places, '0')}`;
  }
  const kept = whole + fraction.slice(0, places);
  const digits = roundsUp(kept, fraction.slice(places)) ? addOne(kept) : kept;
  const point = digits.length - places;
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Thousands separated by commas; the part after the point is left as it is. */
export function groupThousands(text: string): string {
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return point < 0 ? grouped : grouped + text.slice(point);
}

/** The decimal times 10 to the power of `shift`, canonical: a ratio becomes a percentage without arithmetic. */
export function shiftPoint(text: DecimalText, shift: number): DecimalText {
  const { negative, whole, fraction } = digitsOf(text);
  const digits = whole + fraction.padEnd(shift, '0');
  const point = whole.length + shift;
  const shiftedWhole = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const shiftedFraction = digits.slice(point).replace(/0+$/, '');
  const shifted = shiftedFraction === '' ? shiftedWhole : `${shiftedWhole}.${shiftedFraction}`;
  return negative && shifted !== '0' ? `-${shifted}` : shifted;
}

function compareMagnitudes(a: Digits, b: Digits): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length;
  if (a.whole !== b.whole) return a.whole < b.whole ? -1 : 1;
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}

/** Exact order of two canonical decimals: negative when `a` is smaller, positive when larger, 0 when equal. */
export function compareDecimalText(a: DecimalText, b: DecimalText): number {
  const left = digitsOf(a);
  const right = digitsOf(b);
  if (left.negative !== right.negative) return left.negative ? -1 : 1;
  return left.negative ? compareMagnitudes(right, left) : compareMagnitudes(left, right);
}
