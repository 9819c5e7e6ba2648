/** Statements over what was imported. */
export const IMPORT_SQL = {
  isKnown: 'SELECT 1 FROM import WHERE sha256 = ? LIMIT 1',
  appliedBefore:
    'SELECT import.sequence, recorded_at FROM import JOIN journal USING (sequence) WHERE sha256 = ? ORDER BY import.sequence DESC LIMIT 1',
  all:
    'SELECT import.sequence, recorded_at, author, file_name, sha256, format, as_of, accounts, new, changed, closed, unchanged, rejected, skipped ' +
    'FROM import JOIN journal USING (sequence) ORDER BY import.sequence DESC',
} as const;
