import { parseDecimal, type DecimalText } from '../../../shared/money.ts';
import { isIsoDate, type IsoDate } from '../../../shared/time.ts';

/** `50.`, `1.0000`, `-.5` as canonical text; null when it is no number. */
export function numberText(text: string | null): DecimalText | null {
  return text === null ? null : parseDecimal(text.replace(/\.$/, ''));
}

const PERIOD = /^(\d{4})(\d{2})(\d{2})?$/;

/** `20261218` or `202612` as a day or a month; null for anything else. `00` as a day is no day. */
export function periodText(text: string | null): string | null {
  const [, year, month, day] = PERIOD.exec(text ?? '') ?? [];
  if (year === undefined || month === undefined || Number(month) < 1 || Number(month) > 12) return null;
  return day === undefined || day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`;
}

/** A period as a day: the last one of a month that names none. Null when there is no such day. */
export function dayOf(period: string | null): IsoDate | null {
  if (period === null) return null;
  if (period.length === 10) return isIsoDate(period) ? period : null;
  return ['31', '30', '29', '28'].map((day) => `${period}-${day}`).find(isIsoDate) ?? null;
}
