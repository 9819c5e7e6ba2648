import { parentPort, workerData } from 'node:worker_threads';
import type { Input, Output } from '../../shared/contract.ts';
import type { MarkFact } from '../../shared/domain/facts.ts';
import { assert, fail, succeed, type Fault, type Result } from '../../shared/result.ts';
import { ENGINE_VERSION } from '../engine/margin.ts';
import { accountLine } from './account-line.ts';
import { isChangedSince, NOTHING_TOLD, tellingSince, toldAll, type Told } from './desk-changes.ts';
import type { BookRead, DeskState } from './desk-state.ts';
import { holdFrom } from './edit-hold.ts';
import { memoryHandlers } from './handlers.ts';
import { idleMemory } from './idle-memory.ts';
import { listHandlers, listedOf, type Listed } from './list-handlers.ts';
import { openBook, type Whole } from './open-book.ts';
import { slicedJobs } from './job.ts';
import { runOfficially } from './official-run.ts';
import { applyingMark, holding, recomputing, reloading } from './recompute.ts';
import { holdForEdits, inSlices, type Slices } from './rows/slices.ts';
import { isCalcPack, type BookLine, type ThreadStart } from './open-desk.ts';
import { answerOn, brokenInvariant, callerOn, notify, type Answered, type Caller } from './rpc.ts';
import { snapshotKeeper } from './snapshot-keeper.ts';
import { verifyDesk } from './verify-desk.ts';

/**
 * The desk thread: holds the book in memory, computes, and answers every question that needs no SQL. What does need
 * SQL goes to the book thread and comes back as facts; meanwhile the last committed state keeps answering.
 */

const PUSH_EVERY_MS = 50;

assert(parentPort !== null, 'the desk thread is started by openDesk');
const host = parentPort;
const { options, cancelFlag } = workerData as ThreadStart;
// Most books are none, and this thread starts sooner without what reads one.
const calcPack = isCalcPack(options.book) ? await import('./open-pack.ts') : null;
const book = calcPack ? calcPack.packCaller() : await bookCaller();
const memory = idleMemory();
host.on('message', () => memory.busy());
const snapshots = options.snapshot === true && !calcPack ? snapshotKeeper(book) : null;
/** What lists are answered from until the desk is there, and what those accounts are answered from that were computed first. */
let shown: Listed | null = null;
let first: DeskState | null = null;
let state: DeskState | null = null;
/** Done when the whole book is there, or cannot be; then `fault` says why. */
let whole: Promise<void> | null = null;
let fault: Fault | null = null;
/** Done when figures of the last time have been computed anew. */
let computed: Promise<void> = Promise.resolve();
let runningJob: string | null = null;
const accounts = accountLine();
const jobs = slicedJobs((progress) => notify(host, 'progress', progress), () => performance.now());

async function bookCaller(): Promise<Caller> {
  const { port, ahead } = await new Promise<BookLine>((resolve) => host.once('message', resolve));
  const caller = callerOn(port, ahead);
  caller.onNotice((notice, value) => notify(host, notice, value));
  return caller;
}

/** Opens what there is to open; done when lists can be answered, which may be before the whole book is there. */
async function open(): Promise<Result<{ engineVersion: string }>> {
  const found = calcPack ? succeed({ shown: null, first: null, whole: calcPack.openPack(options.book).then(notResumed) }) : await openBook(book, options.snapshot === true);
  if (!found.ok) return found;
  const { whole: reading } = found.value;
  ({ shown, first } = found.value);
  if (shown) told = toldAll(shown);
  whole = reading.then(begin).catch(broken);
  if (!shown) await whole;
  return fault ? fail(fault) : succeed({ engineVersion: ENGINE_VERSION });
}

/** A bug on the way: from now on every answer says so, rather than a figure that may be wrong. */
function broken(error: unknown): void {
  const told = brokenInvariant('desk.open', error);
  if (!told.ok) ({ fault } = told);
}

function notResumed(read: Result<DeskState>): Result<Whole> {
  return read.ok ? succeed({ state: read.value, isResumed: false }) : read;
}

/** The whole book is there, or why it cannot be. */
function begin(read: Result<Whole>): void {
  if (!read.ok) {
    fault = read.fault;
    return;
  }
  state = read.value.state;
  first = null;
  if (shown) void tellChanges();
  else told = toldAll(state);
  afterwards(state, read.value.isResumed).catch(broken);
}

