import { option, priceOf, securities } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const longOptionsPage: HelpPage = {
  id: 'long-options',
  title: 'Long options',
  inShort: 'A long option is paid in full and lends nothing, except a listed one of more than nine months.',
  words: [
    'Equity leaves options out here, so a long option that is paid for asks nothing more: what is asked of it (its whole value) less its market value is zero.',
    'A listed option that expires in more than nine months is asked three quarters of its value; the last quarter is loan value. It shows as a negative requirement, because it supports other positions.',
    'An over-the-counter option, one in the cash part of the account, and the long leg of a spread lend nothing.',
    'The client’s wealth in options is in the net liquidation value, not in the equity: look there for it.',
  ],
  formulas: [
    { what: 'Up to nine months', is: 'market value, less the market value that was paid', worked: '500.00 − 500.00 = 0.00' },
    { what: 'Listed, over nine months', is: '75 % of market value, less the market value', worked: '1,500.00 − 2,000.00 = -500.00' },
  ],
  examples: [
    {
      says: 'One call of one month worth 5.00 a share, and one of fourteen months worth 20.00, both on XYZ at 100.00.',
      pools: [securities('1000', [option('call', '100', '1', '5'), option('call', '90', '1', '20', { expiry: '2028-01-21' })])],
      marks: [priceOf('100')],
      gives: { netLiq: '3500', equity: '1000', maintenance: '-500', excess: '1500' },
      status: 'healthy',
    },
  ],
  citations: [{ cites: 'FINRA 4210(f)(2)', certainty: 'secondary', says: 'paid in full; 75 % of market value over nine months' }],
  covers: {
    keys: ['exchange.option.long*', 'house.option.long*'],
    labels: ['Long option, paid for', 'Long option: *'],
    strategies: ['long call', 'long put'],
  },
  seeAlso: ['equity', 'spreads'],
};
