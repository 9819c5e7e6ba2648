import { dollars, held } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const movingCollateralPage: HelpPage = {
  id: 'moving-collateral',
  title: 'Collateral that could move',
  inShort: 'What one pool has free could be sent to another, less what is lost on the way and not before it arrives; until then no figure counts it.',
  words: [
    'An account may have pools at several venues. What a pool has beyond its initial requirement is free, and could be sent along a route: each route says what part is lost on the way and how long it takes.',
    'What could arrive, and when, stands beside the pools. It is in no equity and no excess of the receiving pool: a venue liquidates on what is there, not on what is under way.',
    'The same money is free for each route until it is sent, so the lines of several routes do not add up. A pool of which not everything is known has nothing to spare.',
    'Position files name no routes, so accounts of a book show nothing here. A calc pack may name them.',
  ],
  formulas: [
    { what: 'Free in a pool', is: 'equity − initial requirement', worked: '5,000.00 − 750.00 = 4,250.00' },
    { what: 'Could arrive', is: 'free × (1 − haircut)', worked: '4,250.00 × 0.95 = 4,037.50' },
  ],
  examples: [
    {
      says: 'One BTC perpetual short at 30,000 in pool b with 5,000 put up, 1,000 alone in pool a; from b to a it takes 90 minutes and costs 5 %.',
      regime: 'venue',
      pools: [
        { id: 'a', mode: 'venue', model: 'bracket', packs: ['binance-usdm'], cash: [dollars('1000')], holds: [] },
        { id: 'b', mode: 'venue', model: 'bracket', packs: ['hyperliquid'], cash: [dollars('5000')], holds: [held('BTC-PERP', '-1', '30000', { kind: 'perpetual', currency: 'USD', underlying: 'BTC' }, 'futures')] },
      ],
      routes: [{ from: 'b', to: 'a', haircut: '0.05', delayMinutes: '90' }],
      movable: [{ from: 'b', to: 'a', amount: '4037.5', arrivesAt: '2026-11-20T22:30:00Z' }],
      gives: { equity: '6000', initial: '750', available: '5250' },
      status: 'healthy',
    },
  ],
  citations: [{ cites: 'The desk’s own convention', certainty: 'house' }],
  covers: { labels: ['Free in pool *', 'Could arrive in pool *', 'Haircut on the way', 'Part that arrives', 'Nothing to spare'] },
  seeAlso: ['pools', 'venue-brackets', 'lending'],
};
