import type { AccountRow, BookInfo, QueueRow } from '../../shared/views.ts';
import type { Call, MarginRun } from '../../shared/domain/call.ts';
import type { AccountId } from '../../shared/domain/facts.ts';
import { MARGIN_STATUSES } from '../../shared/domain/status.ts';
import { assert } from '../../shared/result.ts';
import type { Branch } from './branches.ts';
import type { DayStart } from './day-start.ts';
import { deskPacks, type Computed } from './compute.ts';
import { versionsOf } from '../engine/packs/shelf.ts';
import { marksAsOf, type AccountHoldings, type Holdings } from './holdings.ts';

/** What the book thread says of the book when it opens or moves on. */
export interface BookStanding {
  name: string;
  sequence: number;
  readOnly: boolean;
  heldBy: string | null;
  lastOfficialRun: MarginRun | null;
  calls: Call[];
  /** Calls left unmet, or met by selling, in the twelve months before, by account, line break and type. */
  strikes: ReadonlyMap<string, number>;
  /** What the day starts from. */
  start: DayStart;
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
    packs: [...deskPacks().packs.keys()].flatMap((pack) => versionsOf(deskPacks(), pack).map(({ id, version }) => `${id}@${version}`)),
  };
}
