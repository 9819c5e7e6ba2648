import type { HelpPage } from '../page.ts';

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
  formulas: [],
  examples: [],
  citations: [{ cites: 'FINRA 4210(g)', certainty: 'secondary' }],
  covers: {
    keys: ['portfolio.*', 'scan.*'],
    labels: ['Scenario *', 'Model gain of *', 'Move of *', 'Worst*', 'Portfolio margin*', 'Beside portfolio margin*', 'Minimum charges', '*in the worst scenario', 'Share of a gain that offsets', 'Least of the two', 'No change', 'Regulation T does not apply under this model'],
  },
  seeAlso: ['requirements', 'calls'],
};
