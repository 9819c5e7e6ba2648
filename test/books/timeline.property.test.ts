import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { learn, type Span } from '../../main/books/writing/timeline.ts';
import { dayName, learnByDay, noDays, LAST_DAY } from './model/days.ts';

interface ValueSpan extends Span {
  value: string;
}

const news = fc.record({
  day: fc.integer({ min: 0, max: LAST_DAY - 1 }),
  value: fc.option(fc.constantFrom('100', '90', '80')),
  horizonIn: fc.option(fc.integer({ min: 1, max: 4 })),
});

/** What the book does with `learn`: the ended span goes, the kept pieces and the new span come. */
function take(spans: ValueSpan[], day: string, value: string | null, horizon: string | null): ValueSpan[] {
  const rewrite = learn(spans, { from: day, present: value !== null, sameAs: (span) => span.value === value }, horizon);
  if (!rewrite) return spans;
  const { ended, kept, begun } = rewrite;
  const others = spans.filter((span) => span !== ended);
  const pieces = ended ? kept.map((span) => ({ ...span, value: ended.value })) : [];
  return [...others, ...pieces, ...(begun && value !== null ? [{ ...begun, value }] : [])];
}

test('whatever is learned in whatever order, spans say of every day what a plain table of days says', () => {
  fc.assert(
    fc.property(fc.array(news, { maxLength: 12 }), (learned) => {
      let spans: ValueSpan[] = [];
      let days = noDays<{ value: string; asOf: string }>();
      for (const { day, value, horizonIn } of learned) {
        const horizon = horizonIn === null ? null : Math.min(day + horizonIn, LAST_DAY);
        spans = take(spans, dayName(day), value, horizon === null ? null : dayName(horizon));
        days = learnByDay(days, day, value === null ? null : { value, asOf: dayName(day) }, horizon, (one, other) => one.value === other.value);
      }
      days.forEach((fact, day) => {
        const on = dayName(day);
        const covering = spans.filter(({ from, to }) => from <= on && (to === null || on < to));
        expect(covering.map(({ value, from }) => ({ value, asOf: from }))).toEqual(fact === null ? [] : [fact]);
      });
      for (const { from, to } of spans) expect(to === null || from < to).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
