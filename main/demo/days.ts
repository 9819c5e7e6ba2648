import { addDays, type IsoDate } from '../../shared/time.ts';

/** The next weekday: the demo's week has no holiday before its settlement days. */
export function addBusinessDay(day: IsoDate): IsoDate {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, weekday === 5 ? 3 : weekday === 6 ? 2 : 1);
}
