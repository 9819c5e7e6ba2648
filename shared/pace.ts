import { formatCount } from './format.ts';
import type { Progress } from './views.ts';

/** Earlier than this a rate would be a guess. */
const SECONDS_MIN = 0.3;

/** Units per second between the first report of a job and this one, `seconds` later; null while there is too little to tell. */
export function unitsPerSecond(first: { done: number }, last: Progress, seconds: number): number | null {
  return seconds < SECONDS_MIN || last.done <= first.done ? null : Math.round((last.done - first.done) / seconds);
}

/** `12,000 rows/s, 3 s left`; empty while there is too little to tell. */
export function paceText(first: { done: number }, last: Progress, seconds: number): string {
  const rate = unitsPerSecond(first, last, seconds);
  if (rate === null) return '';
  const left = last.total === null || rate === 0 ? null : Math.max(0, last.total - last.done) / rate;
  return `${formatCount(rate)} ${last.unit}/s${left === null ? '' : `, ${durationText(left)} left`}`;
}

function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 100 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}
