import type { IsoDate } from '../../../shared/time.ts';

/** How a file writes its days, where it is not left to the reader to tell. */
export type DayFormat = 'YYYY-MM-DD' | 'MM/DD/YYYY' | 'DD/MM/YYYY' | 'DD.MM.YYYY' | 'YYYYMMDD';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const YEAR_FIRST = /^(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[;, T].*)?$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:[;, ].*)?$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const MONTH_NAMED = /^([A-Za-z]{3})[a-z]*[- ](\d{1,2})(?:,|-)? ?(\d{4})$/;
const DAY_MONTH_NAMED = /^(\d{1,2})[- ]?([A-Za-z]{3})[- ]?(\d{4}|\d{2})$/;

/** A day that exists, from year, month and day as read; undefined when there is no such day. Two-digit years are 20xx. */
export function dayOf(yearText: string, monthText: string, dayText: string): IsoDate | undefined {
  const year = Number(yearText.length === 2 ? `20${yearText}` : yearText);
  const month = /^\d/.test(monthText) ? Number(monthText) : MONTHS.indexOf(monthText.slice(0, 3).toUpperCase()) + 1;
  const day = Number(dayText);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const longest = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  if (day < 1 || day > longest || year < 1900) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * Reads the day of a cell, leaving out any time of day behind it: `20250115`, `2025-01-15;093000`, `02/24/2026`
 * (month first), `Oct-05-2026`, `January 15, 2025`, `15JAN25`. Null when the cell is empty or says `--`; undefined when
 * it holds something that is not a day. With a format, only that spelling is taken.
 */
export function readDay(text: string, format?: DayFormat): IsoDate | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '--' || trimmed.toLowerCase() === 'n/a') return null;
  if (format) return readFormatted(trimmed, format);

  const yearFirst = YEAR_FIRST.exec(trimmed);
  if (yearFirst) return dayOf(yearFirst[1] ?? '', yearFirst[3] ?? '', yearFirst[4] ?? '');
  const slashed = SLASHED.exec(trimmed);
  if (slashed) return dayOf(slashed[3] ?? '', slashed[1] ?? '', slashed[2] ?? '');
  const named = MONTH_NAMED.exec(trimmed);
  if (named) return dayOf(named[3] ?? '', named[1] ?? '', named[2] ?? '');
  const dayFirst = DAY_MONTH_NAMED.exec(trimmed);
  return dayFirst ? dayOf(dayFirst[3] ?? '', dayFirst[2] ?? '', dayFirst[1] ?? '') : undefined;
}

function readFormatted(text: string, format: DayFormat): IsoDate | undefined {
  if (format === 'YYYY-MM-DD' || format === 'YYYYMMDD') {
    const match = YEAR_FIRST.exec(text);
    return match && (match[2] === '-') === (format === 'YYYY-MM-DD') ? dayOf(match[1] ?? '', match[3] ?? '', match[4] ?? '') : undefined;
  }
  const match = (format === 'DD.MM.YYYY' ? DOTTED : SLASHED).exec(text);
  if (!match) return undefined;
  const [, first = '', second = '', year = ''] = match;
  return format === 'MM/DD/YYYY' ? dayOf(year, first, second) : dayOf(year, second, first);
}

const DIGITS_IN_NAME = /(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/;
const MONTH_IN_NAME = /([A-Z][a-z]{2})[-_](\d{1,2})[-_](\d{4})/;

/** The day a file's name carries: `Portfolio_Positions_Oct-05-2026.csv`, `Individual-Positions-2026-08-22-125202.csv`. */
export function dayInFileName(name: string): IsoDate | null {
  const yearFirst = DIGITS_IN_NAME.exec(name);
  const fromDigits = yearFirst && dayOf(yearFirst[1] ?? '', yearFirst[2] ?? '', yearFirst[3] ?? '');
  if (fromDigits) return fromDigits;
  const named = MONTH_IN_NAME.exec(name);
  return (named && dayOf(named[3] ?? '', named[1] ?? '', named[2] ?? '')) ?? null;
}
