import { assert } from '../../shared/result.ts';
import { addDays, isIsoDate, type IsoDate } from '../../shared/time.ts';
import { holidaysOf, weekday } from './us-holidays.ts';

/**
 * Business days for due dates: the days the US stock market is open. Columbus Day and Veterans Day, on which banks are
 * closed and nothing settles, do count: they are business days for receiving customers' payments under Regulation T
 * (NASD Notice to Members 99-83, whose table of dates is a test).
 */

/** Weekday on which the market is not closed. */
export function isBusinessDay(day: IsoDate): boolean {
  const name = weekday(day);
  return name !== 0 && name !== 6 && holidayName(day) === null;
}

/** What the market is closed for on a day; null on trading days and on ordinary weekends. */
export function holidayName(day: IsoDate): string | null {
  assert(isIsoDate(day), `not a day: ${day}`);
  return yearOf(Number(day.slice(0, 4))).get(day) ?? null;
}

/** The day itself when the market was open on it, otherwise the last day before it on which it was. */
export function tradingDay(day: IsoDate): IsoDate {
  return isBusinessDay(day) ? day : addBusinessDays(day, -1);
}

/**
 * The day `n` business days after `day`, before it when `n` is negative. With 0, the day itself when it is a business
 * day, otherwise the next one: something due on a Saturday is due on Monday.
 */
export function addBusinessDays(day: IsoDate, n: number): IsoDate {
  assert(Number.isInteger(n), `whole business days, not ${n}`);
  let at = n === 0 ? addDays(day, -1) : day;
  const step = n < 0 ? -1 : 1;
  for (let left = Math.max(1, Math.abs(n)); left > 0; left -= isBusinessDay(at) ? 1 : 0) at = addDays(at, step);
  return at;
}

/** Business days after `from` up to and including `to`; negative when `to` is earlier, 0 when both are one day. */
export function businessDaysBetween(from: IsoDate, to: IsoDate): number {
  if (to < from) return 0 - businessDaysBetween(to, from);
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) count += isBusinessDay(day) ? 1 : 0;
  return count;
}

// Derived from the rules alone, so keeping it changes no answer.
const years = new Map<number, ReadonlyMap<IsoDate, string>>();

function yearOf(year: number): ReadonlyMap<IsoDate, string> {
  let holidays = years.get(year);
  if (!holidays) {
    holidays = holidaysOf(year);
    years.set(year, holidays);
  }
  return holidays;
}
