import { instant, json, sha256 } from './checks.ts';

/**
 * What makes a book trustworthy: the journal with its hash chain, and the digests of every partition of the data.
 * `rows_ended` is the running number of past rows after the entry, and `partitions_total` the number of partitions,
 * so that neither can shrink unnoticed.
 */
export const journalTables = `
CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  recorded_at TEXT NOT NULL ${instant('recorded_at')},
  author TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL ${json('detail')},
  rows_ended INTEGER NOT NULL CHECK (rows_ended >= 0),
  partitions_total INTEGER NOT NULL CHECK (partitions_total >= 0),
  partitions_digest TEXT NOT NULL ${sha256('partitions_digest')},
  previous_hash TEXT NOT NULL ${sha256('previous_hash')},
  hash TEXT NOT NULL UNIQUE ${sha256('hash')}
) STRICT;

CREATE TABLE partition (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE partition_digest (
  partition_id INTEGER NOT NULL REFERENCES partition (id),
  sequence INTEGER NOT NULL REFERENCES journal (sequence) DEFERRABLE INITIALLY DEFERRED,
  rows_digest TEXT NOT NULL ${sha256('rows_digest')},
  history_digest TEXT NOT NULL ${sha256('history_digest')},
  PRIMARY KEY (partition_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX partition_digest_by_entry ON partition_digest (sequence);
`;
