import { expect, test } from 'vitest';
import { dayInFileName, readDay } from '../../../main/import/values/day.ts';

test.each([
  ['20250115', '2025-01-15'],
  ['2025-01-15', '2025-01-15'],
  ['2025-01-15;093000', '2025-01-15'],
  ['20250115;020000', '2025-01-15'],
  ['2025-01-15, 10:30:00', '2025-01-15'],
  ['20250422 202000', '2025-04-22'],
  ['2025/05/04', '2025-05-04'],
  ['02/24/2026', '2026-02-24'],
  ['2/4/26', '2026-02-04'],
  ['Oct-05-2026', '2026-10-05'],
  ['January 15, 2025', '2025-01-15'],
  ['17JAN25', '2025-01-17'],
  ['2024-02-29', '2024-02-29'],
])('the day %j is read as %s', (text, day) => {
  expect(readDay(text)).toBe(day);
});

test.each(['2025-02-29', '20251301', '13/40/2025', 'someday', '2025-1', '00000000', '1'])('%j is no day', (text) => {
  expect(readDay(text)).toBeUndefined();
});

test('an empty cell has no day, which is not a mistake', () => {
  expect([readDay(''), readDay('--'), readDay('N/A')]).toEqual([null, null, null]);
});

test('a format decides between the day and the month', () => {
  expect(readDay('04/05/2026', 'MM/DD/YYYY')).toBe('2026-04-05');
  expect(readDay('04/05/2026', 'DD/MM/YYYY')).toBe('2026-05-04');
  expect(readDay('04.05.2026', 'DD.MM.YYYY')).toBe('2026-05-04');
  expect(readDay('20260504', 'YYYYMMDD')).toBe('2026-05-04');
});

test('a format takes no other spelling', () => {
  expect(readDay('2026-05-04', 'MM/DD/YYYY')).toBeUndefined();
  expect(readDay('20260504', 'YYYY-MM-DD')).toBeUndefined();
  expect(readDay('2026-05-04', 'YYYYMMDD')).toBeUndefined();
});

test.each([
  ['Portfolio_Positions_Oct-05-2026.csv', '2026-10-05'],
  ['Individual-Positions-2026-08-22-125202.csv', '2026-08-22'],
  ['flex_20261119.xml', '2026-11-19'],
  ['positions.csv', null],
  ['U12345678.csv', null],
])('the file name %s carries the day %s', (name, day) => {
  expect(dayInFileName(name)).toBe(day);
});
