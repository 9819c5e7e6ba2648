import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import type { AccountRow, AccountView } from '../../shared/views.ts';
import { useAnswer, useDesk, useLoaded, useValue, type Answer } from '../desk/hooks.ts';

/** An account's view, and whether its call prices are still being searched for. */
export interface AccountViewAnswer extends Answer<AccountView> {
  searching: boolean;
}

/**
 * The view of an account as it moves. Call prices take a search each, which of a large account are thousands: it is shown
 * without them, and with them once they are there for the very figures that are shown. On a branch nobody sees them, and
 * edits would wait for the search.
 */
export function useAccountView(account: string, live: AccountRow | undefined, isOnBranch: boolean): AccountViewAnswer {
  // How large it is the list of accounts says; one that is not in it is asked for all the same, to be told why.
  const { accounts, trouble } = useDesk();
  const [isLoaded, isUnknown] = [useLoaded(accounts), useValue(trouble) !== null];
  const isAsked = isLoaded || isUnknown;
  const isLarge = (live?.positions ?? 0) >= POSITIONS_LARGE;
  const quick = useAnswer('accounts.view', isLarge ? { account, callPrices: false } : null, live);
  const full = useAnswer('accounts.view', isAsked && !(isLarge && isOnBranch) ? { account } : null, live, isLarge);
  if (!quick.value || (full.value && isOfSameMoment(quick.value, full.value))) return { ...full, fault: full.fault ?? quick.fault, searching: false };
  return { ...quick, fault: quick.fault ?? full.fault, searching: full.fault === null };
}

/** A price that moves anything of an account moves a figure of its row. */
function isOfSameMoment(one: AccountView, other: AccountView): boolean {
  return JSON.stringify([one.row, one.calls]) === JSON.stringify([other.row, other.calls]);
}
