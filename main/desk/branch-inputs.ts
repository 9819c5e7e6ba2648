import type { HeldPosition, Holdings } from './holdings.ts';
import { partsTaken, takePosition, type Parts, type TakenPosition } from './pools.ts';
import type { BranchHoldings } from './branch-edits.ts';

/** The positions of a point as the engine took them, and what that rests on. */
export interface PointInputs {
  positions: readonly HeldPosition[];
  market: Pick<Holdings, 'instruments' | 'closes'>;
  taken: readonly (TakenPosition | null)[];
}

/** Positions as the engine takes them; those that the point before has are the very objects that they were there. */
export function pointInputs({ holdings, account }: Pick<BranchHoldings, 'holdings' | 'account'>, before?: PointInputs): PointInputs {
  const { positions } = account;
  const { instruments, closes } = holdings;
  const stays = before?.market.instruments === instruments && before.market.closes === closes;
  const taken: (TakenPosition | null)[] = stays ? before.taken.slice(0, positions.length) : [];
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] as HeldPosition;
    if (!stays || position !== before.positions[at]) taken[at] = takePosition(position, account.account.asOf, holdings);
  }
  return { positions, market: { instruments, closes }, taken };
}

export function partsAt({ taken }: PointInputs): Parts {
  return partsTaken(taken);
}
