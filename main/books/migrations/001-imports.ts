import { day, json, oneOf, sha256, twoTimeAxes } from './checks.ts';

const entryKey = 'sequence INTEGER NOT NULL REFERENCES journal (sequence) DEFERRABLE INITIALLY DEFERRED';

/** The files that came in: their bytes, kept by hash, what each brought, and what each claimed to list in full. */
export const importTables = `
CREATE TABLE source_file (
  sha256 TEXT PRIMARY KEY ${sha256('sha256')},
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  compression TEXT NOT NULL ${oneOf('compression', ['none', 'zstd'])},
  content BLOB NOT NULL
) STRICT;

CREATE TABLE import (
  sequence INTEGER PRIMARY KEY REFERENCES journal (sequence) DEFERRABLE INITIALLY DEFERRED,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES source_file (sha256),
  format TEXT NOT NULL,
  as_of TEXT NOT NULL ${day('as_of')},
  as_of_source TEXT NOT NULL,
  accounts INTEGER NOT NULL,
  new INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  notes TEXT NOT NULL ${json('notes')},
  rejected_rows TEXT NOT NULL ${json('rejected_rows')},
  skipped_rows TEXT NOT NULL ${json('skipped_rows')}
) STRICT;
CREATE INDEX import_by_file ON import (sha256);

CREATE TABLE import_scope (
  account_id INTEGER NOT NULL REFERENCES account (id),
  covers TEXT NOT NULL ${oneOf('covers', ['equity', 'etf', 'index', 'bond', 'option', 'future', 'perpetual', 'coin', 'loan', 'cfd', 'warrant', 'other', 'cash'])},
  as_of TEXT NOT NULL ${day('as_of')},
  ${entryKey},
  PRIMARY KEY (account_id, covers, as_of, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE mapping_profile (
  ended INTEGER NOT NULL,
  name TEXT NOT NULL,
  profile TEXT NOT NULL ${json('profile')},${twoTimeAxes(day)}
  PRIMARY KEY (ended, name)
) STRICT, WITHOUT ROWID;
`;
