import { Decimal, fromDecimalText, type DecimalText } from './money.ts';

/**
 * How amounts are written for people, the same on every host. Rounding here is presentation only, half-even, and the
 * exact text stays what is copied, edited and compared.
 */

/** How a negative amount is written: `(1,250.50)` as ledgers do, or `-1,250.50`. */
export type NegativeStyle = 'parentheses' | 'minus';

export interface AmountFormat {
  /** Decimals shown; `exact` shows every digit the amount has (and at least `decimalsMin`). */
  decimals?: number | 'exact';
  decimalsMin?: number;
  negative?: NegativeStyle;
  /** How an amount of exactly zero is written; one that only rounds to zero keeps its digits and its sign. */
  zero?: string;
}

const THOUSANDS = /\B(?=(?:\d{3})+$)/g;
const NOTHING = '';

/** Groups the whole digits of plain unsigned digits: `1234567.5` becomes `1,234,567.5`. */
function grouped(digits: string): string {
  const [whole = '0', fraction] = digits.split('.');
  const head = whole.replaceAll(THOUSANDS, ',');
  return fraction === undefined ? head : `${head}.${fraction}`;
}

function signed(text: string, negative: boolean, style: NegativeStyle): string {
  if (!negative) return text;
  return style === 'parentheses' ? `(${text})` : `-${text}`;
}

/**
 * An amount for people: thousands separated, fixed decimals (2 unless told), negatives in parentheses unless told.
 * `amount` is canonical decimal text; null is written as nothing.
 */
export function formatAmount(amount: DecimalText | null, format: AmountFormat = {}): string {
  if (amount === null) return NOTHING;
  const { decimals = 2, decimalsMin = 0, negative = 'parentheses', zero } = format;
  if (zero !== undefined && amount === '0') return zero;
  const value = fromDecimalText(amount);
  const places = decimals === 'exact' ? Math.max(value.decimalPlaces(), decimalsMin) : decimals;
  const digits = value.abs().toFixed(places, Decimal.ROUND_HALF_EVEN);
  return signed(grouped(digits), value.isNegative(), negative);
}

/** A price: at least two decimals, and as many more as the price has. */
export function formatPrice(price: DecimalText | null, format: Pick<AmountFormat, 'negative'> = {}): string {
  return formatAmount(price, { ...format, decimals: 'exact', decimalsMin: 2 });
}

/** A quantity: exactly the digits it has. */
export function formatQuantity(quantity: DecimalText | null, format: Pick<AmountFormat, 'negative' | 'zero'> = {}): string {
  return formatAmount(quantity, { ...format, decimals: 'exact' });
}

/**
 * A ratio where 1 is the line, such as health: `1.04`. One that is below the line and would round up to it keeps as
 * many decimals as it takes to see that (`0.9996`): a called account must not read 1.00.
 */
export function formatRatio(ratio: DecimalText | null, decimals = 2): string {
  if (ratio === null) return NOTHING;
  const value = fromDecimalText(ratio);
  const readsAsTheLine = (places: number): boolean => value.lt(1) && value.toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN).eq(1);
  let places = decimals;
  while (readsAsTheLine(places)) places += 1;
  return formatAmount(ratio, { decimals: places, negative: 'minus' });
}

/** A count such as rows or accounts; never money. */
export function formatCount(count: number): string {
  return signed(grouped(Math.abs(count).toFixed(0)), count < 0, 'minus');
}

/** A size in bytes, in the largest unit that leaves at least one: `1.5 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size.toFixed(unit === 0 || size >= 100 ? 0 : 1)} ${units[unit]}`;
}
