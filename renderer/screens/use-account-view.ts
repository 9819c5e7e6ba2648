import { useState } from 'react';
import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import type { AccountRow, AccountView } from '../../shared/views.ts';
import { useAnswer, type Answer } from '../desk/hooks.ts';

/** An account's view, and whether its call prices are still being searched for. */
export interface AccountViewAnswer extends Answer<AccountView> {
  searching: boolean;
}

/**
 * The view of an account as it moves. Call prices take a search each, which of a large account are thousands: it is shown
 * without them, and with them once they are there for the very figures that are shown. On a branch nobody sees those of the live account, and
 * edits would wait for the search.
 */
export function useAccountView(account: string, live: AccountRow | undefined, isOnBranch: boolean): AccountViewAnswer {
  // The list of accounts comes in pages, and this one may be among the last.
  const [positions, setPositions] = useState<number | null>(null);
  const size = live?.positions ?? positions;
  const isLarge = size !== null && size >= POSITIONS_LARGE;
  const full = useAnswer('accounts.view', size === null || (isLarge && isOnBranch) ? null : { account }, live, isLarge);
  const quick = useAnswer('accounts.view', isLarge || !full.value ? { account, callPrices: false } : null, live);
  if (positions === null && quick.value) setPositions(quick.value.row.positions);
  if (full.value && (!quick.value || !isLarge || isOfSameMoment(quick.value, full.value))) return { ...full, searching: false };
  return { ...quick, fault: quick.fault ?? full.fault, searching: isLarge && full.fault === null };
}

/** A price that moves anything of an account moves a figure of its row. */
function isOfSameMoment(one: AccountView, other: AccountView): boolean {
  return JSON.stringify([one.row, one.calls]) === JSON.stringify([other.row, other.calls]);
}
