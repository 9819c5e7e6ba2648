import { latestVersion, MIGRATIONS, type Migration } from '../../main/books/migrations/migrate.ts';

/** A migration that takes long enough to be killed in its middle: a new table, filled row by row. */
export const SLOW_ROWS = 200_000;

const slow: Migration = {
  version: latestVersion(MIGRATIONS) + 1,
  title: 'a large table of a later version',
  sql: `CREATE TABLE later (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
    INSERT INTO later WITH RECURSIVE numbers (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM numbers WHERE id < ${SLOW_ROWS}) SELECT id, hex(id * 7919) FROM numbers;
    CREATE INDEX later_text ON later (text);`,
};

export const WITH_SLOW: readonly Migration[] = [...MIGRATIONS, slow];
