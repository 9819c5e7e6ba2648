import type { HelpPage } from '../page.ts';

export const intradayPage: HelpPage = {
  id: 'intraday',
  title: 'Intraday margin, from 2026',
  inShort: 'Since 4 June 2026 a day’s highest shortfall counts, in place of the pattern day trader rules.',
  words: [
    'The pattern day trader designation and its 25,000 dollar minimum are gone. Firms may phase the change in until 20 October 2027, so the regime is a dated setting of each broker’s pack.',
    'A day’s intraday margin deficit is the highest amount by which equity was below maintenance after any trade that used up margin. Where the order of trades is not known, the order with the highest deficit is taken; deposits and trades that close risk may count from the start of the day; the legs of a spread count together.',
    'It is met by net deposits or by lower risk. Left unmet by the fifth business day as a practice, the account is frozen for 90 calendar days; it stands until it is met or the fifteenth business day ends.',
    'The lesser of 5 % of equity and 1,000 dollars needs no call. Portfolio-margin accounts of at least 5,000,000 are exempt from intraday monitoring.',
    'The rules before: four times the maintenance excess as day-trading buying power, a call due on the fifth business day, and 90 days of closing trades only if it is not met.',
  ],
  formulas: [{ what: 'Deficit that needs nothing', is: 'lesser of 5 % of equity and 1,000 dollars', worked: '5% × 15,000.00 = 750.00' }],
  examples: [
    {
      says: 'An equity of 15,000 in November 2026.',
      pools: [],
      gives: {},
      asks: [
        { ask: 'intraday.deMinimis', params: { equity: '15000', on: '2026-11-20' }, answer: { threshold: '750' } },
        { ask: 'intraday.rules', params: { packs: ['us-reg-t', 'us-day-trading'], on: '2026-11-20' }, answer: { regime: 'intradayMargin', level: 'maintenanceExcess', multiple: '4' } },
      ],
    },
  ],
  citations: [
    { cites: 'FINRA 4210(d)(2), (a)(17) to (19)', certainty: 'verified' },
    { cites: 'FINRA Regulatory Notice 26-10', certainty: 'verified', says: 'effective 4 June 2026, phase-in until 20 October 2027' },
  ],
  covers: { keys: ['intraday.*', 'dayTrading*', 'calls.intraday*', 'calls.dayTrading*'], labels: ['*ntraday*', '*ay-trading*', '*ay trading*'] },
  seeAlso: ['calls', 'reg-t'],
};
