import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBothWays } from './both-ways.ts';
import type { Lockstep } from './lockstep.ts';
import { randomFile } from './random-file.ts';

const lockstep: fc.Arbitrary<Lockstep> = fc.record(
  {
    rows: fc.integer({ min: 1, max: 20 }),
    chunks: fc.integer({ min: 1, max: 4 }),
    turns: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 }),
    gone: fc.record({ after: fc.nat({ max: 10 }), says: fc.boolean() }),
  },
  { requiredKeys: ['rows', 'chunks', 'turns'] },
);

test('a file read into columns says, fact by fact, line by line and note by note, what the careful reader says; whether one thread reads it or two, one of which may end in the middle', () => {
  let inColumns = 0;
  let runs = 0;
  fc.assert(
    fc.property(randomFile, lockstep, ({ bytes, profile }, steps) => {
      runs += 1;
      const read = readBothWays(bytes, { profile, profiles: [] }, steps);
      const { planned, ...byOne } = read.inColumns ?? { planned: null };
      expect(read.byTwo).toEqual(planned && byOne);
      if (read.inColumns === null) return;
      inColumns += 1;
      expect(read.inColumns).toEqual(read.careful);
    }),
    { numRuns: 1000 },
  );
  // The others hold a second day or an open quote, and go to the careful reader whole.
  expect(inColumns / runs).toBeGreaterThan(0.3);
});
