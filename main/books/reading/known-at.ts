import { assert } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { Row } from '../tables/bind.ts';
import type { VersionedTable } from '../tables/versioned.ts';

/**
 * A point in both times: as known after a journal entry, and as true on a day. Left out, `sequence` is what is known
 * now, and `day` is the latest state known then.
 */
export interface PointInTime {
  sequence?: number;
  day?: IsoDate;
}

/** After every moment of the day, and before the next day, in the order of text. */
const endOfDay = (day: IsoDate) => `${day}T~`;

/** Whether a row was held to be true at this point. At most one row of a key ever is. */
export function isKnownAt(table: VersionedTable, row: Row, { sequence, day }: PointInTime): boolean {
  const [validFrom, validTo] = [row[table.validFrom] as string, row[table.validTo] as string | null];
  const [from, to] = [row[table.sequenceFrom] as number, row[table.sequenceTo] as number | null];
  const known = sequence === undefined ? to === null : from <= sequence && (to === null || sequence < to);
  if (!known) return false;
  if (day === undefined) return validTo === null;
  assert(day.length === 10, `a day is YYYY-MM-DD, not ${day}`);
  return validFrom <= endOfDay(day) && (validTo === null || validTo > endOfDay(day));
}
