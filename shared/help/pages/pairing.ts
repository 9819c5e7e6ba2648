import { option, securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const pairingPage: HelpPage = {
  id: 'pairing',
  title: 'Pairing',
  inShort: 'The legs of one underlying are put into the strategies that ask the least house maintenance together.',
  words: [
    'The rules let the firm choose how legs are put together, and the choice can be worth a lot: a short call may be covered by stock or limited by a long call. Plimsoll takes the pairing whose house maintenance is least, before account add-ons; exchange and Reg T figures use the same pairing.',
    'Beside the cost stands a lower bound: an amount that no pairing can go below, proved in exact arithmetic. The gap is the cost less that bound. Only where the gap is zero is the pairing called optimal; otherwise it is the best found, and the gap says by how much it could be too dear at most.',
    'The greedy pairing is what a simple system does: stock covers first, then verticals, best saving first. The saving is what it would ask more.',
    'A position may be part of several strategies; its row shows the sum of its shares. Contracts are paired whole.',
  ],
  formulas: [
    { what: 'Saving', is: 'greedy pairing − this pairing', worked: '5,000.00 − 3,100.00 = 1,900.00' },
    { what: 'Gap', is: 'this pairing − lower bound', worked: '3,100.00 − 3,100.00 = 0.00' },
  ],
  examples: [
    {
      says: '100 XYZ at 100.00; a December call of strike 100 and a January call of strike 105 sold, and a December call of strike 101 bought. Stock could cover either short call, but the long call can limit only the December one.',
      pools: [securities('0', [shares('XYZ', '100', '100'), option('call', '100', '-1', '5'), option('call', '105', '-1', '5', { expiry: '2027-01-15' }), option('call', '101', '1', '4.5')])],
      gives: { maintenance: '3100' },
      status: 'healthy',
      pairing: { group: 'XYZ', cost: '3100', greedy: '5000', gap: '0' },
    },
  ],
  citations: [{ cites: 'FINRA 4210(f)(2)(H), Regulatory Notice 12-44', certainty: 'verified', says: 'spreads of any shape by their largest loss' }],
  covers: { keys: ['pairing.*'] },
  seeAlso: ['spreads', 'covered', 'straddles'],
};
