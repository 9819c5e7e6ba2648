import { randomUUID } from 'node:crypto';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { Input } from '../../shared/contract.ts';
import type { MarginRun } from '../../shared/domain/call.ts';
import type { MarkFact } from '../../shared/domain/facts.ts';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { assert, fail, succeed, type Result } from '../../shared/result.ts';
import type { IsoInstant } from '../../shared/time.ts';
import type { Book } from '../books/book.ts';
import { guarded } from '../books/faults.ts';
import { closeBook, openBook } from '../books/open.ts';
import { readCallEvents, readCalls } from '../books/reading/read-calls.ts';
import { readFacts } from '../books/reading/read-facts.ts';
import { readHeld } from '../books/reading/read-held.ts';
import { appliedBefore, readImports, readProfiles } from '../books/reading/read-imports.ts';
import { bookSequence, readJournal } from '../books/reading/read-journal.ts';
import type { Wanted } from '../books/snapshot/format.ts';
import { readSnapshot, writeSnapshot } from '../books/snapshot/snapshot-file.ts';
import { applyPlan } from '../books/writing/apply-plan.ts';
import type { Authorship } from '../books/writing/authorship.ts';
import { recordRun, type RunOutcome } from '../books/writing/record-run.ts';
import { saveMark } from '../books/writing/save-mark.ts';
import { saveProfile } from '../books/writing/save-profile.ts';
import { ensureStructure, verifyBook } from '../books/verify-book.ts';
import { bookReading, FIRST_SHARE } from './book-reading.ts';
import type { BookBegun } from './desk-state.ts';
import { fileShelf } from './file-shelf.ts';
import { idleMemory } from './idle-memory.ts';
import { jobRunner } from './job.ts';
import type { ThreadStart } from './open-desk.ts';
import { answerOn, handedOver, notify } from './rpc.ts';
import type { Sections } from './snapshot-sections.ts';
import { goBehind } from './threads.ts';

/**
 * The book thread: the only one that touches SQLite, and the only writer. It keeps received files and open plans until
 * they are applied or discarded, and reports the progress of whatever takes long.
 */

assert(parentPort !== null, 'the book thread is started by openDesk');
goBehind();
const { options, cancelFlag } = workerData as ThreadStart;
const { port } = await new Promise<{ port: MessagePort }>((resolve) => parentPort?.once('message', resolve));
const jobs = jobRunner(cancelFlag, (progress) => notify(port, 'progress', progress), () => performance.now());
const files = fileShelf();
const memory = idleMemory();
port.on('message', () => memory.busy());
let book: Book | null = null;

const now = (): IsoInstant => new Date().toISOString();
const reading = bookReading(() => now().slice(0, 10));
const author = (): Authorship => ({ by: options.user, at: now() });

/** Damage and trouble with the disk become faults here, whatever the question; broken invariants stay throws. */
function withBook<T>(use: (book: Book) => Result<T>): Result<T> {
  const open = book;
  return open ? guarded(open.path, () => use(open)) : fail({ code: 'book-closed', message: 'The book is closed.' });
}

/** Refuses a change on a book that another program holds. */
function writing<T>(use: (book: Book) => Result<T>): Result<T> {
  return withBook((open) => (open.readOnly ? fail({ code: 'read-only', message: `The book is open for reading only${open.heldBy ? `; ${open.heldBy} holds it` : ''}.`, fix: 'Close it there, then open it again here.' }) : use(open)));
}

// ------------------------------------------------------------------ importing

function planFile({ fileId, format, profile, mapping, jobId }: Input<'import.plan'>): Result<unknown> {
  const file = files.file(fileId);
  if (!file.ok) return file;
  return withBook((open) =>
    jobs.run({ jobId: jobId ?? randomUUID(), label: `Reading ${file.value.name}`, unit: 'kB' }, (tick) => {
      const profiles = readProfiles(open);
      const chosen = mapping ?? (profile === undefined ? undefined : profiles.find(({ name }) => name === profile));
      if (profile !== undefined && !chosen) return fail({ code: 'unknown-profile', message: `No mapping profile is called ${JSON.stringify(profile)}.`, fix: 'Save it first, or pick another.' });
      return files.plan(file.value, now().slice(0, 10), { ...(format ? { format } : {}), ...(chosen ? { profile: chosen } : {}), profiles, tick: (done, total) => tick(Math.round(done / 1000), Math.ceil(total / 1000)) }, {
        facts: (accounts, day) => (day === undefined ? readFacts(open, accounts) : readFacts(open, accounts, { day })),
        held: (accounts) => readHeld(open, accounts),
        appliedBefore: (sha256) => appliedBefore(open, sha256),
        sequence: () => bookSequence(open),
      });
    }),
  );
}

function applyPlanned({ planId, jobId }: Input<'import.apply'>): Result<{ sequence: number; changes: number }> {
  const planned = files.planned(planId);
  if (!planned.ok) return planned;
  const { plan, bytes, help, sequence } = planned.value;
  return writing((open) => {
    if (sequence !== bookSequence(open)) return fail({ code: 'plan-out-of-date', message: 'The book has changed since this plan was made.', fix: 'Plan the file again.' });
    return jobs.run({ jobId: jobId ?? randomUUID(), label: `Applying ${plan.file.name}`, unit: 'changes' }, (tick) => {
      const applied = applyPlan(open, plan, bytes, author(), tick, help?.packed);
      if (applied.ok) files.discard(planId);
      return applied;
    });
  });
}

