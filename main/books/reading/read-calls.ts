import type { Call, CallEvent, CallState, CallType, DailyMarginRecord, MarginRun, SatisfiedBy } from '../../../shared/domain/call.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS } from '../digests/partitions.ts';
import { ensureHistory, intactHistory, intactRows } from '../digests/verify.ts';
import { readCodes } from '../facts/ids.ts';
import { statement } from '../sql/connect.ts';
import { CALL_SQL } from '../sql/call-statements.ts';
import type { Row } from '../tables/bind.ts';
import { sortByKey } from '../tables/versioned.ts';
import { call as callTable } from '../tables/versioned-tables.ts';
import { isKnownAt, type PointInTime } from './known-at.ts';
import { snapshot } from './snapshot.ts';

type Maybe = string | null;
type CallRow = [0, number, string, CallType, CallState, string, string, string, string, string, string, string, string, Maybe, string];

/** Every call, open and closed, by account and id, or those of accounts by number; as known after an entry when one is named. Throws BookDamaged. */
export function readCalls(book: Book, at?: Pick<PointInTime, 'sequence'>, accounts: readonly number[] | null = null): Call[] {
  return snapshot(book, () => {
    const rows = (accounts ?? [null]).flatMap((account) => callRows(book, at, account));
    const code = readCodes(book.db, 'account');
    const calls = rows.map((row) => toCall(row as CallRow, code));
    return calls.sort((left, right) => compare(left.account, right.account) || compare(left.id, right.id));
  });
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function callRows(book: Book, at: Pick<PointInTime, 'sequence'> | undefined, account: number | null): Row[] {
  const current = [...intactRows(book, PARTITION_KINDS.calls, account).values()].flatMap(({ current }) => current[0] ?? []);
  if (!at) return current;
  const past = [...intactHistory(book, PARTITION_KINDS.calls, account).values()].flat().filter(({ table }) => table === callTable);
  return sortByKey(callTable, [...current, ...past.map(({ row }) => row)].filter((row) => isKnownAt(callTable, row, at)));
}

function toCall(row: CallRow, code: (id: number) => string): Call {
  const [, account, id, type, state, currency, called, met, outstanding, raisedAt, dueOn, runId, excessAtRaise, owner, raisedOn] = row;
  return { id, account: code(account), type, state, currency, called, met, outstanding, raisedOn, raisedAt, dueOn, runId, excessAtRaise, owner };
}

type EventRow = [string, CallEvent['kind'], CallState | null, CallState, Maybe, SatisfiedBy | null, string, string, Maybe, string];

/** The steps of one call's life, oldest first; none when there is no such call. Throws BookDamaged. */
export function readCallEvents(book: Book, callId: string): CallEvent[] {
  return snapshot(book, () => {
    const accounts = statement(book.db, CALL_SQL.accountOfCall).all(callId) as [number][];
    for (const [account] of accounts) ensureHistory(book, PARTITION_KINDS.calls, account);
    const rows = statement(book.db, CALL_SQL.events).all(callId) as EventRow[];
    return rows.map(([callId, kind, from, to, amount, satisfiedBy, at, by, runId, reason]) => ({
      callId,
      kind,
      from,
      to,
      amount,
      satisfiedBy,
      at,
      by,
      runId,
      reason,
    }));
  });
}

/** How many calls of a type an account left unmet, or met by selling, since a day; of all accounts, or by number. Throws BookDamaged. */
export function readStrikes(book: Book, since: IsoDate, accounts: readonly number[] | null = null): { account: string; type: CallType; calls: number }[] {
  return snapshot(book, () => {
    for (const account of accounts ?? [null]) ensureHistory(book, PARTITION_KINDS.calls, account);
    const rows = (accounts ? accounts.flatMap((account) => statement(book.db, CALL_SQL.strikesSinceOf).all(account, since)) : statement(book.db, CALL_SQL.strikesSince).all(since)) as [string, CallType, number][];
    return rows.map(([account, type, calls]) => ({ account, type, calls }));
  });
}

/** The last run of a kind; null when there has been none. Throws BookDamaged. */
export function lastRun(book: Book, kind: MarginRun['kind']): MarginRun | null {
  return snapshot(book, () => {
    ensureHistory(book, PARTITION_KINDS.runs, 0);
    const row = statement(book.db, CALL_SQL.lastRun).get(kind) as [string, string, string, MarginRun['kind'], number, string] | undefined;
    if (!row) return null;
    const [id, businessDate, marksAsOf, runKind, sequence, at] = row;
    return { id, businessDate, marksAsOf, kind: runKind, sequence, at };
  });
}

type RecordRow = [string, IsoDate, CallType, string, string, string, SatisfiedBy | null, IsoDate | null, string];

/** The daily record of required margin between two days, both included, in the order it was written. Throws BookDamaged. */
export function readDailyRecords(book: Book, from: IsoDate, to: IsoDate): DailyMarginRecord[] {
  return snapshot(book, () => {
    ensureHistory(book, PARTITION_KINDS.calls, null);
    const rows = statement(book.db, CALL_SQL.recordsOfDay).all(from, to) as RecordRow[];
    return rows.map(([account, businessDate, type, callId, required, outstanding, satisfiedBy, satisfiedOn, runId]) => ({
      account,
      businessDate,
      type,
      callId,
      required,
      outstanding,
      satisfiedBy,
      satisfiedOn,
      runId,
    }));
  });
}
