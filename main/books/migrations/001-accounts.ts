import { day, decimal, oneOf, twoTimeAxes, yesOrNo } from './checks.ts';

const accountKey = 'account_id INTEGER NOT NULL REFERENCES account (id)';

/** Accounts and everything a broker's file says of one: held, owed, done, reported, and left out. */
export const accountTables = `
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> '')
) STRICT;

CREATE TABLE account_fact (
  ended INTEGER NOT NULL,
  ${accountKey},
  name TEXT,
  base_currency TEXT NOT NULL,
  regime TEXT NOT NULL ${oneOf('regime', ['cash', 'regT', 'portfolio', 'venue'])},
  regime_source TEXT NOT NULL,${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_fact_past ON account_fact (account_id) WHERE ended > 0;

CREATE TABLE position (
  ended INTEGER NOT NULL,
  ${accountKey},
  sub_type TEXT NOT NULL ${oneOf('sub_type', ['cash', 'margin', 'short', 'dvp', 'futures'])},
  instrument_id INTEGER NOT NULL REFERENCES instrument (id),
  quantity TEXT NOT NULL ${decimal('quantity')},
  entry_price TEXT ${decimal('entry_price')},${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, sub_type, instrument_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX position_past ON position (account_id) WHERE ended > 0;

CREATE TABLE cash (
  ended INTEGER NOT NULL,
  ${accountKey},
  currency TEXT NOT NULL,
  kind TEXT NOT NULL ${oneOf('kind', ['tradeDate', 'settled', 'shortProceeds', 'pendingDeposit', 'accruedInterest', 'accruedDividend', 'securitiesLendingCollateral', 'futuresSegment'])},
  value_date TEXT NOT NULL CHECK (value_date = '' OR date(value_date) IS value_date),
  amount TEXT NOT NULL ${decimal('amount')},${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, currency, kind, value_date)
) STRICT, WITHOUT ROWID;
CREATE INDEX cash_past ON cash (account_id) WHERE ended > 0;

CREATE TABLE broker_figure (
  ended INTEGER NOT NULL,
  ${accountKey},
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount TEXT NOT NULL ${decimal('amount')},${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, name, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX broker_figure_past ON broker_figure (account_id) WHERE ended > 0;

CREATE TABLE exclusion (
  ended INTEGER NOT NULL,
  ${accountKey},
  symbol TEXT NOT NULL,
  code TEXT NOT NULL,
  place TEXT NOT NULL,
  reason TEXT NOT NULL,
  quantity TEXT ${decimal('quantity')},
  short INTEGER NOT NULL ${yesOrNo('short')},${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, symbol, code, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX exclusion_past ON exclusion (account_id) WHERE ended > 0;

CREATE TABLE activity (
  ended INTEGER NOT NULL,
  ${accountKey},
  reference TEXT NOT NULL,
  kind TEXT NOT NULL ${oneOf('kind', ['trade', 'deposit', 'withdrawal', 'transfer', 'exercise', 'assignment', 'expiry', 'dividend', 'interest', 'fee', 'corporateAction', 'other'])},
  instrument_id INTEGER REFERENCES instrument (id),
  settle_date TEXT ${day('settle_date')},
  quantity TEXT ${decimal('quantity')},
  price TEXT ${decimal('price')},
  amount TEXT ${decimal('amount')},
  currency TEXT NOT NULL,
  detail TEXT,${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_past ON activity (account_id) WHERE ended > 0;

CREATE TABLE prior_margin (
  ended INTEGER NOT NULL,
  ${accountKey},
  currency TEXT NOT NULL,
  special_memorandum_account TEXT NOT NULL ${decimal('special_memorandum_account')},
  equity TEXT NOT NULL ${decimal('equity')},
  source TEXT NOT NULL,${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX prior_margin_past ON prior_margin (account_id) WHERE ended > 0;

CREATE TABLE option_event (
  ended INTEGER NOT NULL,
  ${accountKey},
  reference TEXT NOT NULL,
  kind TEXT NOT NULL ${oneOf('kind', ['exercise', 'assignment', 'expiry'])},
  instrument_id INTEGER NOT NULL REFERENCES instrument (id),
  contracts TEXT NOT NULL ${decimal('contracts')},
  settlement_price TEXT ${decimal('settlement_price')},
  source TEXT NOT NULL,${twoTimeAxes(day)}
  PRIMARY KEY (ended, account_id, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX option_event_past ON option_event (account_id) WHERE ended > 0;
`;
