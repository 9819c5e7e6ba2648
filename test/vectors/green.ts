/**
 * The published families that must be reproduced in full: the one list that says what is done. A pattern joins it when
 * its last vector passes, and leaves it never.
 */
export const GREEN: readonly string[] = [
  'bonds/finra-nonequity',
  'call-amount/*',
  'cboe-manual/me/call_credit_*',
  'cboe-manual/me/call_calendar_spread_broad',
  'cboe-manual/me/covered_call*',
  'cboe-manual/me/put_*_spread*',
  'cboe-manual/me/sh*',
  'cboe2007/*',
  'cure/*',
  'edeltapro/*',
  'ibkr/live-naked/*',
  'ibkr/regt-sequence/*',
  'ibkr/shortstock-tiers',
  'ibkr/strategy/*-ladder',
  'ibkr/strategy/*-spread',
  'ibkr/strategy/covered-call',
  'ibkr/strategy/naked-call',
  'lean/cboe-calculator/*',
  'letf/*',
  'nonmarginable/*',
  'ops/fidelity-due-dates',
  'ops/regt-*',
  'pm2007/*',
  'regt/*',
  'shortstock/*',
  'si/short-puts*',
  'tasty/naked-call',
  'trigger/*',
];
