import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const callsPage: HelpPage = {
  id: 'calls',
  title: 'Margin calls',
  inShort: 'An official run raises a call for what is missing, says by when, and follows it until it is met.',
  words: [
    'Between runs the queue shows expected calls: what a run would raise now. Only an official run, or a person, issues one.',
    'One maintenance call per account. It is an exchange call while equity is below the exchange’s requirement too, a house call otherwise. Reg T calls stand apart, one per trade date; a minimum equity call asks only for what the maintenance call does not.',
    'Called is always met and outstanding together. Money that came in counts first; what the figures still ask is then outstanding. A call that is met is closed; a new shortfall is a new call with a due day of its own.',
    'Due days are business days of the market. Amounts are rounded up to whole cents, because a client cannot wire half a cent.',
    'While an account is indeterminate its calls can grow or be paid, but no move of the market meets them. Accounts shown under rules that are not their own are not called.',
  ],
  formulas: [
    { what: 'Amount of a maintenance call', is: 'maintenance − equity, rounded up to the cent', worked: '3,000.00 − 2,500.00 = 500.00' },
    { what: 'Due', is: 'business days after the run, by type', worked: '2026-11-20 + 5 business days = 2026-11-30' },
  ],
  examples: [
    {
      says: '100 XYZ at 100.00, of which 7,500 is borrowed.',
      pools: [securities('-7500', [shares('XYZ', '100', '100')])],
      gives: { deficit: '500', equity: '2500', maintenance: '3000' },
      status: 'call',
      asks: [{ ask: 'calendar.addBusinessDays', params: { day: '2026-11-20', businessDays: '5' }, answer: { day: '2026-11-30' } }],
    },
  ],
  citations: [
    { cites: 'FINRA 4210(f)(6)', certainty: 'secondary', says: 'as promptly as possible; 48 hours is common practice' },
    { cites: '12 CFR 220.2, 220.4(c), (d)', certainty: 'verified', says: 'payment period; amounts up to 1,000 dollars' },
    { cites: 'FINRA Rule 4220', certainty: 'verified', says: 'a daily record of required margin and how it was met' },
  ],
  covers: { keys: ['calls.*'] },
  seeAlso: ['statuses', 'reg-t', 'call-price', 'intraday'],
};
