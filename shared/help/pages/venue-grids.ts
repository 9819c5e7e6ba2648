import { dollars, held, priceOf } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const venueGridsPage: HelpPage = {
  id: 'venue-grids',
  title: 'Portfolio margin of a derivatives venue',
  inShort: 'All positions at the venue are revalued on its grid of spot and volatility moves; the worst result and a few charges beside it are asked.',
  words: [
    'Each scenario moves spot and every forward with it, and volatilities up, down or along the strikes; short-dated volatilities move further. Far moves beyond the grid count in part only.',
    'What the options of an expiry are worth afterwards counts at a static discount: longer where they are owned, dearer where they are owed. A tilt of the volatilities is charged whichever way it would go.',
    'Beside the grid the venue charges what a grid cannot see: a share of spot for perpetuals and short options, haircuts of collateral, forwards that part from spot, rolling over, deltas too large to be closed at once, feeds that are not sure. What far moves lose may be dampened by an amount, so that small accounts are let off them.',
    'Options and futures that are paid out in coin are counted in coin: an option is worth its value in money by the spot, before and after a move.',
    'To keep positions a part of the worst loss is asked, on opening all of it and the charges’ initial parts; where the settlement coin is off its peg, more.',
    'Option prices are those of Black (1976) on the forward of each expiry, kept to fifteen digits; everything after them is exact.',
  ],
  formulas: [
    { what: 'Worst loss', is: 'nothing less the least result', worked: '0.00 − (-1,080.00) = 1,080.00' },
    { what: 'Of the worst loss, to keep', is: 'worst loss × factor', worked: '1,080.00 × 0.8 = 864.00' },
    { what: 'Charge for perpetuals', is: 'spot value × share', worked: '6,000.00 × 1.5% = 90.00' },
    { what: 'Maintenance', is: 'part of the worst loss + charges', worked: '864.00 + 90.00 + 0.00 + 0.00 = 954.00' },
  ],
  examples: [
    {
      says: 'Three ETH perpetuals short at 2,000, with 5,000 put up.',
      regime: 'venue',
      pools: [{ id: 'venue', mode: 'venue', model: 'scan', packs: ['derive-portfolio'], cash: [dollars('5000')], holds: [held('ETH-PERP', '-3', '2000', { kind: 'perpetual', currency: 'USD', underlying: 'ETH', multiplier: '1' }, 'futures')] }],
      marks: [priceOf('2000', 'ETH', { kind: 'coin', currency: 'USD' })],
      gives: { equity: '5000', initial: '1200', maintenance: '954', excess: '4046' },
      status: 'healthy',
    },
  ],
  citations: [
    { cites: 'Derive portfolio manager 2, published tests and description', certainty: 'secondary' },
    { cites: 'Deribit portfolio margin, parameters of the API documentation for BTC', certainty: 'secondary' },
  ],
  covers: {
    keys: ['venueGrid', 'venueGrid.*'],
    labels: ['Spot × *', 'Worst of all scenarios', 'Worst loss', 'Worst loss, rolling over and large deltas', 'Large delta*', 'Delta *', 'Dampened*', 'What is lost', 'Loss, dampened', 'Share of the delta', 'Rolling over*', 'Of the worst loss', 'Part of the worst loss *', 'Forwards apart from spot', '* forward of *', 'Static discount', 'Afterwards, discounted', 'Cost of rolling over', 'Futures that offset each other', 'Spot value of *', 'Haircuts of collateral, *', 'Collateral that moves with the spot', 'Value of collateral', 'Gains of perpetuals and futures', 'Feeds that are not sure', 'Part that counts'],
    strategies: ['venue portfolio margin'],
  },
  seeAlso: ['portfolio', 'span', 'standard-options', 'venue-brackets'],
};
