import type { AccountId, Facts, MarkFact } from '../../shared/domain/facts.ts';
import { accountRow } from './account-row.ts';
import { queueRows } from './call-inputs.ts';
import { computeAccount } from './compute.ts';
import { accountOf, computedOf, type BookStanding, type DeskState } from './desk-state.ts';
import { dirtyAccounts } from './dirty-accounts.ts';
import { holdingsFrom, withMark } from './holdings.ts';

/** A desk over a book that was just read: every account computed. */
export function openState(standing: BookStanding, facts: Facts): DeskState {
  const state: DeskState = { standing, holdings: holdingsFrom(facts, standing.start), computed: new Map(), accountRows: new Map(), queue: [], branches: new Map() };
  recompute(state, state.holdings.accounts.keys());
  return state;
}

/** The book moved on: new facts, new calls. Accounts that the change cannot touch keep their figures. */
export function reload(state: DeskState, standing: BookStanding, facts: Facts): void {
  const before = state.holdings;
  state.standing = standing;
  state.holdings = holdingsFrom(facts, standing.start);
  for (const account of state.computed.keys()) if (!state.holdings.accounts.has(account)) state.computed.delete(account);
  recompute(state, dirtyAccounts(before, state.holdings));
}

/** One price changed: only the accounts that hold the instrument, or an option on it, are computed again. */
export function applyMark(state: DeskState, mark: MarkFact, sequence: number): void {
  state.standing = { ...state.standing, sequence };
  state.holdings = withMark(state.holdings, mark);
  recompute(state, state.holdings.holders.get(mark.instrument) ?? []);
}

function recompute(state: DeskState, accounts: Iterable<AccountId>): void {
  for (const account of accounts) state.computed.set(account, computeAccount(state.holdings, accountOf(state, account)));
  refreshRows(state);
}

/** Rows follow from figures and calls; there are few enough to make them all again. */
function refreshRows(state: DeskState): void {
  const openCalls = new Map<AccountId, number>();
  for (const { account } of state.standing.calls) openCalls.set(account, (openCalls.get(account) ?? 0) + 1);
  state.accountRows = new Map(
    [...state.holdings.accounts].map(([id, holdings]) => [id, accountRow(holdings, computedOf(state, id), openCalls.get(id) ?? 0)]),
  );
  state.queue = queueRows(state);
}
