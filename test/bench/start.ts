import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { snapshotPath } from '../../main/books/snapshot/snapshot-file.ts';
import { mainBundle } from '../../main/build/main-bundle.ts';
import { buildDemo } from '../../main/desk/demo.ts';
import { openDesk } from '../../main/desk/open-desk.ts';
import { YOUNG_MB } from '../../main/desk/threads.ts';
import { writeBookFile, writeChanges } from './book-m/as-book.ts';
import { bookM } from './book-m/book.ts';
import { atMost, inMilliseconds, measurement, quantile, type Measurement } from './measure.ts';
import type { StartSeen } from './start-child.ts';
import type { Stretches } from './stretches-child.ts';

const RUNS = 7;
const CHANGED_ACCOUNTS = 200;
/** Typed while answers are timed: a spot that few hold, one that many do, an option. */
const INSTRUMENTS = ['XQCA', 'XQBQ', 'XQBQ 2027-06-18 P 105'];

const FROM_SOURCES = 'test/bench/start-child.ts';
/** In the checkout, so that the SQLite binding is found, and not in dist/, which is packed. */
const INSTALLED = '.cache/bench-start';

/**
 * A desk from nothing to its first queue rows, each time in a process of its own, as it is installed and from its sources:
 * book M and the demo book, with the snapshot that the last start left and without one; the memory it takes, and how long
 * answers take while it recomputes.
 */
export async function startMeasurements({ runs = RUNS, positions = 1_000_000 } = {}): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-start-'));
  try {
    const [book, demo] = [join(folder, 'm.plimsoll'), join(folder, 'demo.plimsoll')];
    const m = bookM({ kind: 'mixed', positions });
    writeBookFile(book, m);
    const built = await buildDemo(demo, () => undefined);
    if (!built.ok) throw new Error(built.fault.message);
    const csv = join(folder, 'some.csv');
    writeChanges(csv, m, CHANGED_ACCOUNTS);
    const installed = await installedProgram();
    const ran = join(folder, 'ran.plimsoll');
    await runOnCopy(book, ran);
    const afterRun = Array.from({ length: runs }, () => coldStart(installed, ran, join(folder, 'copy.plimsoll')));
    return [...fromSql('book M after an official run', afterRun, true), ...ofBook(installed, 'book M', folder, book, runs, [csv, ...INSTRUMENTS]), ...waits(book), ...ofBook(installed, 'the demo book', folder, demo, runs, [])];
  } finally {
    for (const left of [folder, INSTALLED]) rmSync(left, { recursive: true, force: true });
  }
}

/** What is started, bundled as the packages are. */
async function installedProgram(): Promise<string> {
  const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const { rolldownOptions, ...options } = mainBundle.build ?? {};
  await build({ ...mainBundle, build: { ...options, outDir: path(INSTALLED), rolldownOptions: { ...rolldownOptions, input: { ...(rolldownOptions?.input as Record<string, string>), 'start-child': path(FROM_SOURCES) } } } });
  return `${INSTALLED}/start-child.js`;
}

/** Starts without a snapshot, each on a copy of the book that nobody has had open, and with the one that the start before left. */
function ofBook(installed: string, name: string, folder: string, book: string, runs: number, doing: readonly string[]): Measurement[] {
  const copy = join(folder, 'copy.plimsoll');
  const cold: StartSeen[] = [];
  const warm: StartSeen[] = [];
  const fromSources: StartSeen[] = [];
  for (let round = 0; round < runs; round += 1) {
    fromSources.push(coldStart(FROM_SOURCES, book, copy));
    cold.push(coldStart(installed, book, copy));
    if (!existsSync(snapshotPath(copy))) throw new Error('the first start leaves a snapshot');
    warm.push(start(installed, copy, doing));
  }
  const isM = doing.length > 0;
  const answers = warm.flatMap((seen) => seen.answers);
  return [
    ...fromSql(name, cold, isM),
    limited(inMilliseconds(`5. ${name}: threads started to first queue rows, from the snapshot`, warm.map(({ firstRows }) => firstRows / 1000)), isM ? 1_500 : 500),
    inMilliseconds(`5. ${name}: threads started to first queue rows, from SQL, the program from its sources`, fromSources.map(({ firstRows }) => firstRows / 1000)),
    inMilliseconds(`5. ${name}: from the snapshot until every figure has been computed anew`, warm.map(({ settled }) => settled / 1000)),
    ...(isM
      ? [
          atMost(measurement('7. resident memory with book M open', warm.map(({ memory }) => memory / 1e6), 'MB'), 600, '<= 600 MB'),
          measurement('7. resident memory while book M is opened and prices are typed, at most', warm.map(({ memoryMost }) => memoryMost / 1e6), 'MB'),
          atMost(measurement('8. answers while the desk recomputes and prices are typed, 99 of 100', [quantile(answers, 0.99)], 'ms'), 16, '<= 16 ms'),
          atMost(measurement('8. answers while a file of 200 accounts is imported into book M, 99 of 100', [quantile(warm.flatMap((seen) => seen.duringImport), 0.99)], 'ms'), 16, '<= 16 ms'),
          inMilliseconds('one typed price of a spot, an option and a spot that many hold: journalled, computed, shown', warm.flatMap(({ marks }) => marks.map((time) => time / 1000))),
        ]
      : []),
  ];
}

