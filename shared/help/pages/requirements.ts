import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const requirementsPage: HelpPage = {
  id: 'requirements',
  title: 'Requirements: Reg T, exchange, house',
  inShort: 'Three requirements stand side by side and are never blended; the house’s counts.',
  words: [
    'Regulation T asks when a position is opened. The exchange asks every day. The house asks every day, and never less than the exchange: the comparison is made leg by leg, so a generous house rate on one leg cannot pay for a strict one on another.',
    'Maintenance is what a call is measured against. Initial is what opening the positions would ask: for each leg the greatest of Reg T, the exchange’s, the house’s initial and the house’s maintenance.',
    'The tree goes from the account to the pool, to the underlying, to the strategy, to the leg, to the inputs. Open any line to see how it was made; the line that decided is marked “taken”.',
    'The exchange’s total only says of which type a call is: house while equity still covers the exchange, exchange below it.',
  ],
  formulas: [
    { what: 'House maintenance of a leg', is: 'greater of exchange and house', worked: 'greatest of 2,500.00 and 3,000.00 = 3,000.00' },
    { what: 'House initial of a leg', is: 'greatest of Reg T, exchange, house initial and house maintenance', worked: 'greatest of 5,000.00 and 2,500.00 and 5,000.00 and 3,000.00 = 5,000.00' },
  ],
  examples: [
    { says: '100 XYZ at 100.00, half of it borrowed.', pools: [securities('-5000', [shares('XYZ', '100', '100')])], gives: { regTInitial: '5000', exchangeMaintenance: '2500', exchangeInitial: '2500', initial: '5000', maintenance: '3000', available: '0', excess: '2000' }, status: 'healthy' },
  ],
  citations: [
    { cites: 'FINRA 4210(b)', certainty: 'secondary', says: 'initial margin is the greatest of what Reg T, the rule and the firm ask' },
    { cites: 'FINRA 4210(c)', certainty: 'secondary', says: 'maintenance; a firm may ask more, never less' },
  ],
  covers: {
    labels: ['House maintenance, *', 'House initial, *', 'House, at least the exchange', 'Exchange initial, *', 'Maintenance requirement', 'Initial requirement', 'Exchange * requirement', 'Requirement', 'No requirement could be computed'],
    figures: ['maintenance', 'initial', 'exchangeMaintenance', 'exchangeInitial'],
    strategies: ['not included'],
  },
  seeAlso: ['stock', 'reg-t', 'statuses', 'pairing'],
};
