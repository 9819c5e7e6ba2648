import type { DeskState } from '../desk/desk-state.ts';
import { go, goToAccount, type Route } from './router.ts';

/** The entry `step` places from `current`, or the first when `current` is not in the list; null at its ends. */
export function neighbour(list: readonly string[], current: string | null, step: number): string | null {
  const at = current === null ? -1 : list.indexOf(current);
  if (at < 0) return list[0] ?? null;
  return list[at + step] ?? null;
}

/** `[` and `]`: the account before or after this one, in the order of the account list. */
export function walkAccounts(desk: DeskState, route: Route, lastAccount: string | null, step: number): void {
  const current = route.screen === 'account' ? route.account : lastAccount;
  const next = neighbour(desk.accounts.keys(), current, step);
  if (next !== null) goToAccount(next);
}

/** J and K away from the queue: the account of the next or previous call. An account with two calls is one stop. */
export function walkCalls(desk: DeskState, route: Route, step: number): void {
  const accounts = [...new Set(desk.queue.rows().map((row) => row.account))];
  if (route.screen !== 'account') return go({ screen: 'queue' });
  const next = neighbour(accounts, route.account, step);
  if (next !== null) goToAccount(next);
}
