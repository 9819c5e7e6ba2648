import type { BranchHoldings } from './branch-edits.ts';
import type { HeldPosition, Holdings } from './holdings.ts';
import { partsTaken, takePosition, type Parts, type TakenPosition } from './pools.ts';

/** The positions of a point as the engine took them, and the terms they were taken by. */
export interface PointInputs {
  positions: readonly HeldPosition[];
  instruments: Holdings['instruments'];
  taken: readonly (TakenPosition | null)[];
}

/**
 * Positions as the engine takes them; those that the point before has are the very objects that they were there, but for
 * futures of which the edit changed the price: what they were settled at goes by that.
 */
export function pointInputs({ holdings, account, changed }: BranchHoldings, before?: PointInputs): PointInputs {
  const { positions } = account;
  const { instruments } = holdings;
  const known = before?.instruments === instruments ? before : null;
  const taken: (TakenPosition | null)[] = known ? known.taken.slice(0, positions.length) : [];
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] as HeldPosition;
    const stays = position === known?.positions[at] && !(taken[at]?.isFuture === true && changed.includes(position.instrument));
    if (!stays) taken[at] = takePosition(position, account.account.asOf, holdings);
  }
  return { positions, instruments, taken };
}

export function partsAt({ taken }: PointInputs): Parts {
  return partsTaken(taken);
}
