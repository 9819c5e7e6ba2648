import { day, dayOrInstant, decimal, instant, json, oneOf, twoTimeAxes, yesOrNo } from './checks.ts';

const instrumentKey = 'instrument_id INTEGER NOT NULL REFERENCES instrument (id)';

/** A column that is read out of the terms, so that it can never disagree with them. */
function fromTerms(column: string, path: string, check = ''): string {
  return `${column} TEXT GENERATED ALWAYS AS (json_extract(terms, '$.${path}')) VIRTUAL ${check}`;
}

/** An amount within the terms is text, as everywhere: a JSON number would have gone through a double. */
function amountInTerms(path: string): string {
  return `CHECK (coalesce(json_type(terms, '$.${path}'), 'null') IN ('text', 'null'))`;
}

/**
 * Instruments and market data. The terms of an instrument are one JSON document, because their shape follows its
 * kind; what SQL asks for are generated columns of it, and its deliverables are rows of a view.
 */
export const marketTables = `
CREATE TABLE instrument (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> '')
) STRICT;

CREATE TABLE instrument_fact (
  ended INTEGER NOT NULL,
  ${instrumentKey},
  terms TEXT NOT NULL ${json('terms')},
  identifiers TEXT NOT NULL ${json('identifiers')},
  ${fromTerms('kind', 'kind', oneOf('kind', ['equity', 'etf', 'index', 'bond', 'option', 'future', 'perpetual', 'coin', 'loan', 'cfd', 'warrant', 'other']))},
  ${fromTerms('currency', 'currency')},
  ${fromTerms('premium_multiplier', 'multiplier', decimal('premium_multiplier'))},
  ${fromTerms('underlying', 'underlying')},
  ${fromTerms('right', 'right', oneOf('right', ['call', 'put']))},
  ${fromTerms('strike', 'strike', decimal('strike'))},
  ${fromTerms('expiry', 'expiry', day('expiry'))},
  ${fromTerms('expires_at', 'expiresAt', instant('expires_at'))},
  ${fromTerms('time_zone', 'timeZone')},
  ${fromTerms('exercise_style', 'style', oneOf('exercise_style', ['american', 'european']))},
  ${fromTerms('settlement', 'settles', oneOf('settlement', ['am', 'pm']))},
  ${fromTerms('delivery', 'delivery', oneOf('delivery', ['physical', 'cash']))},
  ${fromTerms('payoff', 'settlement', oneOf('payoff', ['linear', 'inverse']))},
  ${fromTerms('deliverable_cash', 'deliverableCash', decimal('deliverable_cash'))},
  ${fromTerms('maturity', 'maturity', day('maturity'))},${twoTimeAxes(day)}
  ${['multiplier', 'strike', 'deliverableCash', 'coupon', 'leverage'].map(amountInTerms).join(',\n  ')},
  PRIMARY KEY (ended, instrument_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX instrument_fact_past ON instrument_fact (instrument_id) WHERE ended > 0;

CREATE VIEW option_deliverable AS
SELECT fact.ended, fact.instrument_id, item.key AS item,
  json_extract(item.value, '$.instrument') AS delivered, json_extract(item.value, '$.quantity') AS quantity,
  fact.valid_from, fact.valid_to, fact.sequence_from, fact.sequence_to
FROM instrument_fact AS fact, json_each(fact.terms, '$.deliverable') AS item;

CREATE TABLE mark (
  ended INTEGER NOT NULL,
  ${instrumentKey},
  value TEXT NOT NULL ${decimal('value')},
  bid TEXT ${decimal('bid')},
  ask TEXT ${decimal('ask')},
  kind TEXT NOT NULL ${oneOf('kind', ['close', 'last', 'mid', 'model', 'manual'])},
  source TEXT NOT NULL,${twoTimeAxes(dayOrInstant)}
  PRIMARY KEY (ended, instrument_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_past ON mark (instrument_id) WHERE ended > 0;

CREATE TABLE exchange_rate (
  ended INTEGER NOT NULL,
  currency TEXT NOT NULL,
  base TEXT NOT NULL,
  rate TEXT NOT NULL ${decimal('rate')},
  source TEXT NOT NULL,${twoTimeAxes(dayOrInstant)}
  PRIMARY KEY (ended, currency, base)
) STRICT, WITHOUT ROWID;

CREATE TABLE rate_curve_point (
  ended INTEGER NOT NULL,
  currency TEXT NOT NULL,
  curve TEXT NOT NULL,
  tenor_days INTEGER NOT NULL CHECK (tenor_days >= 0),
  rate TEXT NOT NULL ${decimal('rate')},
  source TEXT NOT NULL,${twoTimeAxes(dayOrInstant)}
  PRIMARY KEY (ended, currency, curve, tenor_days)
) STRICT, WITHOUT ROWID;

CREATE TABLE dividend (
  ended INTEGER NOT NULL,
  ${instrumentKey},
  ex_date TEXT NOT NULL ${day('ex_date')},
  pay_date TEXT ${day('pay_date')},
  amount TEXT NOT NULL ${decimal('amount')},
  currency TEXT NOT NULL,
  expected INTEGER NOT NULL ${yesOrNo('expected')},
  source TEXT NOT NULL,${twoTimeAxes(dayOrInstant)}
  PRIMARY KEY (ended, instrument_id, ex_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE forward (
  ended INTEGER NOT NULL,
  ${instrumentKey},
  expiry TEXT NOT NULL ${day('expiry')},
  price TEXT NOT NULL ${decimal('price')},
  source TEXT NOT NULL,${twoTimeAxes(dayOrInstant)}
  PRIMARY KEY (ended, instrument_id, expiry)
) STRICT, WITHOUT ROWID;

CREATE TABLE implied_volatility (
  ended INTEGER NOT NULL,
  ${instrumentKey},
  volatility TEXT NOT NULL ${decimal('volatility')},
  source TEXT NOT NULL,${twoTimeAxes(dayOrInstant)}
  PRIMARY KEY (ended, instrument_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE corporate_action (
  ended INTEGER NOT NULL,
  ${instrumentKey},
  reference TEXT NOT NULL,
  kind TEXT NOT NULL,
  ex_date TEXT NOT NULL ${day('ex_date')},
  received_instrument_id INTEGER REFERENCES instrument (id),
  received_per_unit TEXT ${decimal('received_per_unit')},
  cash_per_unit TEXT ${decimal('cash_per_unit')},
  cash_currency TEXT,
  detail TEXT,
  source TEXT NOT NULL,${twoTimeAxes(day)}
  PRIMARY KEY (ended, instrument_id, reference)
) STRICT, WITHOUT ROWID;
`;
