import { readFileSync } from 'node:fs';
import { closeBook, openBook } from '../../main/books/open.ts';
import { appliedBefore } from '../../main/books/reading/read-imports.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { readHeld } from '../../main/books/reading/read-held.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { fileHelp } from '../../main/desk/file-help.ts';
import { fileBytes } from '../../shared/file-bytes.ts';
import { readColumns } from '../../main/import/columns/read-columns.ts';
import { planImport, summarisePlan } from '../../main/import/plan.ts';
import { faultLine, type Result } from '../../shared/result.ts';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { PROFILE_M } from './book-m/files.ts';

/** Seconds of each stage of one import, processor seconds of the thread that does it and of all threads together, and the most memory the process ever held. */
export interface ImportStages {
  read: number;
  plan: number;
  apply: number;
  thread: number;
  processor: number;
  peakBytes: number;
}

// One import of a file into a new book by a process of its own, as the desk does it; stages come out as JSON.
const [path = '', bookPath = '', complete = ''] = process.argv.slice(2);
const profile: MappingProfile = { ...PROFILE_M, complete: complete === 'complete' };
const book = must(openBook(bookPath, { user: 'bench', program: 'Plimsoll bench', now: () => '2026-11-20T22:00:00Z', create: true }));
// As a host hands it over.
const bytes = fileBytes(readFileSync(path));
const before = process.cpuUsage();
const threadBefore = process.threadCpuUsage();

const file = timed(() => {
  const help = fileHelp(bytes);
  const read = readColumns({ name: 'positions.csv', bytes }, { profile, profiles: [] }, help.cutRows) ?? refuse('the file is read into columns');
  return { help, read };
});
const { help, read } = file.value;
const plan = timed(() => {
  const { facts, held } = must(readHeld(book, read.facts.account.map(({ account }) => account)));
  const sha256 = help.sha256();
  const earlier = appliedBefore(book, sha256);
  const onThatDay = (accounts: readonly string[]) => must(readFacts(book, accounts, { day: read.asOf }));
  const made = planImport(read, facts, { name: 'positions.csv', sha256, bytes: bytes.length }, { appliedBefore: earlier !== null, held, onThatDay });
  summarisePlan(made, 'bench', earlier);
  return made;
});
const applied = timed(() => must(applyPlan(book, plan.value, bytes, { by: 'bench', at: '2026-11-20T22:00:00Z' }, undefined, help.packed)));
const thread = secondsSpent(process.threadCpuUsage(threadBefore));
const processor = secondsSpent(process.cpuUsage(before));
closeBook(book);
help.end();
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ read: file.seconds, plan: plan.seconds, apply: applied.seconds, thread, processor, peakBytes } satisfies ImportStages));

function timed<T>(work: () => T): { value: T; seconds: number } {
  const started = process.hrtime.bigint();
  const value = work();
  return { value, seconds: Number(process.hrtime.bigint() - started) / 1e9 };
}

function secondsSpent({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

function must<T>(result: Result<T>): T {
  return result.ok ? result.value : refuse(faultLine(result.fault));
}

function refuse(what: string): never {
  throw new Error(what);
}
