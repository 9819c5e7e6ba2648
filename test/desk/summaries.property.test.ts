import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeAccount } from '../../main/desk/compute.ts';
import type { DeskState } from '../../main/desk/desk-state.ts';
import { summaryInLanes } from '../../main/desk/lane-summaries.ts';
import { applyMark, openState, reload } from '../../main/desk/recompute.ts';
import { summaryOf } from '../../main/desk/summary.ts';
import { bookOf, FUTURES, INSTRUMENTS, markOf, RUNS, someMarks, STANDING, twoReadings } from './random-facts.ts';

// Lists, calls and runs read summaries that come from standing columns. Whatever was typed and imported since the book was
// opened, each must be what the explaining engine says of the account now.

/** Compares every account of the desk, and says how many of them the columns answered. */
function compared(state: DeskState): number {
  let inLanes = 0;
  for (const [id, account] of state.holdings.accounts) {
    expect([id, state.summaries.get(id)]).toEqual([id, summaryOf(computeAccount(state.holdings, account).state)]);
    if (summaryInLanes(state.lanes, id)) inLanes += 1;
  }
  return inLanes;
}

test('after random prices and imports every summary is what the explaining engine says', () => {
  let [inLanes, all] = [0, 0];
  fc.assert(
    fc.property(twoReadings, someMarks, someMarks, ([before, after], typed, later) => {
      const state = openState(STANDING, bookOf(before));
      for (const mark of typed) applyMark(state, mark, 2);
      compared(state);
      reload(state, { ...STANDING, sequence: 3 }, bookOf(after));
      for (const mark of later) applyMark(state, mark, 4);
      inLanes += compared(state);
      all += state.holdings.accounts.size;
    }),
    { numRuns: RUNS },
  );
  // The columns must have been put to the test, not only the engine that explains.
  expect(inLanes).toBeGreaterThan(all / 4);
});

test('what has a price finer than columns count is beside them, so that columns still say the accounts that hold it', () => {
  // Nothing stands beside the sums of a futures segment.
  const securities = INSTRUMENTS.filter((id) => !FUTURES.some((future) => future.id === id));
  fc.assert(
    fc.property(twoReadings, fc.constantFrom(...securities), ([before], instrument) => {
      const state = openState(STANDING, bookOf({ ...before, regimes: before.regimes.map(() => 'regT' as const) }));
      applyMark(state, markOf(instrument, '101.5'), 2);
      const inLanes = compared(state);
      applyMark(state, markOf(instrument, '101.000001'), 3);
      expect(compared(state)).toBe(inLanes);
      applyMark(state, markOf(instrument, '101.5'), 4);
      expect(compared(state)).toBe(inLanes);
    }),
    { numRuns: Math.ceil(RUNS / 5) },
  );
});
