import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { openDesk, type RunningDesk } from '../../main/desk/open-desk.ts';
import { faultLine, type Result } from '../../shared/result.ts';
import { PROFILE_M } from './book-m/files.ts';

/** What one process saw that opened a book, asked for its queue, and was asked on while prices changed and a file came in. */
export interface StartSeen {
  /** Milliseconds from before the threads start. */
  open: number;
  firstRows: number;
  /** Accounts that the first rows are of; and until those of all accounts are there. */
  firstAccounts: number;
  allRows: number;
  /** Until everything that goes on by itself has ended. */
  settled: number;
  rows: number;
  /** Most resident memory since the first rows, in bytes, sampled; and what of it stays once nobody asks. */
  memoryMost: number;
  memory: number;
  /** Milliseconds of the answers that were asked for every few while the desk recomputed; empty where nothing was asked of it. */
  answers: number[];
  /** Milliseconds until a typed price had been taken in. */
  marks: number[];
  /** The same while a file was read, planned, applied and taken in. */
  duringImport: number[];
}

const ASK_EVERY_MS = 7;
/** By then a desk that nobody asks has given back what it does not need. */
const QUIET_MS = 3_000;

// `start-child.ts BOOK [CSV INSTRUMENT …]`: opens the book, and types a price of each instrument and imports the file while it asks on.
const [book = '', csv = '', ...instruments] = process.argv.slice(2);
enableCompileCache();
const began = performance.now();
const desk = must(await openDesk({ book, user: 'bench', program: 'Plimsoll bench', snapshot: true }));
const open = performance.now() - began;
const { total: rows } = must(await desk.ask('calls.queue', { limit: 100 }));
const firstRows = performance.now() - began;
const { accounts: firstAccounts } = must(await desk.ask('book.info', {}));
let memoryMost = 0;
const sampling = setInterval(() => (memoryMost = Math.max(memoryMost, process.memoryUsage.rss())), 20);

const asking = askOn(desk);
const marks: number[] = [];
// A question about all accounts.
must(await desk.ask('exclusions.list', {}));
const allRows = performance.now() - began;
let settled = performance.now() - began;
for (const [at, instrument] of instruments.entries()) {
  const typed = performance.now();
  must(await desk.ask('marks.set', { instrument, price: String(50 + at) }));
  // The first waits until all that a snapshot showed has been computed anew.
  if (at === 0) settled = performance.now() - began;
  else marks.push(performance.now() - typed);
}
const answers = await asking.stop();
clearInterval(sampling);
if (instruments.length > 0) await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
const memory = process.memoryUsage.rss();
const duringImport = csv === '' ? [] : await importing(desk, csv);
await desk.close();
console.log(JSON.stringify({ open, firstRows, firstAccounts, allRows, settled, rows, memoryMost, memory, answers, marks, duringImport } satisfies StartSeen));

/** How long answers took while a file was taken in. */
async function importing(desk: RunningDesk, path: string): Promise<number[]> {
  const asking = askOn(desk);
  const { fileId } = must(await desk.ask('files.receive', { name: 'positions.csv', bytes: readFileSync(path) }));
  const { planId } = must(await desk.ask('import.plan', { fileId, mapping: PROFILE_M }));
  must(await desk.ask('import.apply', { planId }));
  return asking.stop();
}

/** Asks again and again, whether or not what was asked before was answered, as windows do. */
function askOn(desk: RunningDesk): { stop(): Promise<number[]> } {
  const answers: Promise<number>[] = [];
  const asking = setInterval(() => {
    const asked = performance.now();
    answers.push(desk.ask('book.info', {}).then((answer) => (must(answer), performance.now() - asked)));
  }, ASK_EVERY_MS);
  return {
    stop() {
      clearInterval(asking);
      return Promise.all(answers);
    },
  };
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(faultLine(result.fault));
  return result.value;
}
