import { SEED } from '../same-books.ts';

/** What `npm run properties` runs of each property of packs: each run computes an account with all its call prices, twice or more. */
const FULL = 1_000;
const isFull = process.env['PLIMSOLL_BOOK_RUNS'] !== undefined;

/** So many runs in `npm test`, all of them in `npm run properties`; the seed is told, since fewer runs see less. */
export function reduced(runs: number): { numRuns: number; seed: number } {
  if (!isFull) console.log(`${runs} of ${FULL} packs, seed ${SEED}; all of them: npm run properties`);
  return { numRuns: isFull ? FULL : runs, seed: SEED };
}
