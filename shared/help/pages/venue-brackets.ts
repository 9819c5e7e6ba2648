import { dollars, held, type ExampleHolding } from '../example.ts';
import type { HelpPage } from '../page.ts';

const BTC: ExampleHolding = { ...held('BTCUSDT', '2', '30000', { kind: 'perpetual', currency: 'USD', underlying: 'BTC' }, 'futures'), settledPrice: '32000' };

export const venueBracketsPage: HelpPage = {
  id: 'venue-brackets',
  title: 'Perpetuals and futures at a venue',
  inShort: 'A venue asks a share of a position’s notional value, and a greater share the larger the position is.',
  words: [
    'The venue’s table has tiers by notional value, or by contracts. Most venues apply a tier’s rate to all of the position and deduct an amount, so that the requirement does not jump where one tier ends and the next begins; some charge each slice at its own rate, which comes to the same; some let it jump.',
    'Other venues have rates that grow smoothly: in a straight line with the size, with its square root, or with its share of the market. Where open interest is large, the initial rate may rise for everybody.',
    'The initial requirement is one ÷ the leverage the client chose, but no less than the tier’s own rate, and never less than maintenance. Gains not yet paid out count towards equity, and so does funding that is due.',
    'One way, longs and shorts of a contract net. In hedge mode both sides are margined, and are liquidated at one price. Some venues ask only the dearer of all longs and all shorts of an underlying.',
    'An isolated position has its own collateral, which is all that it can lose. Positions in one cross pool stand for each other.',
    'The liquidation price is where equity meets the level at which the venue liquidates, all other prices unchanged; the bankruptcy price is where nothing is left. Both are solved in the tier that the position is in at that price, which need not be today’s.',
    'The margin to liquidation is the part of equity that can be lost before the venue’s level is reached: equity less that level, by equity.',
    'A contract paid in coin is worth a fixed amount of money: its gain, its requirement and its pool are in coin, and the price moves all three.',
    'A short option is worth its market value, and is asked that value and a share of the underlying’s price: for opening less what it is out of the money, but at least the venue’s least share. A long option was paid for and is asked nothing.',
    'A venue with four levels closes a position below maintenance, asks for money below the search level, up to the initial level, and gives money back above the release level.',
  ],
  formulas: [
    { what: 'Notional value', is: 'contracts × multiplier × mark', worked: '2 × 1 × 30,000.00 = 60,000.00' },
    { what: 'Maintenance', is: 'notional value × rate of the tier − amount of the tier', worked: '300.00 − 50.00 = 250.00' },
    { what: 'Gain', is: 'contracts × multiplier × (mark − price it counts from)', worked: '2 × 1 × (-2,000.00) = -4,000.00' },
    { what: 'Margin to liquidation', is: '(equity − level of liquidation) ÷ equity', worked: '1,750.00 ÷ 2,000.00 = 0.875' },
    { what: 'Rate on all of it', is: 'notional value × rate of the tier', worked: '60,000.00 × 0.5% = 300.00' },
  ],
  examples: [
    {
      says: 'Two BTCUSDT bought at 32,000 with 6,000 put up, and now at 30,000: the second tier.',
      regime: 'venue',
      pools: [{ id: 'venue', mode: 'isolated', model: 'bracket', packs: ['binance-usdm'], cash: [dollars('6000')], holds: [BTC] }],
      gives: { equity: '2000', maintenance: '250', initial: '600', excess: '1750', marginToLiquidation: '0.875' },
      status: 'healthy',
      callPrices: [{ instrument: 'BTCUSDT', down: '29120.6030150754', up: null }],
    },
  ],
  citations: [
    { cites: 'Binance FAQ b3c689c1f50a44cabb3a84e663b81d93', certainty: 'secondary', says: 'the liquidation price, in cross and isolated mode, with the tier’s amount' },
    { cites: 'Bybit help centre, maintenance margin of inverse contracts', certainty: 'secondary', says: 'each slice at its own rate' },
    { cites: 'dYdX chain v4 at 84d4664b', certainty: 'verified', says: 'initial rates that rise with open interest; equal to maintenance is safe' },
    { cites: 'Vega at a50750cc, verified margin scenarios', certainty: 'verified', says: 'maintenance, search, initial and release level' },
    { cites: 'Orders: as if the larger position they could make were held', certainty: 'house' },
  ],
  covers: {
    keys: ['bracket.*'],
    labels: ['* at the venue', '*, tier * of *', 'Maintenance rate of *', 'Initial rate of *', 'Maintenance amount of *', 'Notional value of *', 'Slice in tier *', 'Orders in *', 'Cost of liquidation', 'Margin call of the venue'],
    figures: ['marginToLiquidation'],
    strategies: ['* at a venue', 'perpetual, by bracket', 'future, by bracket', 'long side, by bracket', 'short side, by bracket'],
  },
  seeAlso: ['futures', 'pools', 'call-price'],
};
