/**
 * A plain table of days, to compare the book's spans with: for each day, the fact that held on it. The last place
 * stands for that day and all after it.
 */
export const LAST_DAY = 12;

export type Days<Fact> = readonly (Fact | null)[];

export function noDays<Fact>(): Days<Fact> {
  return Array<Fact | null>(LAST_DAY + 1).fill(null);
}

/** The first days of November 2026; the day after the last one is still before any later month. */
export function dayName(day: number): string {
  return `2026-11-${String(day + 1).padStart(2, '0')}`;
}

/**
 * What learning that `fact` held from a day on (or, when null, that there was nothing) does to the table. It holds
 * until whatever was known to follow, and never past `horizon`, the first later day of which more is known.
 */
export function learnByDay<Fact extends { asOf: string }>(
  days: Days<Fact>,
  day: number,
  fact: Fact | null,
  horizon: number | null,
  sameValue: (one: Fact, other: Fact) => boolean,
): Days<Fact> {
  const before = days[day] ?? null;
  let runEnd = day;
  // A run is one and the same fact on day after day, or nothing on day after day.
  while (runEnd <= LAST_DAY && (days[runEnd] ?? null) === before) runEnd += 1;
  const end = Math.min(runEnd, horizon ?? runEnd);
  const isOpen = end > LAST_DAY;
  if (before === null && fact === null) return days;
  if (before && fact && sameValue(before, fact) && (!isOpen || before.asOf === fact.asOf)) return days;
  const rest = before === null ? null : { ...before, asOf: dayName(end) };
  return days.map((known, at) => {
    if (at < day || at >= runEnd) return known;
    return at < end ? fact : rest;
  });
}