// ------------------------------------------------------------------ marks, runs, profiles

function saveTypedMark({ instrument, price, notBefore }: { instrument: string; price: string; notBefore: string | null }): Result<{ sequence: number; mark: MarkFact }> {
  const by = author();
  // A typed price is of its day, as a file's close is: the file of the same evening replaces it, and the journal keeps
  // the minute. A clock behind the book's own day must not turn a fresh price into history.
  const today = by.at.slice(0, 10);
  const asOf = notBefore !== null && notBefore > today ? notBefore : today;
  const mark: MarkFact = { instrument, value: price, bid: null, ask: null, kind: 'manual', asOf, source: `typed by ${by.by}` };
  return writing((open) => {
    const saved = saveMark(open, mark, by);
    return saved.ok ? succeed({ sequence: saved.value.sequence, mark }) : saved;
  });
}

function beginRun({ businessDate, marksAsOf }: { businessDate: string; marksAsOf: IsoInstant }): Result<{ run: MarginRun; by: string }> {
  return writing((open) =>
    succeed({ by: options.user, run: { id: `official-${businessDate}`, businessDate, marksAsOf, kind: 'official', sequence: bookSequence(open), at: now() } satisfies MarginRun }),
  );
}

/** Opens the book; with the snapshot beside it, where one is wanted and is of this state of it. Who asks knows under which version it can be used. */
function open(): Result<BookBegun> {
  const opened = openBook(options.book, {
    user: options.user,
    program: options.program,
    now,
    readOnly: options.readOnly ?? false,
    create: options.create ?? false,
    checkLater: options.snapshot ?? false,
  });
  if (!opened.ok) return opened;
  book = opened.value;
  const read = options.snapshot ? readSnapshot(book.path, standsAt(book)) : null;
  const snapshot = read?.sections ? { version: read.engineVersion, sections: read.sections as Sections } : null;
  const memory = new Set(Object.values(snapshot?.sections ?? {}).map(({ buffer }) => buffer as ArrayBuffer));
  return succeed(handedOver({ name: book.name, readOnly: book.readOnly, heldBy: book.heldBy, snapshot }, [...memory]));
}

/** Where the book stands now, as a snapshot of it is marked; of whatever version. */
function standsAt(open: Book): Wanted {
  const sequence = bookSequence(open);
  return { sequence, head: readJournal(open, sequence, 1)[0]?.hash ?? '', engineVersion: null };
}

/** A snapshot of what the book was a moment ago is not worth writing: the next one is on its way. */
function keepSnapshot({ sequence, version, sections }: { sequence: number; version: string; sections: Sections }): Result<{ written: boolean }> {
  return withBook((open) => succeed({ written: !open.readOnly && bookSequence(open) === sequence && writeSnapshot(open.path, { ...standsAt(open), engineVersion: version }, sections) }));
}

answerOn(port, {
  'book.open': open,
  'book.close': () => {
    if (book) closeBook(book);
    book = null;
    return succeed({});
  },
  'book.market': () => withBook((open) => succeed(reading.market(open))),
  'book.first': () => withBook((open) => succeed(reading.first(open, options.first ?? FIRST_SHARE))),
  'book.rest': () => withBook((open) => (memory.giveBack(), succeed(reading.rest(open)))),
  'book.read': () => withBook((open) => (memory.giveBack(), succeed(reading.whole(open)))),
  'book.check': () => withBook(ensureStructure),
  'book.verify': () => withBook((open) => {
    const verified = verifyBook(open);
    memory.giveBackNow();
    return verified;
  }),
  'snapshot.keep': keepSnapshot,
  'calls.events': ({ callId }: Input<'calls.events'>) =>
    withBook((open) => {
      const call = readCalls(open).find(({ id }) => id === callId);
      return call ? succeed({ call, events: readCallEvents(open, callId) }) : fail({ code: 'unknown-call', message: `There is no call ${JSON.stringify(callId)}.` });
    }),
  'files.receive': (input: Input<'files.receive'>) => succeed(files.receive(input)),
  'import.plan': planFile,
  'import.planRows': (input: Input<'import.planRows'>) => files.rows(input),
  'import.apply': applyPlanned,
  'import.discard': ({ planId }: Input<'import.discard'>) => (files.discard(planId), succeed({})),
  'imports.list': () => withBook((open) => succeed({ rows: readImports(open) })),
  'profiles.list': () => withBook((open) => succeed({ profiles: readProfiles(open) })),
  'profiles.save': (profile: MappingProfile) => writing((open) => saveProfile(open, profile, author())),
  'profiles.suggest': ({ fileId }: Input<'profiles.suggest'>) => files.suggest(fileId),
  'marks.save': saveTypedMark,
  'runs.begin': beginRun,
  'runs.record': (outcome: RunOutcome) => writing((open) => recordRun(open, outcome, author())),
});
