import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const callPricePage: HelpPage = {
  id: 'call-price',
  title: 'Call price',
  inShort: 'The nearest price of one instrument, down and up, at which equity equals maintenance, all else unchanged.',
  words: [
    'It is found on the real margin function: the same code that computes the account, with the pairing free to change on the way. Books with options can have a price on both sides; a fully paid position has none.',
    'Everything else stays where it is: other prices, cash, volatility. The option’s own price does not follow the underlying’s here, so read it as what the rule sees, not as a forecast.',
    'For stock alone the textbook formula gives the same: debt over shares times one less the rate, and for a short position credit over shares times one plus the rate.',
    'Where the requirement jumps (a share that falls below the house’s threshold is paid in full), the price of the jump is the answer.',
  ],
  formulas: [
    { what: 'Long stock', is: 'debt ÷ (shares × (1 − rate))', worked: '5,600.00 ÷ (100 × (1 − 30%)) = 80.00' },
    { what: 'Short stock', is: 'credit ÷ (shares × (1 + rate))', worked: '13,500.00 ÷ (100 × (1 + 35%)) = 100.00' },
  ],
  examples: [
    { says: '100 XYZ at 100.00, of which 5,600 is borrowed, under a house rate of 30 %.', pools: [securities('-5600', [shares('XYZ', '100', '100')])], gives: { equity: '4400', maintenance: '3000' }, callPrices: [{ instrument: 'XYZ', down: '80', up: null }] },
    { says: '100 XYZ sold short, now at 80.00, with 13,500 in cash, under a house rate of 35 %.', pools: [securities('13500', [shares('XYZ', '-100', '80')])], gives: { equity: '5500', maintenance: '2800' }, callPrices: [{ instrument: 'XYZ', down: null, up: '100' }] },
  ],
  citations: [{ cites: 'FINRA 4210(c)', certainty: 'secondary', says: 'the requirement that the price is solved for' }],
  covers: {},
  seeAlso: ['ratios', 'calls', 'stock'],
};
