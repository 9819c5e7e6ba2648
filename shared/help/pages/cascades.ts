import type { HelpPage } from '../page.ts';

export const cascadesPage: HelpPage = {
  id: 'cascades',
  title: 'Forced sales that force further sales',
  inShort: 'Holders that are too leveraged sell, the price falls, and others become too leveraged: simulations that no requirement rests on.',
  words: [
    'A holder has equity, securities that can be sold and loans that cannot. Leverage is all of what it holds by its equity. Above a bound it sells what brings it back, or everything where its loans alone are above the bound.',
    'In rounds: each sale moves the price by its size against the market’s depth, towards a floor; losses make the next round. In one step: the price drop at which what is sold makes just that drop, with an impact that goes with the square root of the money sold.',
    'There may be two such drops. Going up from none the smaller is found, without a spiral; coming down from the largest, the greater one, with it.',
    'These are questions of the command line (cascade.fireSale, cascade.fixedPoint). They are made of doubles and rounded to fifteen digits, and enter no margin figure.',
  ],
  formulas: [{ what: 'Part of its securities a holder sells', is: '1 − (bound × equity − loans) ÷ securities', worked: '1 − (19 × 10 − 100) ÷ 100 = 0.1' }],
  examples: [
    {
      says: 'A holder of 100 securities and 100 loans on an equity of 10, at a bound of 19, in a market that sales do not move.',
      pools: [],
      gives: {},
      asks: [{ ask: 'cascade.fixedPoint', params: { holders: [{ equity: '10', securities: '100', loans: '100' }], bound: '19', coefficient: '0', from: 'none' }, answer: { drop: '0', sold: ['0.1'], iterations: '1' } }],
    },
  ],
  citations: [
    { cites: 'Cont and Schaanning (2017), fire sales and indirect contagion', certainty: 'secondary' },
    { cites: 'Square-root impact of sales', certainty: 'secondary', says: 'price impact grows with the square root of what is sold' },
  ],
  covers: {},
  seeAlso: ['overlay', 'lending', 'venue-brackets'],
};
