import type { Table } from './bind.ts';

/** The append-only tables: rows are added with a journal entry and never touched again. */

export const journalTable: Table = {
  name: 'journal',
  columns: {
    sequence: 'integer',
    recorded_at: 'text',
    author: 'text',
    action: 'text',
    reason: 'text',
    detail: 'text',
    rows_ended: 'integer',
    partitions_total: 'integer',
    partitions_digest: 'text',
    previous_hash: 'text',
    hash: 'text',
  },
};

export const partitionTable: Table = { name: 'partition', columns: { id: 'integer', name: 'text' } };

export const partitionDigestTable: Table = {
  name: 'partition_digest',
  columns: { partition_id: 'integer', sequence: 'integer', rows_digest: 'text', history_digest: 'text' },
};

export const sourceFileTable: Table = {
  name: 'source_file',
  columns: { sha256: 'text', size_bytes: 'integer', compression: 'text', content: 'bytes' },
};

export const importTable: Table = {
  name: 'import',
  columns: {
    sequence: 'integer',
    file_name: 'text',
    sha256: 'text',
    format: 'text',
    as_of: 'text',
    as_of_source: 'text',
    accounts: 'integer',
    new: 'integer',
    changed: 'integer',
    closed: 'integer',
    unchanged: 'integer',
    rejected: 'integer',
    skipped: 'integer',
    notes: 'text',
    rejected_rows: 'text',
    skipped_rows: 'text',
  },
};

export const importScopeTable: Table = {
  name: 'import_scope',
  columns: { account_id: 'integer', covers: 'text', as_of: 'text', sequence: 'integer' },
};

export const marginRunTable: Table = {
  name: 'margin_run',
  columns: {
    sequence: 'integer',
    run_id: 'text',
    business_date: 'text',
    marks_as_of: 'text',
    kind: 'text',
    computed_at_sequence: 'integer',
    run_at: 'text',
  },
};

export const callEventTable: Table = {
  name: 'call_event',
  columns: {
    account_id: 'integer',
    call_code: 'text',
    number: 'integer',
    kind: 'text',
    from_state: 'text?',
    to_state: 'text',
    amount: 'money?',
    satisfied_by: 'text?',
    happened_at: 'text',
    author: 'text',
    run_id: 'text?',
    reason: 'text',
    sequence: 'integer',
  },
};

export const dailyMarginRecordTable: Table = {
  name: 'daily_margin_record',
  columns: {
    account_id: 'integer',
    business_date: 'text',
    call_code: 'text',
    type: 'text',
    required: 'money',
    outstanding: 'money',
    satisfied_by: 'text?',
    satisfied_on: 'text?',
    run_id: 'text',
    sequence: 'integer',
  },
};
