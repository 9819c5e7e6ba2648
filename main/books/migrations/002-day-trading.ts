import { day, decimal, instant, oneOf, twoTimeAxes } from './checks.ts';
import type { Migration } from './migrate.ts';

const CALL_TYPES = ['regT', 'exchange', 'house', 'minimumEquity', 'intradayMargin', 'dayTrade'];
const CALL_STATES = ['issued', 'acknowledged', 'disputed', 'promised', 'partMet', 'met', 'extended', 'liquidating', 'liquidated', 'retracted'];
const SATISFIED_BY = ['deposit', 'securities', 'sale', 'marketMove', 'extension', 'waiver'];

/**
 * Calls for trades within the day. A CHECK cannot be changed in place, so the two tables that name a call's type are
 * made anew and their rows carried over as they are: digests are taken over rows, and stay true. What a run leaves to the
 * next day gets the excess at its close; nothing was ever written to that table before.
 */
export const dayTrading: Migration = {
  version: 2,
  title: 'calls for trades within the day',
  schema: '0c0ba9b2aee1d4bef196cfe578ef0822be7addf89e390f21c20e0902e2f08a63',
  sql: `
ALTER TABLE call RENAME TO call_before_2;
DROP INDEX call_past;
CREATE TABLE call (
  ended INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id),
  call_code TEXT NOT NULL,
  type TEXT NOT NULL ${oneOf('type', CALL_TYPES)},
  state TEXT NOT NULL ${oneOf('state', CALL_STATES)},
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
INSERT INTO call SELECT * FROM call_before_2;
DROP TABLE call_before_2;
CREATE INDEX call_past ON call (account_id) WHERE ended > 0;

ALTER TABLE daily_margin_record RENAME TO daily_margin_record_before_2;
CREATE TABLE daily_margin_record (
  account_id INTEGER NOT NULL REFERENCES account (id),
  business_date TEXT NOT NULL ${day('business_date')},
  call_code TEXT NOT NULL,
  type TEXT NOT NULL ${oneOf('type', CALL_TYPES)},
  required TEXT NOT NULL ${decimal('required')},
  outstanding TEXT NOT NULL ${decimal('outstanding')},
  satisfied_by TEXT ${oneOf('satisfied_by', SATISFIED_BY)},
  satisfied_on TEXT ${day('satisfied_on')},
  run_id TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES journal (sequence) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (account_id, business_date, call_code, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO daily_margin_record SELECT * FROM daily_margin_record_before_2;
DROP TABLE daily_margin_record_before_2;

DROP TABLE prior_margin;
CREATE TABLE prior_margin (
  ended INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id),
  currency TEXT NOT NULL,
  special_memorandum_account TEXT ${decimal('special_memorandum_account')},
  equity TEXT NOT NULL ${decimal('equity')},
  excess TEXT NOT NULL ${decimal('excess')},
  source TEXT NOT NULL,${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX prior_margin_past ON prior_margin (account_id) WHERE ended > 0;
`,
};
