import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openState, reload } from '../../main/desk/recompute.ts';
import { rowsOf } from '../../main/desk/rows/row-table.ts';
import { bookOf, RUNS, STANDING, twoReadings } from './random-facts.ts';

// A reload computes only the accounts a change can touch. Whatever changed, the result must be what computing
// everything gives.

test('reloading gives what opening afresh gives, for any two readings of a book', () => {
  fc.assert(
    fc.property(twoReadings, ([before, after]) => {
      const state = openState(STANDING, bookOf(before));
      reload(state, { ...STANDING, sequence: 2 }, bookOf(after));
      const fresh = openState({ ...STANDING, sequence: 2 }, bookOf(after));
      expect([...state.accountRows.values()]).toEqual([...fresh.accountRows.values()]);
      expect(rowsOf(state.lists.accounts)).toEqual([...fresh.accountRows.values()]);
      expect(state.queue).toEqual(fresh.queue);
    }),
    { numRuns: 3 * RUNS },
  );
});
