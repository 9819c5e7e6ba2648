import { held, type ExampleHolding, type HelpExample } from '../example.ts';
import type { HelpPage } from '../page.ts';

const future = (instrument: string, quantity: string, expiry: string): ExampleHolding => held(instrument, quantity, '24000', { kind: 'future', currency: 'HKD', underlying: 'HSI', expiry, multiplier: '50' }, 'futures');
const pool = (holds: readonly ExampleHolding[]): HelpExample['pools'] => [{ id: 'futures', mode: 'cross', model: 'scan', packs: ['span-hkex'], cash: [{ amount: '200000', currency: 'HKD', kind: 'futuresSegment' }], holds }];
const currency = 'HKD';

export const spanPage: HelpPage = {
  id: 'span',
  title: 'SPAN: futures and options on them',
  inShort: 'Everything on one product is revalued in sixteen scenarios of price and volatility, and the worst is asked, with charges for spreads and credit between products.',
  words: [
    'A clearing house publishes for each contract what it loses in each scenario. Losses of all contracts of a commodity are added up scenario by scenario; the greatest sum is the scan risk. Futures of different months offset each other in full there, so a charge for each spread between months comes on top.',
    'Spreads are counted in deltas: long deltas of one month against short ones of another, by priority, until they are used up. A delivery month has a charge of its own, one for deltas in spreads and another for those that stay outright.',
    'Deltas of different commodities that stand against each other earn a credit: the price risk of one delta × the deltas used × the rate. The price risk leaves out what volatility and time alone would do.',
    'Short options are asked at least a minimum each, however little the scenarios move them. At the end the net value of the options is taken off, since they could be sold.',
    'Clients are asked a multiple of what the clearing house asks; the house’s own column here is the client’s, the exchange’s is the clearing house’s.',
  ],
  formulas: [
    { what: 'Gain in a scenario', is: 'contracts × gain of one contract', worked: '1 × (-82,900.00) = -82,900.00' },
    { what: 'Client maintenance', is: 'multiple × clearing requirement', worked: '106.4% × 82,900.00 = 88,205.00' },
    { what: 'Spread between months', is: 'spreads × charge', worked: '1.00 × 16,600.00 = 16,600.00' },
  ],
  examples: [
    { says: 'One Hang Seng Index future with the exchange’s parameters of 2018, amounts in Hong Kong dollars.', currency, regime: 'venue', pools: pool([future('HSIZ6', '1', '2026-12-30')]), gives: { maintenance: '88205', initial: '110257', exchangeMaintenance: '82900' }, status: 'healthy' },
    { says: 'One month long, another short: nothing is left in any scenario but the charge for the spread.', currency, regime: 'venue', pools: pool([future('HSIZ6', '1', '2026-12-30'), future('HSIH7', '-1', '2027-03-30')]), gives: { maintenance: '17662', initial: '22078', exchangeMaintenance: '16600' } },
  ],
  citations: [
    { cites: 'CME Group and JSCC, descriptions of SPAN', certainty: 'secondary' },
    { cites: 'HKEX circular CD/CDCRM/027/2018', certainty: 'secondary', says: 'clearing and client margin of Hang Seng Index futures' },
  ],
  covers: {
    labels: ['Scan risk*', 'Spread *', 'Spreads*', 'Charge for *', 'Credit *', 'Short option minimum', 'No short option minimum', 'Minimum for one short option', 'Delivery month*', 'Weighted price risk*', 'Price risk*', 'Risk of one delta*', 'Net option value', 'Risk of all commodities', 'Clearing requirement', 'Delta of *', 'Deltas *', '*: max(scan*', '*: client *', 'Client *, of the clearing requirement', 'sum(commodityRisk)*', 'At least the short option minimum', 'Less credit between commodities', 'Price scan range'],
    strategies: ['SPAN'],
  },
  seeAlso: ['portfolio', 'futures'],
};
