import { expect, test } from 'vitest';
import { formatAge, formatBytes, formatCount, formatDueIn, formatMoment } from '../../../renderer/format/moment.ts';

const at = (text: string): number => Date.parse(text);

test('moments are ISO with their zone, days stay days', () => {
  expect(formatMoment('2026-11-20T14:03:55.120Z')).toBe('2026-11-20 14:03 UTC');
  expect(formatMoment('2026-11-20')).toBe('2026-11-20');
});

test('an age is days and hours, hours and minutes, or minutes; what lies ahead has none', () => {
  expect(formatAge('2026-11-18T10:00:00Z', at('2026-11-20T13:30:00Z'))).toBe('2d 03h');
  expect(formatAge('2026-11-20T09:18:00Z', at('2026-11-20T13:30:00Z'))).toBe('4h 12m');
  expect(formatAge('2026-11-20T13:23:00Z', at('2026-11-20T13:30:00Z'))).toBe('7m');
  expect(formatAge('2026-11-21T00:00:00Z', at('2026-11-20T13:30:00Z'))).toBeNull();
});

test('the days left are said in words', () => {
  expect([2, 0, -3].map(formatDueIn)).toEqual(['in 2 bd', 'today', '3 bd late']);
});

test('sizes and counts', () => {
  expect([12, 2_048, 3_145_728].map(formatBytes)).toEqual(['12 B', '2.0 kB', '3.0 MB']);
  expect(formatCount(1_234_567)).toBe('1,234,567');
});
