import { option, priceOf, securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

const PACKS = ['cash-account'];

export const cashAccountPage: HelpPage = {
  id: 'cash-account',
  title: 'Cash account',
  inShort: 'Everything is paid in full; a short option needs its cover, in cash or in stock.',
  words: [
    'Nothing is lent, so every rate is 100 %: long stock and bonds are asked their whole value.',
    'A short put needs its strike in cash; a short call needs the stock, or the whole underlying in cash. A call on a broad index, whose underlying cannot be deposited, needs its strike.',
    'A covered call adds nothing to stock that is paid for. Straddles and protective options get no relief.',
    'This desk raises no margin calls on cash accounts: what they lack is a cash call, which is another matter.',
  ],
  formulas: [
    { what: 'Long stock', is: 'market value × 100 %', worked: '100% × 5,000.00 = 5,000.00' },
    { what: 'Short put, a share', is: 'its strike, in cash', worked: '100% × 45.00 = 45.00' },
    { what: 'Short put', is: 'contracts × multiplier × strike', worked: '1 × 100 × 45.00 = 4,500.00' },
  ],
  examples: [
    {
      says: '100 ABC at 50.00 and one put of strike 45 sold on XYZ at 50.00, with 5,000 in cash.',
      regime: 'cash',
      pools: [securities('5000', [{ ...shares('ABC', '100', '50'), subType: 'cash' }, { ...option('put', '45', '-1', '1'), subType: 'cash' }], PACKS)],
      marks: [priceOf('50')],
      gives: { equity: '10000', maintenance: '9500', excess: '500' },
      status: 'healthy',
    },
  ],
  citations: [
    { cites: '12 CFR 220.8(a)', certainty: 'verified', says: 'securities paid in full' },
    { cites: '12 CFR 220.8(a)(3)', certainty: 'secondary', says: 'options covered by cash or stock' },
  ],
  covers: { labels: ['Strike, in cash', 'Underlying, in full', 'The stock alone is charged', 'Cash account, *'] },
  seeAlso: ['requirements', 'covered', 'uncovered-options'],
};
