import { assert } from '../../../shared/result.ts';
import type { Database } from '../sql/connect.ts';
import { first } from './001-first.ts';
import { dayTrading } from './002-day-trading.ts';

/** One numbered step of the schema. Once a book has been made with it, it is never edited. */
export interface Migration {
  /** The `user_version` a book has after it. */
  version: number;
  title: string;
  sql: string;
  /** SHA-256 of the `schemaText` of a book that was made up to here: making one to compare with takes a twentieth of a small book's start. */
  schema?: string;
}

export const MIGRATIONS: readonly Migration[] = [first, dayTrading];

export function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/**
 * Brings the schema up to date, each step and its version in one transaction, so that a kill leaves the old version or
 * the new one. `backUp` is called first when there is anything to lose, and must throw unless its copy is good.
 */
export function migrate(db: Database, migrations: readonly Migration[], backUp: () => void): void {
  const before = schemaVersion(db);
  const steps = migrations.filter(({ version }) => version > before);
  if (steps.length === 0) return;
  if (before > 0) backUp();
  for (const { version, title, sql } of steps) {
    assert(version === schemaVersion(db) + 1, `migration ${version} (${title}) follows ${version - 1}`);
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}

/** Name and text of everything in a schema, for comparing a book's with the one its version should have. */
export function schemaText(db: Database): string {
  const rows = db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*' ORDER BY name").raw().all();
  return JSON.stringify(rows);
}
