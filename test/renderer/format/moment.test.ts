import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatDueIn, formatMoment } from '../../../renderer/format/moment.ts';

test('moments are ISO with their zone, days stay days', () => {
  expect(formatMoment('2026-11-20T14:03:55.120Z')).toBe('2026-11-20 14:03 UTC');
  expect(formatMoment('2026-11-20')).toBe('2026-11-20');
});

test('the days left are said in words', () => {
  expect([2, 0, -3].map(formatDueIn)).toEqual(['in 2 bd', 'today', '3 bd late']);
});

test('sizes and counts', () => {
  expect([12, 2_048, 3_145_728].map(formatBytes)).toEqual(['12 B', '2.0 kB', '3.0 MB']);
  expect(formatCount(1_234_567)).toBe('1,234,567');
});
