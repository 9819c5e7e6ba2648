import type { Output } from '../../shared/contract.ts';
import type { MarginRun } from '../../shared/domain/call.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { PriorMargin } from '../books/reading/read-prior.ts';
import { tradingDay } from '../calls/calendar.ts';
import { runningOfficially, type AccountForCalls, type OfficialRunOutcome } from '../calls/official-run.ts';
import { accountForOfficialRun, policyFor, priorMargin } from './call-inputs.ts';
import type { DeskState } from './desk-state.ts';
import { marksAsOf } from './holdings.ts';
import type { Tick } from './job.ts';
import { inSlices, type Slices } from './rows/slices.ts';
import type { Caller } from './rpc.ts';

/** What is run, and under whose name: as the book thread begins it. */
interface Begun {
  run: MarginRun;
  by: string;
}

/** What is asked for, and the job that it is. */
interface AskedRun {
  businessDate: string | undefined;
  tick: Tick;
  /** Told before it is recorded. */
  atLast: () => void;
}

/** What a run of these figures comes to, and what it leaves to the next day. Nothing is written yet. */
export type ComputedRun = OfficialRunOutcome & { priors: PriorMargin[] };

/** Whether a day's figures can be run; then the day they are run as. */
function dayToRun({ holdings, standing }: DeskState, asked: string | undefined): Result<string> {
  if (holdings.businessDate === null) return fail({ code: 'empty-book', message: 'There is nothing to run: the book has no accounts.', fix: 'Import a position file first.' });
  // Figures of one day must not be put on record as another day's: due days count from it.
  const day = tradingDay(holdings.businessDate);
  if (asked !== undefined && asked !== day) {
    return fail({ code: 'not-the-books-day', message: `The book's figures are of ${day}; they cannot be run as ${asked}.`, fix: `Import the files of ${asked} first, or run ${day}.` });
  }
  if (standing.lastOfficialRun && day < standing.lastOfficialRun.businessDate) {
    return fail({ code: 'run-out-of-order', message: `An official run of ${standing.lastOfficialRun.businessDate} is on record; ${day} is before it.` });
  }
  return succeed(day);
}

/** The run of a state of the book, in slices. The state must stay as it is meanwhile. */
export function* computingRun(state: DeskState, { run, by }: Begun, tick: Tick = () => undefined): Slices<ComputedRun> {
  const { holdings, standing } = state;
  const last = standing.lastOfficialRun;
  // A day that was run is closed: what it left to the next one stands.
  const isClosed = last?.businessDate === run.businessDate;
  const accounts: AccountForCalls[] = [];
  const priors: PriorMargin[] = [];
  for (const held of holdings.accounts.values()) {
    accounts.push(accountForOfficialRun(state, held));
    const prior = isClosed ? null : priorMargin(state, held);
    if (prior) priors.push(prior);
    tick(accounts.length, holdings.accounts.size);
    yield;
  }
  const outcome = yield* runningOfficially({ run, last, open: standing.calls, accounts, policyFor: (account) => policyFor(state, account), strikesBefore: (account, type) => standing.strikes.get(`${account}\n${type}`) ?? 0, by });
  return { ...outcome, priors };
}

/**
 * Runs the book as it stands now, and records what comes of it. All of a run is of one sequence, which it names: what is
 * typed or imported meanwhile is in the book, and not in the run. Cancelled before it is recorded, it leaves nothing.
 */
export async function runOfficially(now: DeskState, book: Pick<Caller, 'ask'>, { businessDate, tick, atLast }: AskedRun): Promise<Result<Output<'runs.official'>>> {
  const state: DeskState = { ...now };
  const day = dayToRun(state, businessDate);
  if (!day.ok) return day;
  const asOf = marksAsOf(state.holdings) ?? day.value;
  const begun = (await book.ask('runs.begin', { businessDate: day.value, marksAsOf: asOf.length === 10 ? `${asOf}T21:00:00Z` : asOf })) as Result<Begun>;
  if (!begun.ok) return begun;
  const run = { ...begun.value.run, sequence: state.standing.sequence };
  const computed = await inSlices(computingRun(state, { run, by: begun.value.by }, tick));
  atLast();
  const recorded = await book.ask('runs.record', { run, ...computed });
  if (!recorded.ok) return recorded;
  const count = (kinds: readonly string[]): number => computed.events.filter(({ kind }) => kinds.includes(kind)).length;
  return succeed({ run, raised: count(['raised']), moved: count(['increased', 'reduced', 'retyped', 'overdue', 'stateChanged']), met: count(['met']) });
}

