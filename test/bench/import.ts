import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountName, bookM, type BookM } from './book-m/book.ts';
import { writePositionFile } from './book-m/files.ts';
import type { ImportStages } from './import-child.ts';
import { inMilliseconds, measurement, median, seconds, type Measurement } from './measure.ts';

const TARGET_RATIO = 1;

/**
 * Import of book M's position file into a new book, each run in a process of its own; with `peers` beside the sqlite3
 * shell's `.import` and join of the same file, in turns. Processor time is given as well, since on a machine with other
 * work a second says little. Where there is no shell, that is said.
 */
export function importMeasurements({ peers = false, runs = 7, positions = 1_000_000 }): Measurement[] {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-import-'));
  try {
    const book = bookM({ kind: 'scan', positions });
    const file = join(folder, 'positions.csv');
    const rows = writePositionFile(file, book);
    writeNames(folder, book);
    const hasShell = peers && spawnSync('sqlite3', ['--version']).status === 0;
    if (peers && !hasShell) console.error('The sqlite3 shell is not installed: imports are measured without their peer.');
    const [ours, partial, given, found] = [[], [], [], []] as [ImportStages[], ImportStages[], Took[], Took[]];
    for (let run = 0; run < runs; run += 1) {
      if (hasShell) given.push(shell(folder, file, givenNames(folder)));
      ours.push(importOnce(folder, file, 'complete'));
      if (hasShell) found.push(shell(folder, file, foundNames()));
      partial.push(importOnce(folder, file, 'partial'));
    }
    return figures(rows, { ours, partial, given, found });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds by the clock, and of the processor. */
interface Took {
  wall: number;
  processor: number;
}

const wholeOf = ({ read, plan, apply }: ImportStages) => read + plan + apply;

function figures(rows: number, { ours, partial, given, found }: { ours: ImportStages[]; partial: ImportStages[]; given: Took[]; found: Took[] }): Measurement[] {
  const name = `6. import of a CSV of ${rows} rows`;
  const shells = { given: 'sqlite3 shell: .import and JOIN to ids that are there', found: 'sqlite3 shell: .import, ids of new names, JOIN' };
  const beside = (took: readonly Took[], by: keyof Took, peer: string) => (took.length === 0 ? null : { name: peer, times: took.map((one) => one[by]) });
  return [
    withTarget(inMilliseconds(`${name}: read, planned, journalled, durable`, partial.map(wholeOf), beside(given, 'wall', shells.given))),
    withTarget(inMilliseconds(`${name}, beside a shell that finds the names as we do`, partial.map(wholeOf), beside(found, 'wall', shells.found))),
    withTarget(inMilliseconds(`${name} that also claims to list everything of its accounts`, ours.map(wholeOf), beside(found, 'wall', shells.found))),
    withTarget(inMilliseconds(`${name}, processor time of the thread that imports`, partial.map(({ thread }) => thread), beside(given, 'processor', shells.given))),
    withTarget(inMilliseconds(`${name}, processor time of that thread, beside a shell that finds the names as we do`, partial.map(({ thread }) => thread), beside(found, 'processor', shells.found))),
    withTarget(inMilliseconds(`${name}, processor time of all threads`, partial.map(({ processor }) => processor), beside(found, 'processor', shells.found))),
    ...(['read', 'plan', 'apply'] as const).map((stage) => inMilliseconds(`${name}, of which ${stage}`, partial.map((stages) => stages[stage]))),
    measurement(`${name}: most memory of the process`, partial.map(({ peakBytes }) => peakBytes / 1e6), 'MB'),
    measurement(`${name}: rate`, [rows / median(partial.map(wholeOf))], 'rows/s'),
  ];
}

function withTarget(figure: Measurement): Measurement {
  return figure.ratio === null ? figure : { ...figure, target: `<= ${TARGET_RATIO.toFixed(1)} x the peer`, met: figure.ratio <= TARGET_RATIO };
}

function importOnce(folder: string, file: string, scope: 'complete' | 'partial'): ImportStages {
  const book = join(folder, 'bench.plimsoll');
  removeBook(book);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/bench/import-child.ts', file, book, scope], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as ImportStages;
}

function removeBook(book: string): void {
  for (const ending of ['', '-wal', '-shm', '.head', '.lock', '.holder']) rmSync(book + ending, { force: true });
}

/** Names of accounts and instruments, for the shell that is given its ids before the clock starts. */
function writeNames(folder: string, book: BookM): void {
  writeFileSync(join(folder, 'accounts.csv'), Array.from({ length: book.accounts }, (_, account) => `${accountName(account)}\n`).join(''));
  writeFileSync(join(folder, 'instruments.csv'), book.universe.id.map((id) => `${id}\n`).join(''));
}

const SCHEMA = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
CREATE TABLE account (id INTEGER PRIMARY KEY, code TEXT UNIQUE); CREATE TABLE instrument (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
CREATE TABLE position (account_id INTEGER, instrument_id INTEGER, quantity TEXT, price TEXT, as_of TEXT, PRIMARY KEY (account_id, instrument_id)) WITHOUT ROWID;`;
const JOIN = `INSERT INTO position SELECT account.id, instrument.id, quantity, price, as_of FROM staging JOIN account ON account.code = staging.account JOIN instrument ON instrument.code = staging.symbol WHERE kind <> 'cash' ORDER BY 1, 2;`;

function givenNames(folder: string): Prepared {
  const before = [SCHEMA, 'CREATE TEMP TABLE names (code);', `.import ${join(folder, 'accounts.csv')} names`, 'INSERT INTO account (code) SELECT code FROM names; DELETE FROM names;', `.import ${join(folder, 'instruments.csv')} names`, 'INSERT INTO instrument (code) SELECT code FROM names;'];
  return { before: before.join('\n'), names: '' };
}

function foundNames(): Prepared {
  const names = "INSERT INTO account (code) SELECT DISTINCT account FROM staging ORDER BY 1; INSERT INTO instrument (code) SELECT DISTINCT symbol FROM staging WHERE kind <> 'cash' ORDER BY 1;";
  return { before: SCHEMA, names };
}

interface Prepared {
  before: string;
  names: string;
}

/** What the shell's way of doing the same takes: a staging table, ids, one sorted join into the table. */
function shell(folder: string, file: string, { before, names }: Prepared): Took {
  const db = join(folder, 'peer.db');
  for (const ending of ['', '-wal', '-shm']) rmSync(db + ending, { force: true });
  const staging = 'CREATE TEMP TABLE staging (account TEXT, symbol TEXT, kind TEXT, quantity TEXT, price TEXT, currency TEXT, multiplier TEXT, underlying TEXT, expiry TEXT, as_of TEXT);';
  runShell(db, before);
  let processor = 0;
  const wall = seconds(() => {
    processor = runShell(db, ['PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;', staging, '.mode csv', `.import --skip 1 ${file} staging`, names, JOIN].join('\n'));
  });
  return { wall, processor };
}

/** Processor seconds that the shell took for a script, as its parent is told them: the last line of `times`. */
function runShell(db: string, script: string): number {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', 'sqlite3 "$0" && times', db], { input: script, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const spent = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return spent.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
}
