import { expect, test } from 'vitest';
import { paceText, unitsPerSecond } from '../../shared/pace.ts';
import type { Progress } from '../../shared/views.ts';

const at = (done: number, total: number | null = 10_000): Progress => ({ jobId: 'j', label: 'Reading', done, total, unit: 'rows', state: 'running' });
const FIRST = { done: 1_000 };

test('the rate is what was done since the first report, per second', () => {
  expect(unitsPerSecond(FIRST, at(5_000), 2)).toBe(2_000);
});

test('there is no rate before there is something to tell', () => {
  expect(unitsPerSecond(FIRST, at(5_000), 0.1)).toBe(null);
  expect(unitsPerSecond(FIRST, at(1_000), 2)).toBe(null);
  expect(paceText(FIRST, at(1_000), 2)).toBe('');
});

test('time left is what is still to do at that rate, told in seconds or minutes', () => {
  expect(paceText(FIRST, at(5_000), 2)).toBe('2,000 rows/s, 3 s left');
  expect(paceText(FIRST, at(1_100, 100_000), 1)).toBe('100 rows/s, 17 min left');
  expect(paceText(FIRST, at(5_000, null), 2)).toBe('2,000 rows/s');
});
