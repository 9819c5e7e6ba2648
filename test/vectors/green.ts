/**
 * The published families that must be reproduced in full: the one list that says what is done. A pattern joins it when
 * its last vector passes, and leaves it never.
 */
export const GREEN: readonly string[] = [
  'bonds/finra-nonequity',
  'bonds/ibkr-treasury',
  'call-amount/*',
  'cboe-manual/me/*',
  'cboe2007/*',
  'cure/*',
  'edeltapro/*',
  'elitetrader/*',
  'futures/*',
  'ibkr/iron-condor-10',
  'ibkr/live-naked/*',
  'ibkr/regt-sequence/*',
  'ibkr/shortstock-tiers',
  'ibkr/strategy/*',
  'lean/cboe-calculator/*',
  'letf/*',
  'nonmarginable/*',
  'ops/fidelity-due-dates',
  'ops/lightspeed-due-dates',
  'ops/regt-*',
  'optionshouse/*',
  'pm2007/*',
  'regt/*',
  'shortstock/*',
  'si/short-puts*',
  'tasty/*',
  'trigger/*',
];
