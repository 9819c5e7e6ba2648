import { Decimal } from '../../../shared/money.ts';

/**
 * Money counted in whole steps of a power of ten, one number for each scenario. Plain doubles hold them while they stay
 * below 2⁵³; beyond that the same numbers are kept as big integers. Which lane a row is in never changes its value.
 */
export type Row = Float64Array | readonly bigint[];

/** A decimal as a whole number and the places behind its point. */
export interface Scaled {
  coefficient: bigint;
  places: number;
}

const SAFE = Number.MAX_SAFE_INTEGER;
const SAFE_BIG = BigInt(SAFE);

export function scaled(value: Decimal): Scaled {
  const places = Math.max(0, value.decimalPlaces());
  return { coefficient: BigInt(value.times(new Decimal(10).pow(places)).toFixed()), places };
}

/** Decimals as whole numbers of one step, in the fast lane where all of them fit. */
export function rowOf(values: readonly Decimal[]): { row: Row; places: number } {
  const places = values.reduce((most, value) => Math.max(most, value.decimalPlaces()), 0);
  const step = new Decimal(10).pow(places);
  return { row: inFastLane(values.map((value) => BigInt(value.times(step).toFixed()))), places };
}

/**
 * `factor × row`, counted in steps of 10^−places and rounded once, half to even. `rowPlaces` are the places of the row
 * that is given.
 */
export function timesRow({ coefficient, places: factorPlaces }: Scaled, row: Row, rowPlaces: number, places: number): Row {
  const shift = places - factorPlaces - rowPlaces;
  const up = shift > 0 ? 10n ** BigInt(shift) : 1n;
  const down = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  if (!isFast(row)) return inFastLane(row.map((value) => divideHalfEven(value * coefficient * up, down)));
  const most = BigInt(largest(row)) * up * (coefficient < 0n ? -coefficient : coefficient);
  if (most > SAFE_BIG || down > SAFE_BIG) return inFastLane(Array.from(row, (value) => divideHalfEven(BigInt(value) * coefficient * up, down)));
  const [factor, divisor] = [Number(coefficient * up), Number(down)];
  return row.map((value) => roundedQuotient(value * factor, divisor));
}

/** Rows added, scenario by scenario. Zeros where there is none. */
export function addRows(rows: readonly Row[], length: number): Row {
  const bound = rows.reduce((total, row) => total + (isFast(row) ? largest(row) : Number.POSITIVE_INFINITY), 0);
  if (bound <= SAFE) {
    const total = new Float64Array(length);
    for (const row of rows) for (let at = 0; at < length; at += 1) total[at] = (total[at] as number) + Number(row[at]);
    return total;
  }
  return inFastLane(Array.from({ length }, (_, at) => rows.reduce((total, row) => total + BigInt(row[at] as number | bigint), 0n)));
}

/** A row with something done to each of its numbers. `change` must give whole numbers. */
export function mapRow(row: Row, change: (value: bigint, at: number) => bigint): Row {
  return inFastLane(Array.from(row as ArrayLike<number | bigint>, (value, at) => change(BigInt(value), at)));
}

/** The scenario with the least number, the first of equals; −1 when none is below zero. */
export function worstOf(row: Row): number {
  let worst = -1;
  let least: number | bigint = 0;
  for (let at = 0; at < row.length; at += 1) {
    const value = row[at] as number | bigint;
    if (value < least) [worst, least] = [at, value];
  }
  return worst;
}

export function amountAt(row: Row, at: number, places: number): Decimal {
  const value = row[at] as number | bigint;
  return new Decimal(value.toString()).times(new Decimal(10).pow(-places));
}

/** Whole numbers divided and rounded half to even; the divisor is above zero. */
export function divideHalfEven(value: bigint, divisor: bigint): bigint {
  if (divisor === 1n) return value;
  const rest = value % divisor;
  const whole = (value - rest) / divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < divisor || (twice === divisor && whole % 2n === 0n)) return whole;
  return value < 0n ? whole - 1n : whole + 1n;
}

/** The same in doubles: every step is exact below 2⁵³. */
function roundedQuotient(value: number, divisor: number): number {
  if (divisor === 1) return value;
  const rest = value % divisor;
  const whole = (value - rest) / divisor;
  const twice = Math.abs(rest) * 2;
  if (twice < divisor || (twice === divisor && whole % 2 === 0)) return whole;
  return value < 0 ? whole - 1 : whole + 1;
}

function inFastLane(values: readonly bigint[]): Row {
  return values.every((value) => value <= SAFE_BIG && value >= -SAFE_BIG) ? Float64Array.from(values, Number) : values;
}

function isFast(row: Row): row is Float64Array {
  return row instanceof Float64Array;
}

function largest(row: Float64Array): number {
  let most = 0;
  for (const value of row) most = Math.max(most, Math.abs(value));
  return most;
}
