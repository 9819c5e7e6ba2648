import { day, decimal, instant, json, oneOf, sha256, twoTimeAxes } from './checks.ts';

const CALL_TYPES = ['regT', 'exchange', 'house', 'minimumEquity'];
const CALL_STATES = ['expected', 'issued', 'acknowledged', 'disputed', 'promised', 'partMet', 'met', 'extended', 'liquidating', 'liquidated', 'retracted'];
const SATISFIED_BY = ['deposit', 'securities', 'sale', 'marketMove', 'extension', 'waiver'];
const accountKey = 'account_id INTEGER NOT NULL REFERENCES account (id)';
const entryKey = 'sequence INTEGER NOT NULL REFERENCES journal (sequence) DEFERRABLE INITIALLY DEFERRED';

/** What margins together under which rules, the runs, the calls they raise, and the daily record of FINRA 4220. */
export const marginTables = `
CREATE TABLE margin_group (
  ended INTEGER NOT NULL,
  group_code TEXT NOT NULL,
  kind TEXT NOT NULL ${oneOf('kind', ['single', 'household', 'crossGuarantee', 'omnibus', 'subAccounts'])},
  name TEXT NOT NULL,${twoTimeAxes(day)}
  PRIMARY KEY (ended, group_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE margin_group_member (
  ended INTEGER NOT NULL,
  group_code TEXT NOT NULL,
  ${accountKey},
  role TEXT NOT NULL ${oneOf('role', ['member', 'guarantor', 'guaranteed'])},${twoTimeAxes(day)}
  PRIMARY KEY (ended, group_code, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pool (
  ended INTEGER NOT NULL,
  group_code TEXT NOT NULL,
  pool_code TEXT NOT NULL,
  mode TEXT NOT NULL ${oneOf('mode', ['cross', 'isolated', 'venue'])},
  model TEXT NOT NULL ${oneOf('model', ['strategy', 'scan', 'bracket', 'fixed', 'lending', 'delta'])},
  currency TEXT NOT NULL,
  venue TEXT,
  instrument_id INTEGER REFERENCES instrument (id),${twoTimeAxes(day)}
  PRIMARY KEY (ended, group_code, pool_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE pack (
  pack_id TEXT NOT NULL,
  version TEXT NOT NULL,
  layer TEXT NOT NULL ${oneOf('layer', ['regulatory', 'house', 'brokerList', 'account'])},
  model TEXT NOT NULL,
  effective_from TEXT NOT NULL ${day('effective_from')},
  sha256 TEXT NOT NULL ${sha256('sha256')},
  content TEXT NOT NULL ${json('content')},
  ${entryKey},
  PRIMARY KEY (pack_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE pool_pack (
  ended INTEGER NOT NULL,
  group_code TEXT NOT NULL,
  pool_code TEXT NOT NULL,
  layer INTEGER NOT NULL CHECK (layer >= 0),
  pack_id TEXT NOT NULL,
  version TEXT NOT NULL,${twoTimeAxes(day)}
  PRIMARY KEY (ended, group_code, pool_code, layer)
) STRICT, WITHOUT ROWID;

CREATE TABLE instrument_rate (
  ended INTEGER NOT NULL,
  pack_id TEXT NOT NULL,
  account_code TEXT NOT NULL,
  instrument_id INTEGER NOT NULL REFERENCES instrument (id),
  parameter TEXT NOT NULL,
  rate TEXT NOT NULL ${decimal('rate')},
  reason TEXT NOT NULL,${twoTimeAxes(day)}
  PRIMARY KEY (ended, pack_id, account_code, instrument_id, parameter)
) STRICT, WITHOUT ROWID;

CREATE TABLE margin_run (
  ${entryKey},
  run_id TEXT NOT NULL,
  business_date TEXT NOT NULL ${day('business_date')},
  marks_as_of TEXT NOT NULL ${instant('marks_as_of')},
  kind TEXT NOT NULL ${oneOf('kind', ['intraday', 'official'])},
  computed_at_sequence INTEGER NOT NULL CHECK (computed_at_sequence >= 0),
  run_at TEXT NOT NULL ${instant('run_at')},
  PRIMARY KEY (kind, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE call (
  ended INTEGER NOT NULL,
  ${accountKey},
  call_code TEXT NOT NULL,
  type TEXT NOT NULL ${oneOf('type', CALL_TYPES)},
  state TEXT NOT NULL ${oneOf('state', CALL_STATES.slice(1))},
  currency TEXT NOT NULL,
  called TEXT NOT NULL ${decimal('called')},
  met TEXT NOT NULL ${decimal('met')},
  outstanding TEXT NOT NULL ${decimal('outstanding')},
  raised_at TEXT NOT NULL ${instant('raised_at')},
  due_on TEXT NOT NULL ${day('due_on')},
  run_id TEXT NOT NULL,
  excess_at_raise TEXT NOT NULL ${decimal('excess_at_raise')},
  owner TEXT,${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, call_code)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_past ON call (account_id) WHERE ended > 0;

CREATE TABLE call_event (
  ${accountKey},
  call_code TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL ${oneOf('kind', ['raised', 'increased', 'reduced', 'met', 'retyped', 'stateChanged', 'overdue', 'note'])},
  from_state TEXT ${oneOf('from_state', CALL_STATES)},
  to_state TEXT NOT NULL ${oneOf('to_state', CALL_STATES)},
  amount TEXT ${decimal('amount')},
  satisfied_by TEXT ${oneOf('satisfied_by', SATISFIED_BY)},
  happened_at TEXT NOT NULL ${instant('happened_at')},
  author TEXT NOT NULL,
  run_id TEXT,
  reason TEXT NOT NULL,
  ${entryKey},
  PRIMARY KEY (account_id, call_code, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_event_by_call ON call_event (call_code);

CREATE TABLE daily_margin_record (
  ${accountKey},
  business_date TEXT NOT NULL ${day('business_date')},
  call_code TEXT NOT NULL,
  type TEXT NOT NULL ${oneOf('type', CALL_TYPES)},
  required TEXT NOT NULL ${decimal('required')},
  outstanding TEXT NOT NULL ${decimal('outstanding')},
  satisfied_by TEXT ${oneOf('satisfied_by', SATISFIED_BY)},
  satisfied_on TEXT ${day('satisfied_on')},
  run_id TEXT NOT NULL,
  ${entryKey},
  PRIMARY KEY (account_id, business_date, call_code, sequence)
) STRICT, WITHOUT ROWID;
`;
