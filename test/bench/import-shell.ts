import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NEXT_DAY, type ImportFiles } from './import-files.ts';
import { seconds } from './measure.ts';

/** Seconds by the clock, and of the processor. */
export interface Took {
  wall: number;
  processor: number;
}

/** The sqlite3 shell's ways of doing what an import does: a staging table, ids, one sorted join into the table. */
export interface Shells {
  /** Ids of accounts and instruments are there before the clock starts. */
  given: () => Took;
  /** It makes them, as an import into a new book does. */
  found: () => Took;
  /** The next day's file into a table of what was so from when to when: what changed ends, and begins anew. */
  next: () => Took;
}

const DURABLE = 'PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;';
const SCHEMA = `PRAGMA journal_mode = WAL; ${DURABLE}
CREATE TABLE account (id INTEGER PRIMARY KEY, code TEXT UNIQUE); CREATE TABLE instrument (id INTEGER PRIMARY KEY, code TEXT UNIQUE);`;
const POSITION = 'CREATE TABLE position (account_id INTEGER, instrument_id INTEGER, quantity TEXT, price TEXT, as_of TEXT, PRIMARY KEY (account_id, instrument_id)) WITHOUT ROWID;';
const HISTORY =
  'CREATE TABLE position (account_id INTEGER, instrument_id INTEGER, valid_from TEXT, valid_to TEXT, quantity TEXT, price TEXT, PRIMARY KEY (account_id, instrument_id, valid_from)) WITHOUT ROWID;';
const STAGING = 'CREATE TEMP TABLE staging (account TEXT, symbol TEXT, kind TEXT, quantity TEXT, price TEXT, currency TEXT, multiplier TEXT, underlying TEXT, expiry TEXT, as_of TEXT);';
const NAMES = "INSERT INTO account (code) SELECT DISTINCT account FROM staging ORDER BY 1; INSERT INTO instrument (code) SELECT DISTINCT symbol FROM staging WHERE kind <> 'cash' ORDER BY 1;";
const JOINED = "FROM staging JOIN account ON account.code = staging.account JOIN instrument ON instrument.code = staging.symbol WHERE kind <> 'cash'";
const INTO_POSITION = `INSERT INTO position SELECT account.id, instrument.id, quantity, price, as_of ${JOINED} ORDER BY 1, 2;`;
const INTO_HISTORY = `INSERT INTO position SELECT account.id, instrument.id, as_of, NULL, quantity, price ${JOINED} ORDER BY 1, 2;`;
const CHANGED = `CREATE TEMP TABLE changed AS SELECT account.id AS a, instrument.id AS i, staging.quantity AS q, staging.price AS p FROM staging
JOIN account ON account.code = staging.account JOIN instrument ON instrument.code = staging.symbol
LEFT JOIN position ON account_id = account.id AND instrument_id = instrument.id AND valid_to IS NULL
WHERE kind <> 'cash' AND position.quantity IS NOT staging.quantity ORDER BY 1, 2;
UPDATE position SET valid_to = '${NEXT_DAY}' FROM changed WHERE account_id = a AND instrument_id = i AND valid_to IS NULL;
INSERT INTO position SELECT a, i, '${NEXT_DAY}', NULL, q, p FROM changed;`;

export function shells(folder: string, files: ImportFiles): Shells {
  const db = join(folder, 'peer.db');
  const before = join(folder, 'peer-before.db');
  const staged = (file: string, work: string) => [DURABLE, STAGING, '.mode csv', `.import --skip 1 ${file} staging`, work].join('\n');
  const given = [SCHEMA, POSITION, 'CREATE TEMP TABLE names (code);', `.import ${files.accounts} names`, 'INSERT INTO account (code) SELECT code FROM names; DELETE FROM names;', `.import ${files.instruments} names`, 'INSERT INTO instrument (code) SELECT code FROM names;'].join('\n');

  function took(prepare: () => void, script: string): Took {
    removeDatabase(db);
    prepare();
    let processor = 0;
    const wall = seconds(() => {
      processor = runShell(db, script);
    });
    return { wall, processor };
  }
  function copyHistory(): void {
    if (!existsSync(before)) {
      runShell(before, `${SCHEMA}${HISTORY}`);
      runShell(before, staged(files.positions, `${NAMES}${INTO_HISTORY}`));
    }
    copyFileSync(before, db);
  }
  return {
    given: () => took(() => void runShell(db, given), staged(files.positions, INTO_POSITION)),
    found: () => took(() => void runShell(db, `${SCHEMA}${POSITION}`), staged(files.positions, `${NAMES}${INTO_POSITION}`)),
    next: () => took(copyHistory, staged(files.next, CHANGED)),
  };
}

export function hasShell(): boolean {
  return spawnSync('sqlite3', ['--version']).status === 0;
}

function removeDatabase(db: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(db + ending, { force: true });
}

/** Processor seconds that the shell took for a script, as its parent is told them: the last line of `times`. */
function runShell(db: string, script: string): number {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', 'sqlite3 "$0" && times', db], { input: script, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const spent = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return spent.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
}
