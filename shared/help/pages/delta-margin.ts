import { held, securities, shares, type ExamplePool } from '../example.ts';
import type { HelpPage } from '../page.ts';

const pool = (...holds: ExamplePool['holds']): ExamplePool => ({ ...securities('50000', holds, ['house-delta-margin']), model: 'delta' });

export const deltaMarginPage: HelpPage = {
  id: 'delta-margin',
  title: 'Delta margin',
  inShort: 'Each underlying is asked a share of its net delta in money, and at least a smaller share of its gross delta.',
  words: [
    'The delta of a position is how many units of its underlying it moves like. In money it is quantity × multiplier × delta × price; stock has a delta of one, an option the delta of the model at the volatility of its mark.',
    'Long and short deltas on one underlying offset each other; underlyings do not. Because a delta does not see a curve, a hedged book is still asked a share of all its deltas, long and short.',
    'Bonds and securities without loan value are asked by their own rules beside it, as under portfolio margin.',
  ],
  formulas: [
    { what: 'Charge on the net delta', is: 'share × net delta in money', worked: '15% × 10,000.00 = 1,500.00' },
    { what: 'Charge on the gross delta', is: 'share × gross delta in money', worked: '2% × 10,000.00 = 200.00' },
  ],
  examples: [
    { says: '100 shares at 100.', regime: 'portfolio', pools: [pool(shares('XYZ', '100', '100'))], gives: { maintenance: '1500', equity: '60000' }, status: 'healthy' },
    { says: '200 shares of a broad fund at 500, which moves less.', regime: 'portfolio', pools: [pool(held('SPY', '200', '500', { kind: 'etf', currency: 'USD', class: 'broad' }))], gives: { maintenance: '8000' } },
  ],
  citations: [{ cites: 'House policy', certainty: 'house', says: 'the shares that are shipped are samples of no firm' }],
  covers: {
    labels: ['Net delta, in money', 'Gross delta, in money', 'Share of the net delta*', 'Share of the gross delta', 'Charge on the * delta', 'Delta of one *', 'Part of the net delta, *'],
    strategies: ['delta margin'],
  },
  seeAlso: ['portfolio', 'requirements'],
};
