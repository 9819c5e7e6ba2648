import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addBusinessDays, businessDaysBetween, isBusinessDay } from '../../main/calls/calendar.ts';
import { easterSunday, holidaysOf, weekday } from '../../main/calls/us-holidays.ts';
import { addDays } from '../../shared/time.ts';

const day = fc.integer({ min: 0, max: 73_000 }).map((days) => addDays('1998-01-01', days));
const year = fc.integer({ min: 1998, max: 2400 });
const runs = { numRuns: 1000 };

test('property: adding business days lands on a business day, as many business days away', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 40 }), (from, n) => {
      const to = addBusinessDays(from, n);
      expect(isBusinessDay(to)).toBe(true);
      expect(businessDaysBetween(from, to)).toBe(n);
    }),
    runs,
  );
});

test('property: from a business day, going forth and back ends where it began', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 40 }), (any, n) => {
      const from = addBusinessDays(any, 0);
      expect(addBusinessDays(addBusinessDays(from, n), -n)).toBe(from);
    }),
    runs,
  );
});

test('property: business days between days add up, whichever way one counts', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 }), (a, first, second) => {
      const b = addDays(a, first);
      const c = addDays(b, second);
      expect(businessDaysBetween(a, b) + businessDaysBetween(b, c)).toBe(businessDaysBetween(a, c));
    }),
    runs,
  );
});

test('property: a year has eight to ten scheduled closings, none on a weekend', () => {
  fc.assert(
    fc.property(year, (of) => {
      const days = [...holidaysOf(of)].filter(([, name]) => !/mourning|attacks|Hurricane/.test(name)).map(([at]) => at);
      expect(days.length).toBeGreaterThanOrEqual(8);
      expect(days.length).toBeLessThanOrEqual(10);
      for (const at of days) expect([1, 2, 3, 4, 5]).toContain(weekday(at));
    }),
    runs,
  );
});

test('property: Easter is a Sunday from 22 March to 25 April', () => {
  fc.assert(
    fc.property(year, (of) => {
      const easter = easterSunday(of);
      expect(weekday(easter)).toBe(0);
      expect(easter >= `${of}-03-22` && easter <= `${of}-04-25`).toBe(true);
    }),
    runs,
  );
});
