const PRIOR_COLUMNS = 'account.code, currency, special_memorandum_account, equity, excess FROM prior_margin JOIN account ON account.id = account_id';

/** Not those that take the place of what was known at the entry. */
const activitySince = (which = ''): string =>
  `SELECT account.code, reference FROM activity AS fact JOIN account ON account.id = account_id WHERE ended = 0${which} AND sequence_from > ? AND NOT EXISTS ` +
  '(SELECT 1 FROM activity AS earlier WHERE earlier.account_id = fact.account_id AND earlier.reference = fact.reference AND earlier.ended > 0 AND earlier.sequence_from <= ?)';

const strikesSince = (which = ''): string =>
  'SELECT account.code, call.type, count(DISTINCT step.call_code) FROM call_event AS step ' +
  'JOIN call ON call.ended = 0 AND call.account_id = step.account_id AND call.call_code = step.call_code JOIN account ON account.id = step.account_id ' +
  `WHERE${which} (step.kind = 'overdue' OR (step.kind = 'met' AND step.satisfied_by = 'sale')) AND step.happened_at >= ? GROUP BY account.code, call.type`;

/** Statements over margin runs, calls and their events; what ends in `Of` asks for one account by its number, before all else. */
export const CALL_SQL = {
  lastRun:
    'SELECT run_id, business_date, marks_as_of, kind, computed_at_sequence, run_at FROM margin_run WHERE kind = ? ORDER BY sequence DESC LIMIT 1',
  lastRunBefore:
    'SELECT run_id, business_date, marks_as_of, kind, computed_at_sequence, run_at FROM margin_run WHERE kind = ? AND business_date < ? ORDER BY sequence DESC LIMIT 1',
  /** Of the rows that we still hold to be true, current and past ones. */
  priorOfRun: `SELECT ${PRIOR_COLUMNS} WHERE ended >= 0 AND source = ? AND sequence_to IS NULL ORDER BY account.code, currency`,
  priorOfRunOf:
    `SELECT ${PRIOR_COLUMNS} WHERE ended = 0 AND account_id = :account AND source = :run AND sequence_to IS NULL ` +
    `UNION ALL SELECT ${PRIOR_COLUMNS} WHERE ended > 0 AND account_id = :account AND source = :run AND sequence_to IS NULL`,
  activitySince: activitySince(),
  activitySinceOf: activitySince(' AND fact.account_id = ?'),
  isKnownRun: 'SELECT 1 FROM margin_run WHERE kind = ? AND run_id = ? LIMIT 1',
  events:
    'SELECT call_code, kind, from_state, to_state, amount, satisfied_by, happened_at, author, run_id, reason FROM call_event WHERE call_code = ? ORDER BY account_id, number',
  strikesSince: strikesSince(),
  strikesSinceOf: strikesSince(' step.account_id = ? AND'),
  accountOfCall: 'SELECT DISTINCT account_id FROM call_event WHERE call_code = ?',
  lastEventNumber: 'SELECT coalesce(max(number), 0) FROM call_event WHERE account_id = ? AND call_code = ?',
  lastRecord:
    'SELECT type, required, outstanding, satisfied_by, satisfied_on, run_id FROM daily_margin_record ' +
    'WHERE account_id = ? AND business_date = ? AND call_code = ? ORDER BY sequence DESC LIMIT 1',
  recordsOfDay:
    'SELECT account.code, business_date, type, call_code, required, outstanding, satisfied_by, satisfied_on, run_id FROM daily_margin_record ' +
    'JOIN account ON account.id = account_id WHERE business_date BETWEEN ? AND ? ORDER BY sequence, account.code, call_code',
} as const;
