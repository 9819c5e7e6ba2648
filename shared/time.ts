import { z } from 'zod';

/** A calendar day, `YYYY-MM-DD`. */
export type IsoDate = string;
/** A moment in UTC, `YYYY-MM-DDThh:mm:ssZ` (milliseconds allowed). */
export type IsoInstant = string;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** True for a day that exists: 2026-02-30 does not. */
export function isIsoDate(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

export const isoDate = z.string().refine(isIsoDate, { error: 'expected a day as YYYY-MM-DD' });
export const isoInstant = z.iso.datetime();

/** Days from one calendar day to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The day `days` after `date` (before it when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
