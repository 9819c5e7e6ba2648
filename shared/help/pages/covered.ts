import { option, securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const coveredPage: HelpPage = {
  id: 'covered',
  title: 'Covered calls and puts',
  inShort: 'Stock that can be delivered covers the short option: only the stock is asked, and what the option is in the money.',
  words: [
    'Long stock under a short call counts at no more than the strike, because that is all the client will get for it. The option adds what it is in the money, and nothing for its time value.',
    'Short stock under a short put is asked as short stock, and the put adds what it is in the money.',
    'Whole contracts only: 150 shares cover one call. Shares beyond the covered contracts stay long stock.',
    'Some brokers add a floor for the call, or charge the stock alone; the setting “option.coveredCall” of the rule pack says which.',
  ],
  formulas: [
    { what: 'Stock', is: 'shares × lesser of price and strike × rate', worked: '25% × 10,000.00 = 2,500.00' },
    { what: 'Call', is: 'contracts × multiplier × in the money', worked: '1 × 100 × 5.00 = 500.00' },
    { what: 'In the money', is: 'price less strike, at least nothing', worked: 'greatest of 0.00 and 5.00 = 5.00' },
  ],
  examples: [
    { says: '100 XYZ at 105.00 with a call of strike 100 sold against it, now 6.00.', pools: [securities('0', [shares('XYZ', '100', '105'), option('call', '100', '-1', '6')])], gives: { equity: '10500', netLiq: '9900', exchangeMaintenance: '3000', maintenance: '3500' }, status: 'healthy' },
  ],
  citations: [
    { cites: '12 CFR 220.4(b)(4)', certainty: 'secondary', says: 'stock under a short call counts at no more than the strike' },
    { cites: 'FINRA 4210(f)(2)', certainty: 'secondary' },
  ],
  covers: {
    keys: ['option.coveredCall', 'option.covered*'],
    labels: ['Covered call: *', 'Covered put: *', 'Stock counts at no more than the strike', 'Stock and call together', 'Call, beyond its stock', 'In the money', 'Not in the money'],
    strategies: ['covered call', 'covered put'],
  },
  seeAlso: ['protective', 'pairing', 'uncovered-options'],
};
