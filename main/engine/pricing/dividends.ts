import { exp } from './elementary.ts';

/** One cash dividend a share, `years` from today. */
export interface CashDividend {
  readonly years: number;
  readonly amount: number;
}

/** The spot without the present value of the dividends until expiry: the part of it that is lognormal. */
export function escrowedSpot(spot: number, years: number, rate: number, dividends: readonly CashDividend[]): number {
  const base = spot - presentValue(dividends, 0, years, rate);
  return base > 0 ? base : 0;
}

/** What the dividends after `from` and until `until` are worth at `from`. */
export function presentValue(dividends: readonly CashDividend[], from: number, until: number, rate: number): number {
  let sum = 0;
  for (const { years, amount } of dividends) if (years > from && years <= until) sum += amount * exp(-rate * (years - from));
  return sum;
}

/** The day in a step beside whose dividend exercise may be best: just before the first for a call, after the last for a put; or 0. */
export function exDateIn(dividends: readonly CashDividend[], after: number, until: number, isCall: boolean): number {
  let found = 0;
  for (const { years } of dividends) if (years > after && years <= until && (found === 0 || (isCall ? years < found : years > found))) found = years;
  return found;
}
