import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBothWays } from './both-ways.ts';
import { randomFile } from './random-file.ts';

test('a file read into columns says, fact by fact, line by line and note by note, what the careful reader says', () => {
  let inColumns = 0;
  let runs = 0;
  fc.assert(
    fc.property(randomFile, ({ bytes, profile }) => {
      runs += 1;
      const read = readBothWays(bytes, { profile, profiles: [] });
      if (read.inColumns === null) return;
      inColumns += 1;
      expect(read.inColumns).toEqual(read.careful);
    }),
    { numRuns: 1000 },
  );
  // The others hold a second day or an open quote, and go to the careful reader whole.
  expect(inColumns / runs).toBeGreaterThan(0.3);
});
