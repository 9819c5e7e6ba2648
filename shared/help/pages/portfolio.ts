import type { HelpPage } from '../page.ts';

export const portfolioPage: HelpPage = {
  id: 'portfolio',
  title: 'Portfolio-margin accounts',
  inShort: 'An account that its broker margins by risk is shown here under the rules-based packs, and badged indicative.',
  words: [
    'Under portfolio margin a broker revalues all positions on one underlying over a range of prices and asks for the largest loss. It usually asks less than the strategy rules, and sometimes more.',
    'Until its risk-based figures are the ones shown, such an account’s requirement here is what the strategy rules would ask. It is badged “indicative”, and no call is raised on it: a call on a figure that is not its requirement would be a wrong call.',
    'Portfolio margin has a minimum equity that depends on how the firm watches the account. Below it the account may only reduce risk, or is moved back to the strategy rules.',
  ],
  formulas: [],
  examples: [],
  citations: [{ cites: 'FINRA 4210(g)', certainty: 'secondary' }],
  covers: { keys: ['portfolio.*'] },
  seeAlso: ['requirements', 'calls'],
};