/** What came from a snapshot is computed anew; what was not in one is left for the next time. */
async function afterwards(begun: DeskState, isResumed: boolean): Promise<void> {
  if (isResumed) {
    snapshots?.has(begun.standing.sequence);
    const before = toldAll(begun);
    computed = change(() => recomputing(begun));
    await computed;
    if (isChangedSince(begun, before)) snapshots?.has(null);
    void tellChanges();
  }
  memory.giveBack();
  if (!snapshots) return;
  const sound = await book.ask('book.check', {});
  if (sound.ok) await snapshots.keep(begun);
  else ({ fault } = sound);
}

/** A question about the whole book waits until it is there. */
function ofWhole<Input>(answer: (input: Input) => Answered | Promise<Answered>): (input: Input) => Promise<Answered> {
  return async (input) => {
    await whole;
    return fault ? fail(fault) : answer(input);
  };
}

/** A question about one account is answered from the accounts that were computed first, where it is among them; what takes long, by another thread. What-ifs need the whole. */
function ofAccount(channel: string, handler: (state: DeskState, input: never) => Answered | Promise<Answered>): (input: never) => Answered | Promise<Answered> {
  const look = (from: DeskState, input: never): Answered | Promise<Answered> => accounts.answer(from, channel, input) ?? handler(from, input);
  const answer = ofWhole((input: never) => look(opened(), input));
  return (input: { account?: string; branchId?: string; callPrices?: boolean }) => {
    holdSearches(holdFrom(channel, input));
    const isFirst = first?.holdings.accounts.has(input.account ?? '') === true && input.branchId === undefined && !channel.startsWith('whatif.');
    return first && isFirst && !fault ? look(first, input as never) : answer(input as never);
  };
}

function holdSearches(ms: number | null): void {
  if (ms === null) return;
  holdForEdits(ms);
  accounts.hold(ms);
}

/** A question about lists is answered from those of the last time, where the desk is not there yet. */
function ofLists<Input>(answer: (listed: Listed, input: Input) => Result<unknown> | Promise<Result<unknown>>): (input: Input) => Result<unknown> | Promise<Result<unknown>> {
  return (input) => {
    if (fault) return fail(fault);
    return answer(state ? listedOf(state) : (shown ?? listedOf(opened())), input);
  };
}

function opened(): DeskState {
  assert(state !== null, 'the desk was asked before it was opened');
  return state;
}

// ------------------------------------------------------------------ pushes: at most 20 a second, newest values win

let told: Told = NOTHING_TOLD;
let telling = false;
let moreToTell = false;

/** Tells the first change after a quiet while at once; what comes meanwhile goes together with the next. */
async function tellChanges(): Promise<void> {
  moreToTell = true;
  if (telling) return;
  telling = true;
  while (moreToTell) {
    moreToTell = false;
    told = await inSlices(tellingSince(opened(), told, ({ push, value }) => notify(host, push, value)));
    await new Promise((resolve) => setTimeout(resolve, PUSH_EVERY_MS));
  }
  telling = false;
}

/** One change of the state at a time, each in slices: whoever asks meanwhile is answered from the state before. */
let changing: Promise<unknown> = Promise.resolve();

function change(work: () => Slices<void>): Promise<void> {
  const done = changing.then(() => inSlices(work()));
  changing = done.catch(() => undefined);
  return done;
}

// ------------------------------------------------------------------ the book thread's part

async function readBook(): Promise<Result<BookRead>> {
  return (await book.ask('book.read', {})) as Result<BookRead>;
}

async function reloadBook(): Promise<Result<null>> {
  const read = await readBook();
  if (!read.ok) return read;
  await change(function* () {
    yield* reloading(opened(), read.value.standing, yield* holding(read.value));
  });
  memory.giveBack();
  void tellChanges();
  return succeed(null);
}

/** Hands a question to the book thread as it is. */
function fromBook<C extends 'calls.events' | 'files.receive' | 'import.planRows' | 'import.discard' | 'imports.list' | 'profiles.list' | 'profiles.suggest'>(channel: C) {
  return (input: Input<C>): Promise<Result<Output<C>>> => book.ask(channel, input) as Promise<Result<Output<C>>>;
}

async function duringJob<T>(jobId: string | undefined, work: () => Promise<T>): Promise<T> {
  runningJob = jobId ?? 'unnamed';
  try {
    return await work();
  } finally {
    runningJob = null;
  }
}

