import { assert } from '../../../../shared/result.ts';
import type { DecimalText } from '../../../../shared/money.ts';
import { grouped } from '../../figure/spell.ts';

/** An amount, exactly: `units` ÷ 10^`digits`. What lanes count in becomes this before it is added up across lanes. */
export interface Exact {
  units: bigint;
  digits: number;
}

export const NOTHING: Exact = { units: 0n, digits: 0 };

const POWERS = Array.from({ length: 64 }, (_, power) => 10n ** BigInt(power));

function ten(power: number): bigint {
  return POWERS[power] ?? 10n ** BigInt(power);
}

/** A whole number of units, as doubles hold it. */
export function exactly(units: number, digits: number): Exact {
  assert(Number.isSafeInteger(units), 'a lane counts in whole numbers');
  return { units: BigInt(units), digits };
}

export function exactOf(text: DecimalText): Exact {
  const point = text.indexOf('.');
  return point < 0 ? { units: BigInt(text), digits: 0 } : { units: BigInt(text.slice(0, point) + text.slice(point + 1)), digits: text.length - point - 1 };
}

export function plus(a: Exact, b: Exact): Exact {
  if (a.digits === b.digits) return { units: a.units + b.units, digits: a.digits };
  if (a.digits < b.digits) return plus(b, a);
  return { units: a.units + b.units * ten(a.digits - b.digits), digits: a.digits };
}

export function minus(a: Exact, b: Exact): Exact {
  return plus(a, negative(b));
}

export function negative({ units, digits }: Exact): Exact {
  return { units: -units, digits };
}

export function times(a: Exact, b: Exact): Exact {
  return { units: a.units * b.units, digits: a.digits + b.digits };
}

/** Below, at or above zero as `a` is below, at or above `b`. */
export function compare(a: Exact, b: Exact): number {
  const { units } = minus(a, b);
  return units === 0n ? 0 : units < 0n ? -1 : 1;
}

export function greater(a: Exact, b: Exact): Exact {
  return compare(a, b) < 0 ? b : a;
}

export function lesser(a: Exact, b: Exact): Exact {
  return compare(a, b) > 0 ? b : a;
}

export function isPositive({ units }: Exact): boolean {
  return units > 0n;
}

export function isNegative({ units }: Exact): boolean {
  return units < 0n;
}

/** The quotient to so many places, half-even, as figures divide. The divisor is not zero. */
export function divided(a: Exact, b: Exact, places: number): Exact {
  const dividend = a.units * ten(b.digits + places);
  const divisor = b.units * ten(a.digits);
  const isBelow = dividend < 0n !== divisor < 0n;
  const [over, under] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const whole = over / under;
  const twice = 2n * (over - whole * under);
  const rounded = twice > under || (twice === under && whole % 2n === 1n) ? whole + 1n : whole;
  return { units: isBelow ? -rounded : rounded, digits: places };
}

/** The amount in its one canonical spelling. */
export function textOf({ units, digits }: Exact): DecimalText {
  if (digits === 0) return units.toString();
  const isBelow = units < 0n;
  const all = (isBelow ? -units : units).toString().padStart(digits + 1, '0');
  const point = all.length - digits;
  let end = all.length;
  while (end > point && all.codePointAt(end - 1) === 48) end -= 1;
  return `${isBelow ? '-' : ''}${all.slice(0, point)}${end > point ? `.${all.slice(point, end)}` : ''}`;
}

const CENTS = 2;

/** An amount of money for a sentence, as `figure/spell.ts` spells it: with all its digits, or two decimals, half-even. */
export function spelledMoney(amount: Exact, currency: string, isExact: boolean): string {
  return `${grouped(isExact ? textOf(amount) : centsOf(amount), CENTS)} ${currency}`;
}

/** What rounds to nothing from below keeps its sign. */
function centsOf(amount: Exact): string {
  const { units } = divided(amount, ONE, CENTS);
  const digits = (units < 0n ? -units : units).toString().padStart(CENTS + 1, '0');
  return `${amount.units < 0n ? '-' : ''}${digits.slice(0, -CENTS)}.${digits.slice(-CENTS)}`;
}

const ONE: Exact = { units: 1n, digits: 0 };

export function textOrNull(amount: Exact | null): DecimalText | null {
  return amount && textOf(amount);
}
