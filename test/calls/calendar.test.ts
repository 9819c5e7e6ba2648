import { expect, test } from 'vitest';
import { addBusinessDays, businessDaysBetween, holidayName, isBusinessDay } from '../../main/calls/calendar.ts';
import { easterSunday, holidaysOf } from '../../main/calls/us-holidays.ts';

const scheduled = (year: number): string[] => [...holidaysOf(year).keys()].sort();

test('the market holidays of 2022 to 2024 are those the exchange announced', () => {
  // NYSE Group's calendar of December 2021; New Year's Day 2022 fell on a Saturday and was not kept.
  expect(scheduled(2022)).toEqual(['2022-01-17', '2022-02-21', '2022-04-15', '2022-05-30', '2022-06-20', '2022-07-04', '2022-09-05', '2022-11-24', '2022-12-26']);
  expect(scheduled(2023)).toEqual(['2023-01-02', '2023-01-16', '2023-02-20', '2023-04-07', '2023-05-29', '2023-06-19', '2023-07-04', '2023-09-04', '2023-11-23', '2023-12-25']);
  expect(scheduled(2024)).toEqual(['2024-01-01', '2024-01-15', '2024-02-19', '2024-03-29', '2024-05-27', '2024-06-19', '2024-07-04', '2024-09-02', '2024-11-28', '2024-12-25']);
});

test('the market holidays of 2011 to 2016 are those the exchange announced', () => {
  expect(scheduled(2011)).toEqual(['2011-01-17', '2011-02-21', '2011-04-22', '2011-05-30', '2011-07-04', '2011-09-05', '2011-11-24', '2011-12-26']);
  expect(scheduled(2015)).toEqual(['2015-01-01', '2015-01-19', '2015-02-16', '2015-04-03', '2015-05-25', '2015-07-03', '2015-09-07', '2015-11-26', '2015-12-25']);
  expect(scheduled(2016)).toEqual(['2016-01-01', '2016-01-18', '2016-02-15', '2016-03-25', '2016-05-30', '2016-07-04', '2016-09-05', '2016-11-24', '2016-12-26']);
});

test('years nobody has listed yet have their holidays too', () => {
  expect(holidayName('2027-06-18')).toBe('Juneteenth'); // the 19th is a Saturday
  expect(holidayName('2044-07-04')).toBe('Independence Day');
  expect(scheduled(2199)).toHaveLength(10);
});

test('a Saturday New Year leaves the last Friday of the year open', () => {
  for (const friday of ['1999-12-31', '2010-12-31', '2021-12-31', '2027-12-31']) expect(isBusinessDay(friday)).toBe(true);
});

test('Easter falls where the almanac says, in the two exceptional years of the lunar table too', () => {
  const almanac = ['1954-04-18', '1981-04-19', '1998-04-12', '2000-04-23', '2008-03-23', '2011-04-24', '2019-04-21', '2024-03-31', '2025-04-20', '2026-04-05', '2038-04-25', '2049-04-18', '2076-04-19'];
  expect(almanac.map((day) => easterSunday(Number(day.slice(0, 4))))).toEqual(almanac);
});

test('the market was closed on days that no rule foretells', () => {
  expect(holidayName('2001-09-13')).toMatch(/September 11/);
  expect(holidayName('2012-10-29')).toBe('Hurricane Sandy');
  expect(isBusinessDay('2025-01-09')).toBe(false);
});

test('Columbus Day and Veterans Day are business days: the market is open', () => {
  expect(isBusinessDay('2026-10-12')).toBe(true);
  expect(isBusinessDay('2026-11-11')).toBe(true);
});

test('the Regulation T dates around Columbus Day 1999 are those of NASD Notice 99-83', () => {
  // The payment period was five business days then (three to settle and two more).
  const notice = { '1999-10-05': '1999-10-12', '1999-10-06': '1999-10-13', '1999-10-07': '1999-10-14', '1999-10-08': '1999-10-15', '1999-10-11': '1999-10-18', '1999-10-12': '1999-10-19' };
  for (const [trade, due] of Object.entries(notice)) expect(addBusinessDays(trade, 5)).toBe(due);
});

test('a due day steps over Thanksgiving and the weekend', () => {
  expect(addBusinessDays('2026-11-19', 5)).toBe('2026-11-27');
  expect(addBusinessDays('2026-11-25', 1)).toBe('2026-11-27');
  expect(addBusinessDays('2026-11-20', 2)).toBe('2026-11-24');
  expect(addBusinessDays('2026-11-27', -1)).toBe('2026-11-25');
});

test('zero business days after a closed day is the next open one', () => {
  expect(addBusinessDays('2026-11-20', 0)).toBe('2026-11-20');
  expect(addBusinessDays('2026-11-21', 0)).toBe('2026-11-23');
  expect(addBusinessDays('2026-11-26', 0)).toBe('2026-11-27');
});

test('the days to a due day count down to zero and then go negative', () => {
  expect(businessDaysBetween('2026-11-19', '2026-11-27')).toBe(5);
  expect(businessDaysBetween('2026-11-27', '2026-11-27')).toBe(0);
  expect(businessDaysBetween('2026-11-30', '2026-11-27')).toBe(-1);
});

test('a day that does not exist is a broken invariant, not an answer', () => {
  expect(() => isBusinessDay('2026-02-30')).toThrow(/not a day/);
  expect(() => addBusinessDays('2026-11-20', 1.5)).toThrow(/whole business days/);
});
