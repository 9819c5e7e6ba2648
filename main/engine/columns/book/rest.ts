import { Decimal } from '../../../../shared/money.ts';
import type { Exact } from './exact.ts';
import { exactOf } from './exact.ts';
import { REACH_MAX } from '../sums/scaled.ts';

/** The whole units of 10^−digits in an amount, towards below; null where there are too many. */
export function wholeUnits(amount: Decimal, digits: number): number | null {
  const units = scaled(amount, digits).floor();
  return units.abs().gt(REACH_MAX) ? null : units.toNumber();
}

/** What an amount has beyond its whole units, never below zero: money of another currency may have more decimals than a lane counts. */
export function beyondUnits(amount: Decimal, digits: number): Exact | null {
  if (amount.decimalPlaces() <= digits) return null;
  const units = scaled(amount, digits);
  return exactOf(units.minus(units.floor()).div(power(digits)).toFixed());
}

function scaled(amount: Decimal, digits: number): Decimal {
  return amount.times(power(digits));
}

// Made once: a book asks for few of them, and tens of thousands of times.
const powers = new Map<number, Decimal>();

function power(digits: number): Decimal {
  const known = powers.get(digits) ?? new Decimal(10).pow(digits);
  powers.set(digits, known);
  return known;
}
