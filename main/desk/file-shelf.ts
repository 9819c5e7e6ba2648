import { createHash, randomUUID } from 'node:crypto';
import type { Output } from '../../shared/contract.ts';
import { noFacts, type AccountId, type Facts } from '../../shared/domain/facts.ts';
import type { ImportPlan, PlanSummary, ReadFile } from '../../shared/domain/import-plan.ts';
import type { PositionColumns } from '../../shared/domain/position-columns.ts';
import { fileBytes, LARGE_FILE_BYTES } from '../../shared/file-bytes.ts';
import { fail, succeed, type Fault, type Result } from '../../shared/result.ts';
import { addDays, type IsoDate } from '../../shared/time.ts';
import { readColumns } from '../import/columns/read-columns.ts';
import { NO_POSITIONS, planImport, planRowCount, planRows, summarisePlan } from '../import/plan.ts';
import { suggestProfile } from '../import/profile.ts';
import { readSourceFile, type ReadOptions, type SourceFile } from '../import/read-file.ts';
import { fileHelp, type FileHelp } from './file-help.ts';

/** What a plan needs to know of the book it is made for. */
export interface PlanningBook {
  /** What holds now, or what held on a day. */
  facts(accounts: readonly AccountId[], day?: IsoDate): Result<Facts>;
  /** What holds now, with the positions in columns. */
  held(accounts: readonly AccountId[]): Result<{ facts: Facts; held: PositionColumns }>;
  appliedBefore(sha256: string): PlanSummary['appliedBefore'];
  sequence(): number;
}

interface Planned {
  plan: ImportPlan;
  bytes: Uint8Array;
  /** Who packs a large file meanwhile. */
  help: FileHelp | null;
  /** Journal sequence the plan was made at: a plan for another state of the book is refused. */
  sequence: number;
}

const FUTURE_DAYS_MAX = 5 * 366;

/**
 * A file of a far day would move the book's day there, and make history of every real file after it. Nearer days are
 * only remarked on: the machine's clock may be the one that is wrong.
 */
function futureFault(name: string, { asOf, asOfSource }: ReadFile, today: IsoDate): Fault | null {
  if (asOf <= addDays(today, FUTURE_DAYS_MAX)) return null;
  return { code: 'as-of-in-future', message: `The file says that it is of ${asOf} (${asOfSource}), and today is ${today}.`, at: name, fix: 'Correct the date in the file, or the clock of this machine.' };
}

/** The facts of a reading that has just succeeded for the present; a book that is damaged only in the past still plans. */
function factsOf(facts: Result<Facts>): Facts {
  return facts.ok ? facts.value : noFacts();
}

function asHeld(facts: Result<Facts>): Result<{ facts: Facts; held: PositionColumns }> {
  return facts.ok ? succeed({ facts: facts.value, held: NO_POSITIONS }) : facts;
}

/** From this size on a file is read into columns; below it, objects are as fast and easier to follow. */
const COLUMNS_FROM_BYTES = 1024 * 1024;

// Received files are dropped oldest first: a person plans the file they just dropped, not the one of this morning.
const FILES_KEPT_MAX = 16;

interface PlanMade {
  plan: ImportPlan;
  appliedBefore: PlanSummary['appliedBefore'];
}

function planOf(source: SourceFile, today: IsoDate, options: ReadOptions, book: PlanningBook, help: FileHelp | null): Result<PlanMade> {
  const { name, bytes } = source;
  const columns = bytes.length < COLUMNS_FROM_BYTES ? null : readColumns(source, options, help?.cutRows);
  const read = columns ? succeed(columns) : readSourceFile(source, options);
  if (!read.ok) return read;
  const tooLate = futureFault(name, read.value, today);
  if (tooLate) return fail(tooLate);
  help?.pack();
  // Tomorrow needs no remark: it is tomorrow already where some files are made.
  if (read.value.asOf > addDays(today, 1)) read.value.notes.push(`The file is of ${read.value.asOf}, a day that has not come yet by this machine's clock (${today}).`);
  const accounts = new Set([...read.value.facts.account.map(({ account }) => account), ...read.value.scopes.map(({ account }) => account)]);
  const current = read.value.columns ? book.held([...accounts]) : asHeld(book.facts([...accounts]));
  if (!current.ok) return current;
  const sha256 = help ? help.sha256() : createHash('sha256').update(bytes).digest('hex');
  const appliedBefore = book.appliedBefore(sha256);
  const plan = planImport(read.value, current.value.facts, { name, sha256, bytes: bytes.length }, {
    appliedBefore: appliedBefore !== null,
    held: current.value.held,
    onThatDay: (backDated) => factsOf(book.facts(backDated, read.value.asOf)),
  });
  return succeed({ plan, appliedBefore });
}

/** Files that were handed in, and the plans made of them, until each is applied or discarded. */
export function fileShelf() {
  const files = new Map<string, SourceFile>();
  const plans = new Map<string, Planned>();

  function file(fileId: string): Result<SourceFile> {
    const found = files.get(fileId);
    return found ? succeed(found) : fail({ code: 'unknown-file', message: 'That file is not here any more.', fix: 'Choose it again.' });
  }

  function planned(planId: string): Result<Planned> {
    const found = plans.get(planId);
    return found ? succeed(found) : fail({ code: 'unknown-plan', message: 'That import plan is not here any more.', fix: 'Plan the file again.' });
  }

  return {
    file,
    planned,

    receive({ name, bytes }: SourceFile): Output<'files.receive'> {
      const fileId = randomUUID();
      files.set(fileId, { name, bytes: bytes.length < LARGE_FILE_BYTES ? bytes : fileBytes(bytes) });
      for (const oldest of files.keys()) {
        if (files.size <= FILES_KEPT_MAX) break;
        files.delete(oldest);
      }
      return { fileId, name, bytes: bytes.length };
    },

    /** Reads the file and compares it with the book. Nothing is written. */
    plan(source: SourceFile, today: IsoDate, options: ReadOptions, book: PlanningBook): Result<PlanSummary> {
      const help = source.bytes.length < LARGE_FILE_BYTES ? null : fileHelp(source.bytes);
      let isPlanned = false;
      try {
        const made = planOf(source, today, options, book, help);
        if (!made.ok) return made;
        const { plan, appliedBefore } = made.value;
        const planId = randomUUID();
        plans.set(planId, { plan, bytes: source.bytes, help, sequence: book.sequence() });
        isPlanned = true;
        return succeed(summarisePlan(plan, planId, appliedBefore));
      } finally {
        if (!isPlanned) help?.end();
      }
    },

    rows({ planId, offset, limit }: { planId: string; offset: number; limit: number }): Result<Output<'import.planRows'>> {
      const found = planned(planId);
      if (!found.ok) return found;
      return succeed({ rows: planRows(found.value.plan, offset, limit), total: planRowCount(found.value.plan) });
    },

    suggest(fileId: string): Result<Output<'profiles.suggest'>> {
      const found = file(fileId);
      return found.ok ? suggestProfile(found.value, found.value.name) : found;
    },

    discard(planId: string): void {
      plans.get(planId)?.help?.end();
      plans.delete(planId);
    },
  };
}
