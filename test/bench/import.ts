import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { YOUNG_MB } from '../../main/desk/threads.ts';
import { bookM } from './book-m/book.ts';
import type { ImportStages } from './import-child.ts';
import { writeImportFiles, type ImportFiles } from './import-files.ts';
import { hasShell, shells, type Shells, type Took } from './import-shell.ts';
import { atMost, inMilliseconds, measurement, median, type Measurement } from './measure.ts';

const TARGET_RATIO = 1;
const TARGET_MB = 600;

/** One thing that is measured: a file into a book, beside what the shell does of the same. */
interface Case {
  name: string;
  file: 'positions' | 'next';
  /** The file that the book was made of before the clock starts; null for a new book. */
  before: 'known' | 'knownBefore' | 'positions' | null;
  isComplete: boolean;
  shell: keyof Shells;
}

const CASES: readonly Case[] = [
  { name: 'into a book that knows its accounts and instruments', file: 'positions', before: 'known', isComplete: false, shell: 'given' },
  { name: 'into a book that knows them of the day before, so that every price and account moves', file: 'positions', before: 'knownBefore', isComplete: false, shell: 'given' },
  { name: 'into a new book', file: 'positions', before: null, isComplete: false, shell: 'found' },
  { name: 'into a new book, all of its accounts claimed', file: 'positions', before: null, isComplete: true, shell: 'found' },
  { name: 'of the next day, a tenth changed', file: 'next', before: 'positions', isComplete: false, shell: 'next' },
  { name: 'of the next day, a tenth changed, all of its accounts claimed', file: 'next', before: 'positions', isComplete: true, shell: 'next' },
];

const PEERS: Record<keyof Shells, string> = {
  given: 'sqlite3 shell: .import and JOIN to ids that are there',
  found: 'sqlite3 shell: .import, ids of new names, JOIN',
  next: 'sqlite3 shell: .import, JOIN, ends and new rows of what changed',
};

/**
 * Import of book M's position file, each run in a process of its own; with `peers` beside the sqlite3 shell doing the same
 * to tables of its own, in turns: as much is known before the clock starts on both sides. Processor time is given as well,
 * since on a machine with other work a second says little. Where there is no shell, that is said.
 */
export function importMeasurements({ peers = false, runs = 7, positions = 1_000_000 }): Measurement[] {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-import-'));
  try {
    const files = writeImportFiles(folder, bookM({ kind: 'scan', positions }));
    const isBeside = peers && hasShell();
    if (peers && !isBeside) console.error('The sqlite3 shell is not installed: imports are measured without their peer.');
    const shell = isBeside ? shells(folder, files) : null;
    const ours = CASES.map((): ImportStages[] => []);
    const theirs: Record<keyof Shells, Took[]> = { given: [], found: [], next: [] };
    for (const { before, isComplete } of CASES) prepareBook(folder, files, before, isComplete);
    for (let run = 0; run < runs; run += 1) {
      for (const [place, one] of CASES.entries()) {
        // Cases with one peer follow each other: it is asked once a run.
        if (shell && CASES[place - 1]?.shell !== one.shell) theirs[one.shell].push(shell[one.shell]());
        ours[place]?.push(importOnce(folder, files, one));
      }
    }
    return CASES.flatMap((one, place) => figures(one, files.rows, ours[place] as ImportStages[], theirs[one.shell]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const wholeOf = ({ read, plan, apply }: ImportStages) => read + plan + apply;

function figures({ name: what, shell }: Case, rows: number, ours: readonly ImportStages[], theirs: readonly Took[]): Measurement[] {
  const name = `6. import of a CSV of ${rows} rows ${what}`;
  const beside = (by: keyof Took) => (theirs.length === 0 ? null : { name: PEERS[shell], times: theirs.map((one) => one[by]) });
  return [
    withTarget(inMilliseconds(`${name}: read, planned, journalled, durable`, ours.map(wholeOf), beside('wall'))),
    withTarget(inMilliseconds(`${name}: processor time of the thread that imports`, ours.map(({ thread }) => thread), beside('processor'))),
    inMilliseconds(`${name}: processor time of all threads`, ours.map(({ processor }) => processor), beside('processor')),
    ...(['read', 'plan', 'apply'] as const).map((stage) => inMilliseconds(`${name}: of which ${stage}`, ours.map((stages) => stages[stage]))),
    atMost(measurement(`${name}: most memory of the process`, ours.map(({ peakBytes }) => peakBytes / 1e6), 'MB'), TARGET_MB, `<= ${TARGET_MB} MB`),
    measurement(`${name}: rate`, [rows / median(ours.map(wholeOf))], 'rows/s'),
  ];
}

function withTarget(figure: Measurement): Measurement {
  return figure.ratio === null ? figure : atMost(figure, TARGET_RATIO, `<= ${TARGET_RATIO.toFixed(1)} x the peer`);
}

function preparedBook(folder: string, before: string, isComplete: boolean): string {
  return join(folder, `${before}-${isComplete ? 'complete' : 'partial'}.plimsoll`);
}

/** Makes the book that a case begins with, once. */
function prepareBook(folder: string, files: ImportFiles, before: Case['before'], isComplete: boolean): void {
  if (before !== null) runChild(files[before], preparedBook(folder, before, isComplete), isComplete);
}

function importOnce(folder: string, files: ImportFiles, { file, before, isComplete }: Case): ImportStages {
  const book = join(folder, 'bench.plimsoll');
  for (const ending of ['', '-wal', '-shm', '.head', '.lock', '.holder']) rmSync(book + ending, { force: true });
  for (const ending of before === null ? [] : ['', '.head']) copyFileSync(preparedBook(folder, before as string, isComplete) + ending, book + ending);
  return runChild(files[file], book, isComplete);
}

/** With the room that the desk's threads have for what lasts a moment, of which there are three parts. */
function runChild(file: string, book: string, isComplete: boolean): ImportStages {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`--max-semi-space-size=${YOUNG_MB / 3}`, 'test/bench/import-child.ts', file, book, isComplete ? 'complete' : 'partial'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as ImportStages;
}
