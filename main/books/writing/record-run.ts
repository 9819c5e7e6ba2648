import type { Call, CallEvent, DailyMarginRecord, MarginRun } from '../../../shared/domain/call.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS } from '../digests/partitions.ts';
import type { Numbering } from '../facts/to-rows.ts';
import type { PriorMargin } from '../reading/read-prior.ts';
import { statement } from '../sql/connect.ts';
import { CALL_SQL } from '../sql/call-statements.ts';
import type { Row } from '../tables/bind.ts';
import { callEventTable, dailyMarginRecordTable, marginRunTable } from '../tables/record-tables.ts';
import { call as callTable, priorMargin } from '../tables/versioned-tables.ts';
import type { Authorship } from './authorship.ts';
import { changeRow } from './change-row.ts';
import { writeEntry, type Entry } from './entry.ts';
import { numbering } from './numbering.ts';
import { appendRecord } from './partition-edit.ts';

/** What an official run left behind: the calls it raised or moved, each step, and the daily record of required margin. */
export interface RunOutcome {
  run: MarginRun;
  /** Calls as they stand after the run; those that did not change may be among them. */
  calls: readonly Call[];
  events: readonly CallEvent[];
  records: readonly DailyMarginRecord[];
  /** What the next day's figures start from, where it is known. */
  priors?: readonly PriorMargin[];
}

/** Records a margin run as one entry. The same outcome again changes nothing; events and daily records only grow. */
export function recordRun(book: Book, outcome: RunOutcome, authorship: Authorship): Result<{ sequence: number }> {
  const written = writeEntry(book, authorship, (entry) => {
    const number = numbering(book, entry);
    const accountOf = new Map(outcome.calls.map(({ id, account }) => [id, account]));
    const moved = outcome.calls.filter((call) => writeCall(book, entry, number, call)).length;
    for (const event of outcome.events) writeEvent(book, entry, number, event, accountOf);
    const records = outcome.records.filter((record) => writeRecord(book, entry, number, record)).length;
    const { run } = outcome;
    for (const prior of outcome.priors ?? []) writePrior(book, entry, number, run, prior);
    const isKnown = statement(book.db, CALL_SQL.isKnownRun).get(run.kind, run.id) !== undefined;
    if (isKnown && moved + outcome.events.length + records === 0) return { value: null, entry: null };
    appendRecord(entry.partition(PARTITION_KINDS.runs, 0), marginRunTable, [
      entry.sequence,
      run.id,
      run.businessDate,
      run.marksAsOf,
      run.kind,
      run.sequence,
      run.at,
    ]);
    const detail = { run: run.id, businessDate: run.businessDate, marksAsOf: run.marksAsOf, calls: moved, events: outcome.events.length, records };
    return { value: null, entry: { action: 'run', reason: `Ran the ${run.kind} margin run of ${run.businessDate}`, detail } };
  });
  return written.ok ? succeed({ sequence: written.value.sequence }) : written;
}

function writePrior(book: Book, entry: Entry, number: Numbering, run: MarginRun, { account: code, currency, sma, equity, excess }: PriorMargin): boolean {
  const account = number.account(code);
  const key: Row = [account, currency];
  const edit = entry.partition(PARTITION_KINDS.priorMargin, account);
  return changeRow(book, entry, edit, priorMargin, { key, draft: { key, values: [sma, equity, excess, run.id], validFrom: run.businessDate } }, null);
}

function writeCall(book: Book, entry: Entry, number: Numbering, call: Call): boolean {
  const account = number.account(call.account);
  const key: Row = [account, call.id];
  const { type, state, currency, called, met, outstanding, raisedAt, dueOn, runId, excessAtRaise, owner } = call;
  const values: Row = [type, state, currency, called, met, outstanding, raisedAt, dueOn, runId, excessAtRaise, owner];
  const edit = entry.partition(PARTITION_KINDS.calls, account);
  return changeRow(book, entry, edit, callTable, { key, draft: { key, values, validFrom: call.raisedOn } }, null);
}

/** Numbers handed out within this entry are not in the database yet, so each call's are counted on. */
const lastNumbers = new WeakMap<Entry, Map<string, number>>();

function nextEventNumber(book: Book, entry: Entry, account: number, callId: string): number {
  let numbers = lastNumbers.get(entry);
  if (!numbers) lastNumbers.set(entry, (numbers = new Map()));
  const key = `${account} ${callId}`;
  const last = numbers.get(key) ?? (statement(book.db, CALL_SQL.lastEventNumber).get(account, callId) as [number])[0];
  numbers.set(key, last + 1);
  return last + 1;
}

function writeEvent(book: Book, entry: Entry, number: Numbering, event: CallEvent, accountOf: ReadonlyMap<string, string>): void {
  const account = accountOf.has(event.callId) ? number.account(accountOf.get(event.callId) as string) : accountOfCall(book, event.callId);
  appendRecord(entry.partition(PARTITION_KINDS.calls, account), callEventTable, [
    account,
    event.callId,
    nextEventNumber(book, entry, account, event.callId),
    event.kind,
    event.from,
    event.to,
    event.amount,
    event.satisfiedBy,
    event.at,
    event.by,
    event.runId,
    event.reason,
    entry.sequence,
  ]);
}

function accountOfCall(book: Book, callId: string): number {
  const found = statement(book.db, CALL_SQL.accountOfCall).get(callId) as [number] | undefined;
  if (!found) throw new Error(`Invariant broken: an event belongs to a call, and there is no call ${JSON.stringify(callId)}`);
  return found[0];
}

function writeRecord(book: Book, entry: Entry, number: Numbering, record: DailyMarginRecord): boolean {
  const account = number.account(record.account);
  const { businessDate, callId, type, required, outstanding, satisfiedBy, satisfiedOn, runId } = record;
  const values: Row = [type, required, outstanding, satisfiedBy, satisfiedOn, runId];
  const last = statement(book.db, CALL_SQL.lastRecord).get(account, businessDate, callId) as Row | undefined;
  if (last && values.every((value, place) => last[place] === value)) return false;
  appendRecord(entry.partition(PARTITION_KINDS.calls, account), dailyMarginRecordTable, [account, businessDate, callId, ...values, entry.sequence]);
  return true;
}