async function importApply(input: Input<'import.apply'>): Promise<Result<Output<'import.apply'>>> {
  const applied = (await duringJob(input.jobId, () => book.ask('import.apply', input))) as Result<Output<'import.apply'>>;
  // A file with nothing new in it is an entry of the journal too, unless it is the very same file again.
  if (!applied.ok || applied.value.sequence === opened().standing.sequence) return applied;
  const reloaded = await reloadBook();
  return reloaded.ok ? applied : reloaded;
}

async function setMark({ instrument, price }: Input<'marks.set'>): Promise<Result<Output<'marks.set'>>> {
  const { holdings } = opened();
  if (!holdings.instruments.has(instrument)) return fail({ code: 'unknown-instrument', message: `The book knows no instrument ${instrument}.`, fix: 'Names are as in the positions grid, such as "AAPL" or "AAPL 2026-12-18 C 260".' });
  if (price.startsWith('-')) return fail({ code: 'negative-price', message: `A price cannot be negative: ${price}.` });
  const saved = (await book.ask('marks.save', { instrument, price, notBefore: holdings.marks.get(instrument)?.asOf ?? null })) as Result<{ sequence: number; mark: MarkFact }>;
  if (!saved.ok) return saved;
  await change(() => applyingMark(opened(), saved.value.mark, saved.value.sequence));
  memory.giveBack();
  void tellChanges();
  return succeed({ sequence: saved.value.sequence });
}

async function runOfficial({ businessDate, jobId = 'official-run' }: Input<'runs.official'>): Promise<Result<Output<'runs.official'>>> {
  // Two at a time would both start from the calls that were there before.
  if (jobs.isUnderWay('Official run')) return fail({ code: 'run-under-way', message: 'An official run is under way.', fix: 'Wait until it has ended, or cancel it.' });
  return jobs.run({ jobId, label: 'Official run', unit: 'accounts' }, async (tick, atLast) => {
    await computed;
    const done = await runOfficially(opened(), book, { businessDate, tick, atLast });
    const reloaded = done.ok ? await reloadBook() : done;
    return reloaded.ok ? done : reloaded;
  });
}

function verify({ jobId = 'verify' }: Input<'book.verify'>): Promise<Result<Output<'book.verify'>>> {
  const settled = async (): Promise<DeskState> => {
    await changing;
    return { ...opened() };
  };
  return jobs.run({ jobId, label: 'Verifying', unit: 'accounts' }, (tick) => verifyDesk({ book, settled, accounts }, tick));
}

function cancelJob({ jobId }: Input<'jobs.cancel'>): Result<Record<string, never>> {
  const cancelled = jobs.cancel(jobId);
  if (cancelled) return cancelled;
  if (jobId !== runningJob) return fail({ code: 'no-such-job', message: 'That job is not running any more.' });
  Atomics.store(new Int32Array(cancelFlag), 0, 1);
  return succeed({});
}

// ------------------------------------------------------------------ the table

const inMemory = Object.fromEntries(Object.entries(memoryHandlers).map(([channel, handler]) => [channel, ofAccount(channel, handler)]));
const fromLists = Object.fromEntries(Object.entries(listHandlers).map(([channel, handler]) => [channel, ofLists<never>(handler)]));

const hostOnly = () => fail({ code: 'not-here', message: 'This host has no such thing.' });

answerOn(host, {
  'desk.open': open,
  'desk.close': async () => {
    // A running import would make quitting wait for it; cancelled, it rolls back and leaves nothing behind.
    if (runningJob !== null) cancelJob({ jobId: runningJob });
    else if (state && !fault) await snapshots?.keep(state);
    return book.ask('book.close', {});
  },
  ...inMemory,
  ...fromLists,
  'book.verify': ofWhole(verify),
  'host.info': hostOnly,
  'files.choose': hostOnly,
  'calls.events': fromBook('calls.events'),
  'files.receive': fromBook('files.receive'),
  'import.plan': (input: Input<'import.plan'>) => duringJob(input.jobId, () => book.ask('import.plan', input)),
  'import.planRows': fromBook('import.planRows'),
  'import.apply': ofWhole(importApply),
  'import.discard': fromBook('import.discard'),
  'imports.list': fromBook('imports.list'),
  'profiles.list': fromBook('profiles.list'),
  'profiles.save': ofWhole(async (input: Input<'profiles.save'>) => {
    const saved = await book.ask('profiles.save', input);
    if (!saved.ok) return saved;
    const reloaded = await reloadBook();
    return reloaded.ok ? saved : reloaded;
  }),
  'profiles.suggest': fromBook('profiles.suggest'),
  'marks.set': ofWhole(setMark),
  'runs.official': ofWhole(runOfficial),
  'jobs.cancel': cancelJob,
});
