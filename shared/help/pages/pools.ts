import { dollars, securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

const PACKS = ['us-reg-t'];

export const poolsPage: HelpPage = {
  id: 'pools',
  title: 'Pools and the account’s sum',
  inShort: 'A pool is what margins together; the account adds its pools up, and the worst of them gives its status.',
  words: [
    'Securities of an account are one pool, its futures another; an isolated position has a pool of its own with its own collateral. Pools do not help each other: the account’s deficit is the sum of its pools’ deficits, its excess the sum of their excesses, and both can be above zero.',
    'Health is the worst pool’s, by name; never the account’s equity over its requirement, which would let one pool hide another.',
    'An isolated pool’s loss ends with its collateral: in the account’s sums its equity is no less than nothing, and its deficit no more than its requirement.',
    'Where the broker sweeps money between securities and futures, the futures pool is kept at its maintenance requirement and the securities pool stands for all the money.',
    'A pool in another currency comes into the account’s sums at the book’s rate.',
  ],
  formulas: [
    { what: 'Excess of the account', is: 'sum of the pools’ excesses', worked: '-1,500.00 + 7,500.00 = 6,000.00' },
    { what: 'Deficit of the account', is: 'sum of the pools’ deficits', worked: '1,500.00 + 0.00 = 1,500.00' },
  ],
  examples: [
    {
      says: 'Two pools: one with 100 ABC at 100.00 and 9,000 borrowed, one with 100 XYZ at 100.00 and nothing borrowed.',
      pools: [{ ...securities('-9000', [shares('ABC', '100', '100')], PACKS), id: 'one' }, { id: 'two', mode: 'cross', model: 'strategy', packs: PACKS, cash: [dollars('0')], holds: [shares('XYZ', '100', '100')] }],
      gives: { equity: '11000', maintenance: '5000', excess: '6000', deficit: '1500', healthRatio: '0.4' },
      status: 'call',
    },
  ],
  citations: [{ cites: 'The desk’s own convention; brokers name the worst segment too', certainty: 'house' }],
  covers: { labels: ['Pool *', 'Swept *', 'Cash and accruals after the sweep', '*, of an isolated pool', 'No less than nothing', 'All of the * is missing', 'Net liquidation value of pool *'] },
  seeAlso: ['ratios', 'statuses', 'futures', 'currencies'],
};
