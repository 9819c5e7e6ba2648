import { addDays, type IsoDate } from '../../shared/time.ts';

/**
 * Days on which the US stock market is closed, by rule, so that no list runs out (NYSE Rule 7.2). Right for 1998 and
 * later: Martin Luther King Jr. Day became a market holiday in that year.
 */

/** Closings that no rule foretells. Append a line when the exchange announces one. */
const UNSCHEDULED: ReadonlyMap<IsoDate, string> = new Map([
  ['2001-09-11', 'Closed after the attacks of September 11'],
  ['2001-09-12', 'Closed after the attacks of September 11'],
  ['2001-09-13', 'Closed after the attacks of September 11'],
  ['2001-09-14', 'Closed after the attacks of September 11'],
  ['2004-06-11', 'Day of mourning for President Reagan'],
  ['2007-01-02', 'Day of mourning for President Ford'],
  ['2012-10-29', 'Hurricane Sandy'],
  ['2012-10-30', 'Hurricane Sandy'],
  ['2018-12-05', 'Day of mourning for President George H. W. Bush'],
  ['2025-01-09', 'Day of mourning for President Carter'],
]);

const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

/** Day of the week of a calendar day, Sunday 0 to Saturday 6. */
export function weekday(day: IsoDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** Every closing of a year, the unscheduled ones included, by day. */
export function holidaysOf(year: number): Map<IsoDate, string> {
  const days = new Map<IsoDate, string>();
  const observe = (day: IsoDate | null, name: string): void => void (day && days.set(day, name));
  observe(newYearObserved(year), "New Year's Day");
  observe(nthWeekday(year, 1, MONDAY, 3), 'Martin Luther King Jr. Day');
  observe(nthWeekday(year, 2, MONDAY, 3), "Washington's Birthday");
  observe(addDays(easterSunday(year), -2), 'Good Friday');
  observe(lastWeekday(year, 5, MONDAY), 'Memorial Day');
  if (year >= 2022) observe(observedOn(isoDay(year, 6, 19)), 'Juneteenth');
  observe(observedOn(isoDay(year, 7, 4)), 'Independence Day');
  observe(nthWeekday(year, 9, MONDAY, 1), 'Labor Day');
  observe(nthWeekday(year, 11, THURSDAY, 4), 'Thanksgiving Day');
  observe(observedOn(isoDay(year, 12, 25)), 'Christmas Day');
  for (const [day, name] of UNSCHEDULED) if (day.startsWith(`${year}-`)) days.set(day, name);
  return days;
}

function isoDay(year: number, month: number, day: number): IsoDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A holiday on a Saturday is kept on Friday, on a Sunday on Monday. */
function observedOn(day: IsoDate): IsoDate {
  const shift = { [SATURDAY]: -1, [SUNDAY]: 1 }[weekday(day)] ?? 0;
  return addDays(day, shift);
}

/**
 * New Year's Day on a Saturday is not kept at all: the Friday before closes the books of a month and a year, and Rule
 * 7.2 leaves the market open on such a day.
 */
function newYearObserved(year: number): IsoDate | null {
  const day = isoDay(year, 1, 1);
  return weekday(day) === SATURDAY ? null : observedOn(day);
}

function nthWeekday(year: number, month: number, wanted: number, nth: number): IsoDate {
  const first = isoDay(year, month, 1);
  return addDays(first, ((wanted - weekday(first) + 7) % 7) + 7 * (nth - 1));
}

function lastWeekday(year: number, month: number, wanted: number): IsoDate {
  const last = addDays(isoDay(year, month + 1, 1), -1);
  return addDays(last, -((weekday(last) - wanted + 7) % 7));
}

/** Easter Sunday of the Gregorian calendar: the Sunday after the ecclesiastical full moon (computus). */
export function easterSunday(year: number): IsoDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const skippedLeapDays = century - Math.floor(century / 4);
  const moonCorrection = Math.floor((8 * century + 13) / 25);
  const epact = (skippedLeapDays - moonCorrection + 19 * golden + 15) % 30;
  // Two epacts would put the full moon on one day; the later one gives way.
  const daysToFullMoon = epact - (epact === 29 || (epact === 28 && golden > 10) ? 1 : 0);
  const fullMoon = addDays(isoDay(year, 3, 21), daysToFullMoon);
  return addDays(fullMoon, 7 - weekday(fullMoon));
}
