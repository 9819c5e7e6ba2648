import type { PushMessage } from '../../shared/contract.ts';
import type { AccountRow, BookInfo, QueueRow } from '../../shared/views.ts';
import type { Call, MarginRun } from '../../shared/domain/call.ts';
import type { AccountId, Facts, MarkFact } from '../../shared/domain/facts.ts';
import { MARGIN_STATUSES } from '../../shared/domain/status.ts';
import { assert } from '../../shared/result.ts';
import { accountRow } from './account-row.ts';
import type { Branch } from './branches.ts';
import { queueRows } from './call-inputs.ts';
import { computeAccount, deskPacks, type Computed } from './compute.ts';
import { dirtyAccounts } from './dirty-accounts.ts';
import { holdingsFrom, marksAsOf, withMark, type AccountHoldings, type Holdings } from './holdings.ts';

/** What the book thread says of the book when it opens or moves on. */
export interface BookStanding {
  name: string;
  sequence: number;
  readOnly: boolean;
  heldBy: string | null;
  lastOfficialRun: MarginRun | null;
  calls: Call[];
  /** Last step of each open call, as people read it. */
  lastActions: ReadonlyMap<string, string>;
}

/** Everything the desk thread answers from: the book in memory, the figures, the calls and the what-if branches. */
export interface DeskState {
  standing: BookStanding;
  holdings: Holdings;
  computed: Map<AccountId, Computed>;
  accountRows: Map<AccountId, AccountRow>;
  queue: QueueRow[];
  branches: Map<string, Branch>;
}

export function openState(standing: BookStanding, facts: Facts): DeskState {
  const state: DeskState = { standing, holdings: holdingsFrom(facts), computed: new Map(), accountRows: new Map(), queue: [], branches: new Map() };
  recompute(state, state.holdings.accounts.keys());
  return state;
}

/** The book moved on: new facts, new calls. Accounts that the change cannot touch keep their figures. */
export function reload(state: DeskState, standing: BookStanding, facts: Facts): void {
  const before = state.holdings;
  state.standing = standing;
  state.holdings = holdingsFrom(facts);
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

/** Rows follow from figures and calls; called again when only the calls changed. */
export function refreshRows(state: DeskState): void {
  const openCalls = new Map<AccountId, number>();
  for (const { account } of state.standing.calls) openCalls.set(account, (openCalls.get(account) ?? 0) + 1);
  state.accountRows = new Map(
    [...state.holdings.accounts].map(([id, holdings]) => [id, accountRow(holdings, computedOf(state, id).state, openCalls.get(id) ?? 0)]),
  );
  state.queue = queueRows(state);
}

export function accountOf(state: DeskState, account: AccountId): AccountHoldings {
  const holdings = state.holdings.accounts.get(account);
  assert(holdings !== undefined, `no account ${account}`);
  return holdings;
}

export function computedOf(state: DeskState, account: AccountId): Computed {
  const computed = state.computed.get(account);
  assert(computed !== undefined, `account ${account} was not computed`);
  return computed;
}

export function bookInfo(state: DeskState): BookInfo {
  const { standing, holdings } = state;
  const rows = [...state.accountRows.values()];
  const byStatus = Object.fromEntries(MARGIN_STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length]));
  return {
    name: standing.name,
    sequence: standing.sequence,
    businessDate: holdings.businessDate,
    marksAsOf: marksAsOf(holdings),
    accounts: rows.length,
    positions: rows.reduce((total, row) => total + row.positions, 0),
    instruments: holdings.instruments.size,
    excluded: rows.reduce((total, row) => total + row.excluded, 0),
    readOnly: standing.readOnly,
    heldBy: standing.heldBy,
    lastOfficialRun: standing.lastOfficialRun,
    byStatus: byStatus as BookInfo['byStatus'],
    packs: [...deskPacks().packs.values()].map(({ id, version }) => `${id}@${version}`),
  };
}

/** What changed between two moments of the desk, as the messages that tell it. */
export function changesBetween(before: Pick<DeskState, 'accountRows' | 'queue'>, after: DeskState): PushMessage[] {
  const { sequence } = after.standing;
  const rows = [...after.accountRows.values()].filter((row) => differs(row, before.accountRows.get(row.account)));
  const removed = [...before.accountRows.keys()].filter((account) => !after.accountRows.has(account));
  const queueBefore = new Map(before.queue.map((row) => [row.key, row]));
  const queue = after.queue.filter((row) => differs(row, queueBefore.get(row.key)));
  const messages: PushMessage[] = [{ push: 'book.changed', value: bookInfo(after) }];
  if (rows.length > 0 || removed.length > 0) messages.push({ push: 'accounts.changed', value: { sequence, rows, removed } });
  if (queue.length > 0 || before.queue.length !== after.queue.length) {
    messages.push({ push: 'queue.changed', value: { sequence, rows: queue, order: after.queue.map((row) => row.key) } });
  }
  return messages;
}

function differs<T>(row: T, before: T | undefined): boolean {
  return before === undefined || JSON.stringify(row) !== JSON.stringify(before);
}
