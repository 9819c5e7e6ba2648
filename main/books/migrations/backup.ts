import { existsSync, renameSync, rmSync } from 'node:fs';
import { assert } from '../../../shared/result.ts';
import { connect, type Database } from '../sql/connect.ts';
import { schemaVersion } from './migrate.ts';

/** Where the copy from before a migration is kept: `desk.plimsoll.before-version-2`, numbered if there is one already. */
export function backupPath(book: string, version: number): string {
  const path = `${book}.before-version-${version}`;
  if (!existsSync(path)) return path;
  for (let number = 2; ; number += 1) if (!existsSync(`${path}.${number}`)) return `${path}.${number}`;
}

/** Copies the book as it stands and proves the copy good before it gets its name. Throws unless it is. */
export function backUp(db: Database, to: string): void {
  const copying = `${to}.copying`;
  rmSync(copying, { force: true });
  db.prepare('VACUUM INTO ?').run(copying);
  const copy = connect(copying, { readOnly: true });
  try {
    const check = copy.pragma('integrity_check(1)', { simple: true });
    assert(check === 'ok', `the backup before a migration is intact (${String(check)})`);
    assert(schemaVersion(copy) === schemaVersion(db), 'the backup before a migration has the version of the book');
    const count = (from: Database) => from.prepare('SELECT coalesce(max(sequence), 0) FROM journal').pluck().get();
    assert(count(copy) === count(db), 'the backup before a migration has every entry of the journal');
  } finally {
    copy.close();
  }
  renameSync(copying, to);
}
