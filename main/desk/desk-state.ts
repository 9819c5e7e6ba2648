import type { AccountRow, BookInfo, QueueRow } from '../../shared/views.ts';
import type { Call, MarginRun } from '../../shared/domain/call.ts';
import type { AccountId, FxFact } from '../../shared/domain/facts.ts';
import type { PositionColumns } from '../../shared/domain/position-columns.ts';
import { MARGIN_STATUSES } from '../../shared/domain/status.ts';
import type { TableName } from '../../shared/packed-rows/tables.ts';
import { assert } from '../../shared/result.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { MarketTexts } from '../books/reading/market-texts.ts';
import type { QueueLine } from '../calls/queue.ts';
import type { Branch } from './branches.ts';
import type { DayStart } from './day-start.ts';
import type { FactChunks } from './fact-chunks.ts';
import { computeAccount, shelfOf, type Computed } from './compute.ts';
import type { BookLanes } from '../engine/columns/book/book-lanes.ts';
import { versionsOf } from '../engine/packs/shelf.ts';
import { finish, type Slices } from './rows/slices.ts';
import { noOrders, type RowOrders } from './rows/row-orders.ts';
import { emptyTable, type RowTable } from './rows/row-table.ts';
import { marksAsOf, type AccountHoldings, type Holdings } from './holdings.ts';
import type { Sections } from './snapshot-sections.ts';
import type { AccountSummary } from './summary.ts';

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

/** A book that was opened: what is known of it without reading it. */
export interface BookBegun extends Pick<BookStanding, 'name' | 'readOnly' | 'heldBy'> {
  /** Of a snapshot, and the version that it was written under. */
  snapshot: { version: string; sections: Sections } | null;
}

/** What all accounts of a book share, as the book thread hands it over: instruments, marks and exchange rates. */
export interface MarketRead extends MarketTexts {
  fx: FxFact[];
}

/** Accounts of a book, all of them or the most urgent, as the book thread hands them over. */
export interface BookRead {
  standing: BookStanding;
  /** The latest day that any account's positions are of, also one that is not among these; null in an empty book. */
  businessDate: IsoDate | null;
  accountsInAll: number;
  /** Null where the market that was handed over before still stands. */
  market: MarketRead | null;
  /** All that is the accounts' own but the positions. */
  facts: FactChunks;
  positions: PositionColumns;
}

export interface Lists {
  accounts: RowTable<'accounts'>;
  queue: RowTable<'queue'>;
  orders: Record<TableName, RowOrders>;
}

export function emptyLists(): Lists {
  return { accounts: emptyTable('accounts'), queue: emptyTable('queue'), orders: { accounts: noOrders(), queue: noOrders() } };
}

/** Everything the desk thread answers from: the book in memory, the figures, the calls and the what-if branches. */
export interface DeskState {
  standing: BookStanding;
  holdings: Holdings;
  /** What the figures come from; null of a calc pack, and while a change is under way. */
  lanes: BookLanes | null;
  /** Every account's figures, without positions and trees. */
  summaries: Map<AccountId, AccountSummary>;
  /** Accounts that somebody looked at last, with their positions and trees, on these holdings. */
  looked: Map<AccountId, Computed>;
  accountRows: Map<AccountId, AccountRow>;
  /** By account, its lines of the queue: only those of an account that moved are made again. */
  queueLines: Map<AccountId, QueueLine[]>;
  queue: QueueRow[];
  /** The lists that screens follow, and the orders they look at them in. */
  lists: Lists;
  branches: Map<string, Branch>;
}

export function accountOf(state: DeskState, account: AccountId): AccountHoldings {
  const holdings = state.holdings.accounts.get(account);
  assert(holdings !== undefined, `no account ${account}`);
  return holdings;
}

export function summaryIn(state: DeskState, account: AccountId): AccountSummary {
  const summary = state.summaries.get(account);
  assert(summary !== undefined, `account ${account} was not computed`);
  return summary;
}

// Enough for the windows of one person; a tree of a large account takes tens of megabytes.
const LOOKED_AT_MAX = 8;

/** An account in full, by the explaining engine: computed when it is looked at, and kept while others are not more recent. */
export function computedOf(state: DeskState, account: AccountId): Computed {
  const { looked, holdings } = state;
  const computed = looked.get(account) ?? computeAccount(holdings, accountOf(state, account));
  looked.delete(account);
  looked.set(account, computed);
  const [oldest] = looked.keys();
  if (looked.size > LOOKED_AT_MAX && oldest !== undefined) looked.delete(oldest);
  return computed;
}

// Asked for with every push and by every screen, and the same until rows are put in place again.
const infos = new WeakMap<DeskState['accountRows'], { standing: BookStanding; info: BookInfo }>();

export function bookInfo(state: DeskState): BookInfo {
  const known = infos.get(state.accountRows);
  if (known?.standing === state.standing) return known.info;
  return finish(statingInfo(state));
}

const ROWS_A_SLICE = 2_048;

/** The same in slices, before somebody asks. */
export function* statingInfo(state: Pick<DeskState, 'standing' | 'holdings' | 'accountRows'>): Slices<BookInfo> {
  const info = yield* infoOf(state);
  infos.set(state.accountRows, { standing: state.standing, info });
  return info;
}

function* infoOf({ standing, holdings, accountRows }: Pick<DeskState, 'standing' | 'holdings' | 'accountRows'>): Slices<BookInfo> {
  const byStatus = Object.fromEntries(MARGIN_STATUSES.map((status) => [status, 0])) as BookInfo['byStatus'];
  let [positions, excluded, looked] = [0, 0, 0];
  for (const row of accountRows.values()) {
    byStatus[row.status] += 1;
    positions += row.positions;
    excluded += row.excluded;
    looked += 1;
    if (looked % ROWS_A_SLICE === 0) yield;
  }
  yield;
  return {
    name: standing.name,
    sequence: standing.sequence,
    businessDate: holdings.businessDate,
    marksAsOf: marksAsOf(holdings),
    accounts: accountRows.size,
    positions,
    instruments: holdings.instruments.size,
    excluded,
    readOnly: standing.readOnly,
    ...(holdings.given ? { isCalcPack: true } : {}),
    heldBy: standing.heldBy,
    lastOfficialRun: standing.lastOfficialRun,
    byStatus,
    packs: [...shelfOf(holdings).packs.keys()].flatMap((pack) => versionsOf(shelfOf(holdings), pack).map(({ id, version }) => `${id}@${version}`)),
  };
}
