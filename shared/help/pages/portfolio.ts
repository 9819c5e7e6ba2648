import { option, securities, shares, type HelpExample } from '../example.ts';
import type { HelpPage } from '../page.ts';

const STOCK: HelpExample = {
  says: '1,000 shares at 75, bought with 45,000 of borrowed money.',
  regime: 'portfolio',
  pools: [{ ...securities('-45000', [shares('XYZ', '1000', '75')], ['us-portfolio-margin']), model: 'scan' }],
  gives: { equity: '30000', maintenance: '11250', initial: '11250', excess: '18750' },
  status: 'healthy',
};

const OPTIONS: HelpExample = {
  says: '200 long calls worth 1 cent each, so far out of the money that no move in the range matters.',
  regime: 'portfolio',
  pools: [{ ...securities('0', [shares('XYZ', '100', '20'), option('call', '60', '200', '0.01')], ['us-portfolio-margin']), model: 'scan' }],
  gives: { maintenance: '7500' },
};

export const portfolioPage: HelpPage = {
  id: 'portfolio',
  title: 'Portfolio-margin accounts',
  inShort: 'Under portfolio margin the loss of all positions on one underlying is asked, at the worst of a range of prices.',
  words: [
    'All positions on one underlying are revalued at steps over a range of prices, and the worst loss is asked; a least charge for each contract keeps small risks from costing nothing. Gains of one class offset losses of another only in part, by product group.',
    'It usually asks less than the strategy rules, and sometimes more. What has no class (bonds, securities without loan value) is asked beside it, by its own rule.',
    'Where an account’s own model or its market data are not here, it is shown under the strategy rules and badged “indicative”. No call is raised on such a figure: a call on what is not its requirement would be a wrong call.',
    'Portfolio margin has a minimum equity that depends on how the firm watches the account. Below it the account may only reduce risk, or is moved back to the strategy rules.',
  ],
  formulas: [
    { what: 'Gain of stock in a scenario', is: 'quantity × price × move', worked: '1,000 × 75.00 × (-15%) = -11,250.00' },
    { what: 'Loss asked', is: 'nothing less the least of the gains', worked: '0.00 − (-11,250.00) = 11,250.00' },
    { what: 'Minimum charge', is: 'contracts × multiplier × 0.375', worked: '200 × 100 × 0.375 = 7,500.00' },
  ],
  examples: [STOCK, OPTIONS],
  citations: [{ cites: 'FINRA 4210(g)', certainty: 'secondary' }],
  covers: {
    keys: ['portfolio.*', 'scan.*'],
    labels: ['Scenario *', 'Model gain of *', 'Move of *', 'Worst*', 'Portfolio margin*', 'Beside portfolio margin*', 'Minimum charges', '*in the worst scenario', 'Share of a gain that offsets', 'Least of the two', 'No change', 'Regulation T does not apply under this model'],
    strategies: ['portfolio margin', 'beside portfolio margin'],
  },
  seeAlso: ['requirements', 'calls', 'span', 'regimes'],
};
