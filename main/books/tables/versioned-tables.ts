import { versioned } from './versioned.ts';

/** The versioned tables that are written today; a test compares them with the schema. */

export const accountFact = versioned('account_fact', 'state', { account_id: 'integer' }, { name: 'text?', base_currency: 'text', regime: 'text', regime_source: 'text' });

export const position = versioned(
  'position',
  'state',
  { account_id: 'integer', sub_type: 'text', instrument_id: 'integer' },
  { quantity: 'money', entry_price: 'money?' },
);

/** `value_date` is '' where a balance has none, since a key holds no nulls. */
export const cash = versioned('cash', 'state', { account_id: 'integer', currency: 'text', kind: 'text', value_date: 'text' }, { amount: 'money' });

export const brokerFigure = versioned('broker_figure', 'state', { account_id: 'integer', name: 'text', currency: 'text' }, { amount: 'money' });

export const exclusion = versioned(
  'exclusion',
  'state',
  { account_id: 'integer', symbol: 'text', code: 'text', place: 'text' },
  { reason: 'text', quantity: 'money?', short: 'integer' },
);

/** `valid_from` is the trade date. */
export const activity = versioned(
  'activity',
  'event',
  { account_id: 'integer', reference: 'text' },
  {
    kind: 'text',
    instrument_id: 'integer?',
    settle_date: 'text?',
    quantity: 'money?',
    price: 'money?',
    amount: 'money?',
    currency: 'text',
    detail: 'text?',
  },
);

export const instrumentFact = versioned('instrument_fact', 'state', { instrument_id: 'integer' }, { terms: 'text', identifiers: 'text' });

export const mark = versioned(
  'mark',
  'state',
  { instrument_id: 'integer' },
  { value: 'money', bid: 'money?', ask: 'money?', kind: 'text' },
  { source: 'text' },
);

export const exchangeRate = versioned('exchange_rate', 'state', { currency: 'text', base: 'text' }, { rate: 'money' }, { source: 'text' });

/** `valid_from` is the business date that raised the call. */
export const call = versioned(
  'call',
  'event',
  { account_id: 'integer', call_code: 'text' },
  {
    type: 'text',
    state: 'text',
    currency: 'text',
    called: 'money',
    met: 'money',
    outstanding: 'money',
    raised_at: 'text',
    due_on: 'text',
    run_id: 'text',
    excess_at_raise: 'money',
    owner: 'text?',
  },
);

/** `source` is the official run that left it. */
export const priorMargin = versioned(
  'prior_margin',
  'state',
  { account_id: 'integer', currency: 'text' },
  { special_memorandum_account: 'money?', equity: 'money', excess: 'money', source: 'text' },
);

export const mappingProfileTable = versioned('mapping_profile', 'event', { name: 'text' }, { profile: 'text' });
