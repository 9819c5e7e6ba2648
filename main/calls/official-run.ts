import type { Call, CallEvent, CallType, DailyMarginRecord, MarginRun } from '../../shared/domain/call.ts';
import { assert } from '../../shared/result.ts';
import { needOf, type AccountForCalls } from './account-need.ts';
import { isFuturesCall, moveCallsOf } from './move-calls.ts';
import type { CallPolicy } from './policy.ts';
import { note, overdue, type CallInRun, type RunContext } from './steps.ts';
import { consequenceOf, freezeLine, strikeLine } from './strikes.ts';
import { isOpen } from './transitions.ts';

export type { AccountForCalls };

export interface OfficialRunInput {
  run: MarginRun;
  /** The last official run before this one; null for the first. A business date is run once. */
  last: MarginRun | null;
  /** Every call that is still open. */
  open: readonly Call[];
  accounts: readonly AccountForCalls[];
  policyFor: (account: string) => CallPolicy;
  /** Calls of a type that an account left unmet, or met by selling, in the twelve months before; none when left out. */
  strikesBefore?: (account: string, type: CallType) => number;
  /** Who started the run. */
  by: string;
}

/** What a run changes: only calls that it raised or moved, their events, and one record per open or closed call. */
export interface OfficialRunOutcome {
  calls: Call[];
  events: CallEvent[];
  records: DailyMarginRecord[];
}

/**
 * The official margin run of a business day: meets, reduces, increases and retypes open calls, raises new ones, and
 * writes the day's record of required margin (FINRA 4220). The order of accounts does not matter. A run of the
 * business date that was run last changes nothing; an earlier date is a broken invariant, which whoever starts runs must refuse.
 */
export function officialRun(input: OfficialRunInput): OfficialRunOutcome {
  const work = runningOfficially(input);
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

/** The same, yielding after every account. */
export function* runningOfficially({ run, last, open, accounts, policyFor, strikesBefore = () => 0, by }: OfficialRunInput): Generator<void, OfficialRunOutcome> {
  assert(run.kind === 'official', 'only an official run moves calls');
  assert(last === null || last.businessDate <= run.businessDate, `a run of ${run.businessDate} after one of ${last?.businessDate ?? ''}`);
  if (last?.businessDate === run.businessDate) return { calls: [], events: [], records: [] };
  const context = { run, by };
  const openBy = Map.groupBy(open, ({ account }) => account);
  const lives: CallInRun[] = [];
  for (const account of [...accounts].sort((a, b) => compareText(a.account, b.account))) {
    const policy = policyFor(account.account);
    const after = livesOf(context, account, openBy.get(account.account) ?? [], policy, last);
    lives.push(...after.map((life) => withStrike(context, life, account, policy, strikesBefore(account.account, life.call.type))));
    openBy.delete(account.account);
    yield;
  }
  // An account that left the book still owes: its calls stand, and stay on the record.
  for (const calls of openBy.values()) lives.push(...calls.map((call) => noteOverdue(context, untouched(call), last)));
  return {
    calls: lives.filter(({ events }) => events.length > 0).map(({ call }) => call),
    events: lives.flatMap(({ events }) => events),
    records: lives.map((life) => recordOf(life, run)),
  };
}

function livesOf(context: RunContext, account: AccountForCalls, open: readonly Call[], policy: CallPolicy, last: MarginRun | null): CallInRun[] {
  const before = [...open].sort((a, b) => compareText(a.raisedOn, b.raisedOn) || compareText(a.id, b.id)).map(untouched);
  const after = account.indicative === true ? before : moveCallsOf(context, account, needOf(account, policy, before.some(({ call }) => isFuturesCall(call))), before, policy);
  return after.map((life) => noteOverdue(context, life, last, freezeLine(policy, life.call.type, life.call.dueOn)));
}

function untouched(call: Call): CallInRun {
  assert(isOpen(call.state), `${call.id} is ${call.state} and not open`);
  return { call, events: [], satisfiedBy: null };
}

/** A call that was left unmet, or met by selling, counts; what follows is noted on the call itself. */
function withStrike(context: RunContext, life: CallInRun, account: AccountForCalls, policy: CallPolicy, before: number): CallInRun {
  const isOverdueNow = life.events.some(({ kind }) => kind === 'overdue');
  const isSold = life.satisfiedBy === 'sale' && !(policy.sparesAssigned === true && account.assigned === true);
  // An overdue call that is then met by selling has had its strike.
  const wasOverdue = !isOverdueNow && life.call.dueOn < context.run.businessDate;
  if (!isOverdueNow && (!isSold || wasOverdue)) return life;
  const allowed = policy.salesPerYear?.[life.call.type];
  if (isSold && allowed !== undefined && before >= allowed) return note(context, life, `Call ${before + 1} within twelve months that was left unmet or met by selling; ${allowed} may be.`);
  const consequence = consequenceOf(policy, life.call.type, before, context.run.businessDate);
  return consequence ? note(context, life, strikeLine(before + 1, consequence)) : life;
}

/** Once per due day: the first run after it says that the call is overdue. */
function noteOverdue(context: RunContext, life: CallInRun, last: MarginRun | null, after: string | null = null): CallInRun {
  const { call, events } = life;
  if (!isOpen(call.state) || call.dueOn >= context.run.businessDate) return life;
  const raisedNow = events[0]?.kind === 'raised';
  return raisedNow || last === null || last.businessDate <= call.dueOn ? overdue(context, life, after) : life;
}

function recordOf({ call, satisfiedBy }: CallInRun, run: MarginRun): DailyMarginRecord {
  return {
    account: call.account,
    businessDate: run.businessDate,
    type: call.type,
    callId: call.id,
    required: call.called,
    outstanding: call.outstanding,
    satisfiedBy,
    satisfiedOn: satisfiedBy === null ? null : run.businessDate,
    runId: run.id,
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
