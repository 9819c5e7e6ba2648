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
 * Import of book M's position file into a new book, each run in a process of its own, beside the sqlite3 shell's
 * `.import` and join of the same file. Without the shell the figures stand alone, and say so.
 */
export function importMeasurements({ runs = 7, positions = 1_000_000 } = {}): Measurement[] {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-import-'));
  try {
    const book = bookM({ kind: 'scan', positions });
    const file = join(folder, 'positions.csv');
    const rows = writePositionFile(file, book);
    writeNames(folder, book);
    const hasShell = spawnSync('sqlite3', ['--version']).status === 0;
    if (!hasShell) console.error('The sqlite3 shell is not installed: imports are measured without their peer.');
    const [ours, partial, given, found] = [[], [], [], []] as [ImportStages[], ImportStages[], number[], number[]];
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

const wholeOf = ({ read, plan, apply }: ImportStages) => read + plan + apply;

function figures(rows: number, { ours, partial, given, found }: { ours: ImportStages[]; partial: ImportStages[]; given: number[]; found: number[] }): Measurement[] {
  const name = `import of a CSV of ${rows} rows`;
  const peers = { given: 'sqlite3 shell: .import and JOIN to ids that are there', found: 'sqlite3 shell: .import, ids of new names, JOIN' };
  const against = (times: readonly number[], peer: string) => (times.length === 0 ? null : { name: peer, times });
  return [
    withTarget(inMilliseconds(`${name}: read, planned, journalled, durable`, partial.map(wholeOf), against(given, peers.given))),
    withTarget(inMilliseconds(`${name}, beside a shell that finds the names as we do`, partial.map(wholeOf), against(found, peers.found))),
    withTarget(inMilliseconds(`${name} that also claims to list everything of its accounts`, ours.map(wholeOf), against(found, peers.found))),
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

/** Seconds of the shell's way of doing the same: a staging table, ids, one sorted join into the table. */
function shell(folder: string, file: string, { before, names }: Prepared): number {
  const db = join(folder, 'peer.db');
  for (const ending of ['', '-wal', '-shm']) rmSync(db + ending, { force: true });
  const staging = 'CREATE TEMP TABLE staging (account TEXT, symbol TEXT, kind TEXT, quantity TEXT, price TEXT, currency TEXT, multiplier TEXT, underlying TEXT, expiry TEXT, as_of TEXT);';
  runShell(db, before);
  return seconds(() => runShell(db, ['PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;', staging, '.mode csv', `.import --skip 1 ${file} staging`, names, JOIN].join('\n')));
}

function runShell(db: string, script: string): void {
  const { status, stderr } = spawnSync('sqlite3', [db], { input: script, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
