import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALL_STATES, CALL_TYPES } from '../../shared/domain/call.ts';
import { MARGIN_STATUSES } from '../../shared/domain/status.ts';
import { byUrgency, type Urgency } from '../../main/calls/urgency.ts';

const amount = fc.integer({ min: -50, max: 50 }).map(String);
const urgency: fc.Arbitrary<Urgency> = fc.record({
  key: fc.string({ minLength: 1, maxLength: 3 }),
  status: fc.constantFrom(...MARGIN_STATUSES),
  state: fc.option(fc.constantFrom(...CALL_STATES)),
  type: fc.option(fc.constantFrom(...CALL_TYPES)),
  dueOn: fc.option(fc.constantFrom('2026-11-20', '2026-11-23', '2026-11-27')),
  currency: fc.constantFrom('USD', 'EUR'),
  outstanding: fc.option(fc.nat(3).map(String)),
  equity: amount,
  maintenance: fc.constantFrom('0', '1', '2', '7'),
});
const runs = { numRuns: 2000 };

test('property: urgency is a total order: one of two lines is always first, and always the same one', () => {
  fc.assert(
    fc.property(urgency, urgency, (a, b) => {
      expect(Math.sign(byUrgency(a, b)) + Math.sign(byUrgency(b, a))).toBe(0);
      expect(byUrgency(a, b) !== 0 || a.key === b.key).toBe(true);
    }),
    runs,
  );
});

test('property: urgency has no circles', () => {
  fc.assert(
    fc.property(urgency, urgency, urgency, (a, b, c) => {
      const [first, second, third] = [a, b, c].sort(byUrgency) as [Urgency, Urgency, Urgency];
      expect(byUrgency(first, second)).toBeLessThanOrEqual(0);
      expect(byUrgency(second, third)).toBeLessThanOrEqual(0);
      expect(byUrgency(first, third)).toBeLessThanOrEqual(0);
    }),
    runs,
  );
});

test('property: the queue comes out the same from any order of lines', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(urgency, { selector: ({ key }) => key, maxLength: 12 }).chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length }))),
      ([lines, shuffled]) => {
        expect([...shuffled].sort(byUrgency)).toEqual([...lines].sort(byUrgency));
      },
    ),
    runs,
  );
});