/** Without a snapshot: of a large book the most urgent accounts are there first. */
function fromSql(name: string, cold: readonly StartSeen[], isM: boolean): Measurement[] {
  const first = limited(inMilliseconds(`5. ${name}: threads started to first queue rows, from SQL`, cold.map(({ firstRows }) => firstRows / 1000)), isM ? 1_500 : 500);
  if (!isM) return [first];
  return [
    first,
    measurement(`${name}: accounts that the first rows from SQL are of`, cold.map(({ firstAccounts }) => firstAccounts), 'accounts'),
    inMilliseconds(`${name}: threads started to all rows, from SQL`, cold.map(({ allRows }) => allRows / 1000)),
    atMost(measurement(`8. answers from the first rows of ${name} to all of them, 99 of 100`, [quantile(cold.flatMap(({ answers }) => answers), 0.99)], 'ms'), 16, '<= 16 ms'),
  ];
}

function coldStart(program: string, book: string, copy: string): StartSeen {
  copyAfresh(book, copy);
  return start(program, copy, []);
}

/** The book as a desk leaves it at night: with the calls that its official run raised. */
async function runOnCopy(book: string, copy: string): Promise<void> {
  copyAfresh(book, copy);
  const desk = await openDesk({ book: copy, user: 'bench', program: 'Plimsoll bench' });
  if (!desk.ok) throw new Error(desk.fault.message);
  const run = await desk.value.ask('runs.official', {});
  if (!run.ok) throw new Error(run.fault.message);
  await desk.value.close();
}

/** What a question waits for that comes in at any moment of the desk thread's work, in processor time: other programs have no part in it. */
function waits(book: string): Measurement[] {
  // A third of the desk thread's room for what lasts a moment is one half of it.
  const stretches = JSON.parse(run('test/bench/stretches-child.ts', [book, ...INSTRUMENTS], [`--max-semi-space-size=${YOUNG_MB / 3}`])) as Stretches;
  const figure = (name: string, stage: keyof Stretches): Measurement => atMost(measurement(`8. wait for the desk thread ${name}, 99 of 100, processor time`, [waitBelow(stretches[stage], 0.99)], 'ms'), 16, '<= 16 ms');
  return [figure('while book M is taken in and computed', 'opening'), figure('while typed prices are taken in', 'prices'), figure('while an official run is computed', 'running'), figure('while a large account is handed to its thread', 'handing'), figure('while the book is read again', 'reloading')];
}

/** Whoever comes during a stretch waits for what is left of it; below this stays such a share of all moments. */
export function waitBelow(stretches: readonly number[], share: number): number {
  const all = stretches.reduce((sum, length) => sum + length, 0);
  let [low, high] = [0, stretches.reduce((most, length) => Math.max(most, length), 0)];
  while (high - low > 0.01) {
    const wait = (low + high) / 2;
    const longer = stretches.reduce((sum, length) => sum + Math.max(0, length - wait), 0);
    if (longer > (1 - share) * all) low = wait;
    else high = wait;
  }
  return high;
}

function limited(figure: Measurement, milliseconds: number): Measurement {
  return atMost(figure, milliseconds, `<= ${milliseconds} ms`);
}

function copyAfresh(book: string, copy: string): void {
  for (const ending of ['', '.head', '.snapshot', '-wal', '-shm']) rmSync(copy + ending, { force: true });
  for (const ending of ['', '.head']) copyFileSync(book + ending, copy + ending);
}

function start(program: string, book: string, doing: readonly string[]): StartSeen {
  return JSON.parse(run(program, [book, ...doing])) as StartSeen;
}

function run(child: string, args: readonly string[], flags: readonly string[] = []): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, child, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
