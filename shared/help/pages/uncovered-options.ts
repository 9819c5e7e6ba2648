import { option, priceOf, securities } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const uncoveredOptionsPage: HelpPage = {
  id: 'uncovered-options',
  title: 'Uncovered short options',
  inShort: 'Its market value, and the greater of 20 % of the underlying less what it is out of the money, and 10 %.',
  words: [
    'The market value is what it costs to buy the option back; the rest is the risk that it moves against the client. The premium received is in the cash balance already.',
    'The minimum is 10 % of the underlying for a call and 10 % of the strike for a put. It keeps far out-of-the-money options from costing nothing.',
    'Broad indices and funds on them take 15 % instead of 20 %, and a leveraged fund multiplies both percentages.',
    'The house may set a higher rate, a rate for one underlying, or a least amount a share.',
  ],
  formulas: [
    { what: 'Rate less out of the money', is: 'rate × underlying − out of the money', worked: '20% × 95.00 − 5.00 = 14.00' },
    { what: 'Risk', is: 'greater of that and the minimum', worked: 'greatest of 14.00 and 9.50 = 14.00' },
    { what: 'Per share', is: 'market value + risk', worked: '3.00 + 14.00 = 17.00' },
    { what: 'Per contract', is: 'contracts × multiplier × per share', worked: '2 × 100 × 17.00 = 3,400.00' },
  ],
  examples: [
    { says: 'Two calls with a strike of 100 sold at 3.00, on XYZ at 95.00.', pools: [securities('5000', [option('call', '100', '-2', '3')])], marks: [priceOf('95')], gives: { equity: '5000', netLiq: '4400', maintenance: '3400', excess: '1600' }, status: 'healthy' },
  ],
  citations: [{ cites: 'FINRA 4210(f)(2)', certainty: 'secondary', says: '20 %, 15 % and 10 %; published worked examples agree' }],
  covers: {
    keys: ['exchange.option.short.equity', 'exchange.option.short.minimum*', 'house.option.short.*', 'perInstrument.*.option.short', 'option.*', 'house.option.*', 'exchange.option.*'],
    labels: ['Short option, not covered*', 'Risk of the short option', 'Market value and risk of the short option', 'Rate times underlying*', 'Minimum, of the *', 'Short option, at least *', 'Out of the money', 'Not out of the money'],
    strategies: ['uncovered call', 'uncovered put'],
  },
  seeAlso: ['index-options', 'straddles', 'spreads', 'covered', 'cash-account'],
};
