import { dollars, held, type ExampleHolding } from '../example.ts';
import type { HelpPage } from '../page.ts';

const ES: ExampleHolding = { ...held('ESZ6', '2', '6000', { kind: 'future', currency: 'USD', underlying: 'ES', expiry: '2026-12-18', multiplier: '50' }, 'futures'), settledPrice: '6010' };

export const futuresPage: HelpPage = {
  id: 'futures',
  title: 'Futures',
  inShort: 'Each contract is asked a fixed amount, which the exchange sets by product and date.',
  words: [
    'Long or short, every contract is asked the same; contracts of one month net, different months get no credit. A speculator’s initial margin is maintenance and a tenth more, where the pack does not state it.',
    'A future has no market value. What it gained or lost since it was last settled is in the equity; what was settled before is in the cash.',
    'Equity equal to maintenance is no breach. Below it, a call restores the balance to the initial margin, not just to maintenance.',
    'Rates count until the day up to which the pack knows them to be complete; after that day they are not used, and the contract waits for a rate rather than being margined with an old one.',
    'The exchange’s margins that come with Plimsoll end on 31 January 2022. For a later day a house pack must have the margins in force; its rate then stands for the exchange’s too, and says so. The pack house-futures holds sample figures of no firm: put your clearing firm’s there.',
    'A broker that states one balance for securities and futures sweeps: the futures pool is kept at its maintenance requirement and the securities pool stands for all the money.',
  ],
  formulas: [
    { what: 'Maintenance', is: 'contracts × maintenance of the product', worked: '2 × 24,000.00 = 48,000.00' },
    { what: 'Initial, where not stated', is: 'maintenance × 110 %', worked: '110% × 24,000.00 = 26,400.00' },
    { what: 'Gain since settlement', is: 'contracts × multiplier × (price − settled price)', worked: '2 × 50 × (-10.00) = -1,000.00' },
    { what: 'Price moved', is: 'price − price of the last settlement', worked: '6,000.00 − 6,010.00 = -10.00' },
  ],
  examples: [
    {
      says: 'Two E-mini S&P 500 contracts at 6,000, last settled at 6,010, with 60,000 in the segment.',
      pools: [{ id: 'futures', mode: 'cross', model: 'fixed', packs: ['us-futures', 'house-futures'], cash: [dollars('60000', 'futuresSegment')], holds: [ES] }],
      gives: { equity: '59000', maintenance: '48000', initial: '52800', excess: '11000' },
      status: 'healthy',
    },
  ],
  citations: [
    { cites: 'CME Group performance bonds, by date', certainty: 'secondary' },
    { cites: 'CFA Institute curriculum, computing margin balances', certainty: 'secondary', says: 'equal to maintenance is no breach; the call restores initial margin' },
  ],
  covers: {
    keys: ['future.*', 'futures.*'],
    labels: ['* futures', '*, per contract', '*, house floored at the exchange', 'Gain on *', 'Gains since the last settlement', '*, moved since', 'Price at which * was last settled', 'Margin call on futures', 'No call', 'Maintenance margin of one *', 'Initial margin of one *', 'The house’s for the exchange’s*', 'Regulation T does not apply to futures', 'Gross notional value'],
    strategies: ['future, per contract'],
  },
  seeAlso: ['pools', 'calls', 'rule-packs'],
};
