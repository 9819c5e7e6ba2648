import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const houseAddOnsPage: HelpPage = {
  id: 'house-add-ons',
  title: 'House add-ons and rates by instrument',
  inShort: 'What a firm asks beyond its general rates: for one name, for concentration, for what is hard to sell.',
  words: [
    'A broker’s list sets rates for single instruments. They take the place of the general house rate, never of the exchange’s.',
    'Concentration, liquidity and ownership add-ons are a table of the firm: the larger a position’s share of the account, its size against a day’s trading, or its share of all shares outstanding, the higher the rate. Each component is a line of the tree with its own citation, and the rate is never more than in full.',
    'Add-ons are applied after pairing, so they do not change which legs stand together, and the house’s figure is floored at the exchange as always.',
    'Where a datum is missing (no trading volume, no number of shares), the tree says so and no add-on is charged for it.',
  ],
  formulas: [
    { what: 'Rate of one instrument', is: 'the list’s rate in place of the house’s', worked: '100% × 5,000.00 = 5,000.00' },
    { what: 'Share of an issuer', is: 'its market value ÷ gross market value', worked: '10,000.00 ÷ 12,000.00 = 83.3333%' },
    { what: 'Rate with add-ons', is: 'base + add-ons, at most in full', worked: '30% + 20% + 0% = 50%' },
    { what: 'On top of the position', is: 'market value × rate with add-ons, less what it is asked alone', worked: '5,000.00 − 3,000.00 = 2,000.00' },
  ],
  examples: [
    { says: '200 GME at 25.00 under the standard packs and the sample broker list.', pools: [securities('0', [shares('GME', '200', '25')], ['us-reg-t', 'house-standard', 'broker-list'])], gives: { maintenance: '5000', exchangeMaintenance: '1250', initial: '5000' }, status: 'warning' },
    {
      says: '100 XYZ at 100.00 and 20 ABC at 100.00 under the standard packs and the sample of concentration add-ons; XYZ is five sixths of the account.',
      pools: [securities('0', [shares('XYZ', '100', '100'), shares('ABC', '20', '100')], ['us-reg-t', 'house-standard', 'house-concentration'])],
      stats: { XYZ: { adv20: '100000' }, ABC: { adv20: '100000' } },
      gives: { maintenance: '5600', exchangeMaintenance: '3000' },
      status: 'healthy',
    },
  ],
  citations: [
    { cites: 'FINRA 4210', certainty: 'secondary', says: 'a firm may set higher requirements' },
    { cites: 'Brokers’ published tables, by pack', certainty: 'house' },
  ],
  covers: { keys: ['house.addOn*', 'house.concentration*', 'house.liquidity*', 'house.ownership*', 'house.industry*', 'addOns.*', 'house.account.*'], labels: ['*add-on*', '*oncentration*'] },
  seeAlso: ['stock', 'rule-packs', 'requirements'],
};
