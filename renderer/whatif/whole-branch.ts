import { withChange } from '../../shared/list-change.ts';
import { pairingKey } from '../../shared/pairing.ts';
import type { BranchView } from '../../shared/views.ts';
import { shareEqual } from '../desk/share-equal.ts';

/**
 * A what-if as an answer leaves it: rows that were not sent are the very objects that they were, and so is whatever else says
 * what it said. Null when the answer stands on one that is not at hand; then all of it has to be asked for.
 */
export function wholeBranch(before: BranchView | null, answer: BranchView): BranchView | null {
  const { changes, positions, pairings, ...others } = answer;
  if (!changes) return shareEqual(before, answer);
  if (before?.branchId !== answer.branchId || before.version !== changes.since) return null;
  return {
    ...shareEqual(before, { ...before, ...others }),
    changes: null,
    positions: withChange(before.positions, positions, changes.positions, ({ key }) => key),
    pairings: withChange(before.pairings, pairings, changes.pairings, pairingKey),
  };
}
