import { held, securities } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const fundsPage: HelpPage = {
  id: 'funds',
  title: 'Funds and leveraged funds',
  inShort: 'A fund is margined as stock; a leveraged one at the rate times its daily leverage, at most in full.',
  words: [
    'A fund that moves twice or three times its index is asked twice or three times the rate of stock, long or short, and never more than its whole value. An inverse fund counts by the size of its leverage, not by its sign.',
    'The same factor scales the percentages of an option on such a fund; the option’s own market value is not scaled.',
    'A rate that a broker’s list sets for the fund itself has the leverage in it already and is not multiplied again.',
    'The leverage comes with the fund’s terms in the file. A fund without one is taken as plain stock.',
  ],
  formulas: [
    { what: 'Rate of a leveraged fund', is: 'rate × leverage, at most 100 %', worked: 'least of 100% and 75% = 75%' },
    { what: 'Exchange maintenance', is: 'market value × that rate', worked: '75% × 10,000.00 = 7,500.00' },
    { what: 'House maintenance', is: 'market value × house rate × leverage, at least the exchange', worked: '90% × 10,000.00 = 9,000.00' },
  ],
  examples: [
    { says: '200 of a three-times fund at 50.00, paid for.', pools: [securities('0', [held('TRIPLE', '200', '50', { kind: 'etf', currency: 'USD', leverage: '3' })])], gives: { equity: '10000', exchangeMaintenance: '7500', maintenance: '9000', excess: '1000' }, status: 'healthy' },
  ],
  citations: [{ cites: 'FINRA Regulatory Notices 09-53 and 09-65', certainty: 'verified', says: 'maintenance times leverage, at most 100 %' }],
  covers: {
    keys: ['exchange.leverage.*'],
    labels: ['Rate of a leveraged fund', 'Rate times leverage', 'Daily leverage of *'],
    strategies: ['long fund', 'short fund'],
  },
  seeAlso: ['stock', 'uncovered-options'],
};
