import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { constants, getPriority, setPriority } from 'node:os';
import { basename, dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { setFlagsFromString } from 'node:v8';

/** Starts a thread of the desk by the name of its file in this folder. */
export function startThread(name: string, workerData: unknown): Worker {
  // Unbundled sources end in .ts, bundles in .js; a literal './x.ts' would not exist in the bundle.
  // It would begin with a fourth of that room, and clear it away ten times before it has grown: a twentieth of a start.
  setFlagsFromString(`--min-semi-space-size=${YOUNG_MB / 3}`);
  const suffix = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  return new Worker(new URL(`./${name}${suffix}`, import.meta.url), { workerData, name, env: threadEnvironment(), resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
}

/** How far those stand behind that import, pair and look at accounts, and those that V8 has for compiling and collecting. */
const BEHIND = 10;
const HELPERS_BEHIND = 5;

/**
 * Puts this thread behind those that answer, wherever several want a processor: whoever waits for an answer does not wait
 * for an import too. Only Linux gives a thread a priority of its own; elsewhere nothing happens.
 */
export function goBehind(): void {
  attempt(() => setBehind(Number(basename(readlinkSync('/proc/thread-self'))), BEHIND));
}

/**
 * Puts V8's own threads, which all others share, between the two: a thread that answers would wait for one that compiles
 * as long as for another that answers, and a collection waits for its helpers only while nobody answers.
 */
export function helpersBehind(): void {
  attempt(() => {
    for (const thread of readdirSync(THREADS)) if (readFileSync(`${THREADS}/${thread}/comm`, 'utf8').startsWith('V8Worker')) setBehind(Number(thread), HELPERS_BEHIND);
  });
}

const THREADS = '/proc/self/task';

/** Behind the program's own first thread: a thread begins where the one stands that started it. */
function setBehind(thread: number, by: number): void {
  setPriority(thread, Math.min(constants.priority.PRIORITY_LOW, getPriority(process.pid) + by));
}

/** Everything works without it. */
function attempt(setting: () => void): void {
  try {
    setting();
  } catch {
    // Not on this system, or not for this person.
  }
}

/** Room for what lasts a moment: with more, clearing it away takes longer at a time, and somebody waits for an answer. */
export const YOUNG_MB = 12;

/** A thread keeps compiled code where its program does: it is there in half the time then. */
function threadEnvironment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  return cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(cache) };
}
