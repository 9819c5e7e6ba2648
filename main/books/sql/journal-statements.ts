import { journalTable } from '../tables/record-tables.ts';

const JOURNAL_COLUMNS = Object.keys(journalTable.columns).join(', ');

const LATEST =
  'partition.id, digest.sequence, rows_digest, history_digest FROM partition LEFT JOIN partition_digest AS digest ON digest.partition_id = partition.id ' +
  'AND digest.sequence = (SELECT max(sequence) FROM partition_digest WHERE partition_id = partition.id)';

/** Statements over the journal and the digests it vouches for. */
export const JOURNAL_SQL = {
  lastEntry: `SELECT ${JOURNAL_COLUMNS} FROM journal ORDER BY sequence DESC LIMIT 1`,
  entry: `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE sequence = ?`,
  entriesFrom: `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE sequence >= ? ORDER BY sequence LIMIT ?`,
  entryDigest: 'SELECT partitions_digest FROM journal WHERE sequence = ?',
  lastSequence: 'SELECT coalesce(max(sequence), 0) FROM journal',
  partitionTotal: 'SELECT count(*) FROM partition',
  lastPartition: 'SELECT coalesce(max(id), 0) FROM partition',
  lastPartitionOfKind: "SELECT max(CAST(substr(name, length(?) + 2) AS INTEGER)) FROM partition WHERE name GLOB ? || '/*'",
  latestDigest: `SELECT ${LATEST} WHERE name = ?`,
  /** Of the partitions whose names are listed as JSON. */
  latestDigestsOf: `SELECT name, ${LATEST} WHERE name IN (SELECT value FROM json_each(?))`,
  latestDigestsOfKind: `SELECT name, ${LATEST} WHERE name GLOB ? || '/*'`,
  digestsOfEntry:
    'SELECT partition.name, rows_digest, history_digest FROM partition_digest JOIN partition ON partition.id = partition_id ' +
    'WHERE partition_digest.sequence = ? ORDER BY partition.name',
} as const;
