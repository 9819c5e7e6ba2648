import type { AccountId, Facts, InstrumentFact, MarkFact } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { AccountRow, QueueRow } from '../../shared/views.ts';
import { assert } from '../../shared/result.ts';
import { factsInTexts } from '../books/reading/market-texts.ts';
import type { QueueLine } from '../calls/queue.ts';
import { byUrgency } from '../calls/urgency.ts';
import type { BookLanes } from '../engine/columns/book/book-lanes.ts';
import { accountRow } from './account-row.ts';
import { queueLinesOf } from './call-inputs.ts';
import { accountOf, emptyLists, statingInfo, summaryIn, type BookRead, type BookStanding, type DeskState, type MarketRead } from './desk-state.ts';
import { changesBetween, dirtyAccounts } from './dirty-accounts.ts';
import { factsIn } from './fact-chunks.ts';
import { holdingsFrom, takingIn, takingMark, type BookMarket, type Holdings } from './holdings.ts';
import { summaryFrom } from './lane-summaries.ts';
import { statingTerms } from './margin-inputs.ts';
import { sorted } from './rows/merge-sort.ts';
import { asBefore, changingRows, settingRows } from './rows/row-table.ts';
import { finish, type Slices } from './rows/slices.ts';
import { movedLanes, openingLanes, tickedLanes } from './standing-lanes.ts';

/**
 * Bringing figures up to date. What takes long yields between accounts, and nothing of it shows before all of it is
 * done: until then every question is answered from the state before.
 */

/** A desk over a book that was just read: every account computed. */
export function openState(standing: BookStanding, facts: Facts): DeskState {
  return finish(opening(standing, holdingsFrom(facts, standing.start)));
}

/** The same over holdings wherever they come from, in slices. */
export function* opening(standing: BookStanding, holdings: Holdings, lists = emptyLists()): Slices<DeskState> {
  const state = begun(standing, holdings, { summaries: new Map(), lists });
  yield* recomputing(state);
  return state;
}

/** A desk over figures that were computed before, until `recomputing` has taken nobody's word for them. */
export function* resuming(standing: BookStanding, holdings: Holdings, before: Pick<DeskState, 'summaries' | 'lists'>): Slices<DeskState> {
  const state = begun(standing, holdings, before);
  yield* moveTo(state, { standing, holdings, lanes: null }, [], holdings.accounts.keys());
  return state;
}

/** Every account anew. */
export function* recomputing(state: DeskState): Slices<void> {
  const { standing, holdings } = state;
  yield* moveTo(state, { standing, holdings, lanes: yield* openingLanes(holdings) }, holdings.accounts.keys(), holdings.accounts.keys());
}

function begun(standing: BookStanding, holdings: Holdings, { summaries, lists }: Pick<DeskState, 'summaries' | 'lists'>): DeskState {
  return { standing, holdings, lanes: null, summaries, looked: new Map(), accountRows: new Map(), queueLines: new Map(), queue: [], lists, branches: new Map() };
}

/** The market that the book thread read, as the desk holds it. */
export function* holdingMarket(read: MarketRead): Slices<BookMarket> {
  const [instruments, marks] = [new Map<InstrumentId, InstrumentFact>(), new Map<InstrumentId, MarkFact>()];
  for (const { instrument, mark } of factsInTexts(read)) {
    for (const fact of instrument) instruments.set(fact.id, fact);
    for (const fact of mark) marks.set(fact.instrument, fact);
    yield;
  }
  yield* statingTerms(instruments);
  return { instruments, marks, fx: read.fx };
}

/** Accounts that the book thread read, in the market that was read with them, or else before. */
export function* holding({ standing: { start }, businessDate, market, facts, positions }: BookRead, before: BookMarket | null = null): Slices<Holdings> {
  const known = market ? yield* holdingMarket(market) : before;
  assert(known !== null, 'accounts are read with their market, or after it');
  return yield* takingIn(known, yield* factsIn(facts), { start, positions, businessDate });
}

/** The book moved on: new facts, new calls. Accounts that the change cannot touch keep their figures. */
export function* reloading(state: DeskState, standing: BookStanding, holdings: Holdings): Slices<void> {
  const changes = yield* changesBetween(state.holdings, holdings);
  const lanes = yield* movedLanes(takenFrom(state), state.holdings, holdings, changes);
  // Calls and days are new to every row, figures only to some.
  yield* moveTo(state, { standing, holdings, lanes }, yield* dirtyAccounts(changes, holdings), holdings.accounts.keys());
}

