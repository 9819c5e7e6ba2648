import { dollars, securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const currenciesPage: HelpPage = {
  id: 'currencies',
  title: 'Currencies',
  inShort: 'Each amount is converted into its pool’s currency at the book’s rate, and each pool into the account’s.',
  words: [
    'A position is valued in its own currency and then converted; the rate is a line of the tree like any other input, with its day and source. Rates between two currencies go through the base of the rates the book knows.',
    'A debt in one currency and a balance in another are not netted by the broker, but here both count in the pool’s currency at the same rate.',
    'The rules’ dollars are dollars: an amount a share or a minimum is turned into the pool’s currency before it is compared.',
    'Where no rate is known, the amount is left out and the account is indeterminate: nothing is ever converted at a guess.',
  ],
  formulas: [
    { what: 'Market value', is: 'quantity × price × rate', worked: '100 × 50.00 × 1.10 = 5,500.00' },
    { what: 'Cash', is: 'amount × rate', worked: '-1,000.00 × 1.10 = -1,100.00' },
  ],
  examples: [
    {
      says: '100 ABC at 50.00 euros and a debt of 1,000 euros in a dollar account, at 1.10 dollars a euro.',
      pools: [{ ...securities('0', [shares('ABC:EUR', '100', '50', { currency: 'EUR' })], ['us-reg-t']), cash: [dollars('0'), { amount: '-1000', currency: 'EUR', kind: 'tradeDate' }] }],
      fx: [{ currency: 'EUR', rate: '1.1' }],
      gives: { equity: '4400', exchangeMaintenance: '1375', maintenance: '1375' },
      status: 'healthy',
    },
  ],
  citations: [{ cites: 'The desk’s own convention: the rate of the broker’s file', certainty: 'house' }],
  covers: { keys: ['house.fx.*', 'fx.*'], labels: ['Exchange rate *', 'Cash * in *, in *', '*foreign currency*'] },
  seeAlso: ['equity', 'pools'],
};
