import { option, priceOf, securities } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const indexOptionsPage: HelpPage = {
  id: 'index-options',
  title: 'Index and broad fund options',
  inShort: 'Options on a broad index, or on a fund that follows one, take 15 % of the underlying instead of 20 %.',
  words: [
    'Broad or narrow is a term of the underlying: it comes with the instrument and decides the rate. An index or fund that nobody has classed as broad is charged as narrow.',
    'Everything else is as for stock options: less what the option is out of the money, at least 10 %, and its market value on top.',
    'Index options settle in cash. Nothing can be delivered against them, so in a cash account a call on a broad index needs its strike in cash.',
  ],
  formulas: [
    { what: 'Rate less out of the money', is: '15 % × index − out of the money', worked: '15% × 5,000.00 − 200.00 = 550.00' },
    { what: 'Per contract', is: 'contracts × multiplier × (market value + risk)', worked: '1 × 100 × 590.00 = 59,000.00' },
  ],
  examples: [
    {
      says: 'One put with a strike of 4,800 sold at 40.00, on a broad index at 5,000.',
      pools: [securities('100000', [option('put', '4800', '-1', '40', { underlying: 'BROAD' })])],
      marks: [priceOf('5000', 'BROAD', { kind: 'index', currency: 'USD', class: 'broad' })],
      gives: { maintenance: '59000', equity: '100000' },
      status: 'healthy',
    },
  ],
  citations: [{ cites: 'FINRA 4210(f)(2)', certainty: 'secondary', says: '15 % broad, 20 % narrow; published worked examples agree' }],
  covers: { keys: ['exchange.option.short.broad*', 'option.index*'], strategies: ['index call*'] },
  seeAlso: ['uncovered-options', 'cash-account'],
};
