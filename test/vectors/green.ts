/**
 * The published families that must be reproduced in full: the one list that says what is done. A family joins it when
 * its last vector passes, and leaves it never.
 */
export const GREEN: readonly string[] = [
  'bonds/finra-nonequity',
  'call-amount/*',
  'cboe-manual/me/s*',
  'cboe-manual/me/covered*',
  'cboe-manual/me/put_*_spread*',
  'cboe-manual/me/call_credit_*',
  'cboe2007/*',
  'cure/*',
  'edeltapro/*',
  'ibkr/live-naked/*',
  'ibkr/regt-sequence/*',
  'ibkr/shortstock-tiers',
  'ibkr/strategy/*-spread',
  'ibkr/strategy/naked-call',
  'lean/cboe-calculator/*',
  'letf/*',
  'nonmarginable/*',
  'ops/regt-*',
  'pm2007/*',
  'regt/*',
  'shortstock/*',
  'si/short-puts*',
  'tasty/naked-call',
  'trigger/*',
];
