import type { CallState, CallType } from '../../../shared/domain/call.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { statement } from '../sql/connect.ts';
import { URGENT_SQL } from '../sql/urgent-statements.ts';
import { snapshot } from './snapshot.ts';

/** What an account's place depends on: the states a call is open in, types of calls with the heaviest first, and the run whose figures tell. */
export interface UrgentBy {
  openStates: readonly CallState[];
  typesByWeight: readonly CallType[];
  run: string | null;
}

/** How much is wanted at most; one account in any case. */
export interface Share {
  accounts: number;
  positions: number;
}

/**
 * The accounts, by number, whose rows matter first: by what they were left with and asked by the last run, while they keep
 * within the share. Of those that come merely as the book numbers them, one that would take most of it is passed over.
 * Nothing of it is verified: an order is no figure, and what is read of these accounts is verified as ever.
 */
export function readUrgent(book: Book, { openStates, typesByWeight, run }: UrgentBy, share: Share): number[] {
  return snapshot(book, () => {
    const ordered = statement(book.db, URGENT_SQL.accounts).all({ types: JSON.stringify(typesByWeight), states: JSON.stringify(openStates), run, most: share.accounts }) as [number, 0 | 1][];
    const positions = statement(book.db, URGENT_SQL.positionsOf);
    const chosen: number[] = [];
    let held = 0;
    for (const [account, isUrgent] of ordered) {
      const [count] = positions.get(account) as [number];
      if (!isUrgent && count * 2 > share.positions) continue;
      held += count;
      if (chosen.length > 0 && held > share.positions) break;
      chosen.push(account);
    }
    return chosen.length > 0 ? chosen : ordered.slice(0, 1).map(([account]) => account);
  });
}

/** Whether the book holds more positions than this. */
export function holdsMoreThan(book: Book, positions: number): boolean {
  return statement(book.db, URGENT_SQL.positionBehind).get(positions) !== undefined;
}

/** How many accounts there are, and the latest day that any of them is of: null where there is none. Not verified. */
export function readExtent(book: Book): { accounts: number; day: IsoDate | null } {
  const [accounts, day] = statement(book.db, URGENT_SQL.extent).get() as [number, IsoDate | null];
  return { accounts, day };
}