export function reload(state: DeskState, standing: BookStanding, facts: Facts): void {
  finish(reloading(state, standing, holdingsFrom(facts, standing.start)));
}

/** One price changed: only the accounts that hold the instrument, or an option on it, are computed again. */
export function* applyingMark(state: DeskState, mark: MarkFact, sequence: number): Slices<void> {
  const holdings = yield* takingMark(state.holdings, mark);
  yield;
  const { lanes, moved } = yield* tickedLanes(takenFrom(state), state.holdings, holdings, mark);
  yield* moveTo(state, { standing: { ...state.standing, sequence }, holdings, lanes }, moved, moved);
}

export function applyMark(state: DeskState, mark: MarkFact, sequence: number): void {
  finish(applyingMark(state, mark, sequence));
}

/** The lanes, out of the state while they change: were that to end halfway, they would be opened anew. */
function takenFrom(state: DeskState): BookLanes | null {
  const { lanes } = state;
  state.lanes = null;
  return lanes;
}

type Moved = Pick<DeskState, 'standing' | 'holdings' | 'lanes'>;

/** The state on these holdings: figures of the `dirty` accounts and rows of the `shown` ones made again, then all put in place at once. */
function* moveTo(state: DeskState, { standing, holdings, lanes }: Moved, dirty: Iterable<AccountId>, shownAnew: Iterable<AccountId>): Slices<void> {
  const shown = [...shownAnew];
  const isSame = holdings.accounts === state.holdings.accounts;
  const here = <T>(before: ReadonlyMap<AccountId, T>): Map<AccountId, T> => (isSame ? new Map(before) : new Map([...before].filter(([account]) => holdings.accounts.has(account))));
  const next: DeskState = { ...state, standing, holdings, lanes, summaries: here(state.summaries), looked: here(state.looked) };
  yield;
  next.accountRows = here(state.accountRows);
  yield;
  next.queueLines = here(state.queueLines);
  yield;
  for (const account of dirty) {
    next.looked.delete(account);
    next.summaries.set(account, summaryFrom(lanes, holdings, accountOf(next, account)));
    yield;
  }
  yield* showRows(next, shown);
  yield;
  const { summaries, looked, queueLines, queue } = next;
  const stayed = state.accountRows.size === holdings.accounts.size && [...holdings.accounts.keys()].every((account) => state.accountRows.has(account));
  const accountRows = stayed ? next.accountRows : yield* inBookOrder(next);
  yield* statingInfo({ standing, holdings, accountRows });
  const changed = stayed ? shown.map((account) => accountRows.get(account)).filter((row) => row !== undefined) : null;
  yield;
  const { lists } = state;
  const putAccounts = yield* changed ? changingRows(lists.accounts, changed) : settingRows(lists.accounts, [...accountRows.values()]);
  const putQueue = yield* settingRows(lists.queue, queue);
  Object.assign(state, { standing, holdings, lanes, summaries, looked, accountRows, queueLines, queue });
  putAccounts();
  putQueue();
}

const ORDERED_A_SLICE = 1_024;

/** Rows of accounts in the book's own order, whatever order they were made in. */
function* inBookOrder({ holdings, accountRows }: DeskState): Slices<Map<AccountId, AccountRow>> {
  const rows = new Map<AccountId, AccountRow>();
  for (const account of holdings.accounts.keys()) {
    const row = accountRows.get(account);
    if (row && rows.set(account, row).size % ORDERED_A_SLICE === 0) yield;
  }
  return rows;
}

function* showRows(next: DeskState, accounts: Iterable<AccountId>): Slices<void> {
  const callsBy = Map.groupBy(next.standing.calls, ({ account }) => account);
  for (const account of accounts) {
    const calls = callsBy.get(account) ?? [];
    next.accountRows.set(account, asBefore('accounts', next.accountRows.get(account), accountRow(accountOf(next, account), summaryIn(next, account), calls.length)));
    next.queueLines.set(account, queueLinesOf(next, account, calls));
    yield;
  }
  next.queue = yield* ranked([...next.queueLines.values()].flat());
}

/** As `rankedQueue` ranks them, in slices. */
function* ranked(lines: readonly QueueLine[]): Slices<QueueRow[]> {
  const order = yield* sorted(Uint32Array.from(lines.keys()), (a, b) => byUrgency((lines[a] as QueueLine).urgency, (lines[b] as QueueLine).urgency));
  yield;
  const rows: QueueRow[] = [];
  for (const at of order) if (rows.push({ rank: rows.length + 1, ...(lines[at] as QueueLine).row }) % ORDERED_A_SLICE === 0) yield;
  return rows;
}
