import { option, priceOf, securities } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const straddlesPage: HelpPage = {
  id: 'straddles',
  title: 'Short straddles and strangles',
  inShort: 'A short call and a short put cannot both lose: the dearer side is asked in full, the other its market value.',
  words: [
    'The side that is asked in full is the one that makes the two together dearer (dearerSide). Read literally, the rule takes the side with the greater requirement (greaterRequirement, a value of the setting); all published examples agree under both readings. The shipped one never asks less and never jumps when the sides change places.',
    'Any short call and short put on one underlying can stand together, whatever their strikes and expiries.',
    'In a cash account each option needs its own cash, so there is no relief.',
  ],
  formulas: [
    { what: 'Dearer side, a share', is: 'market value + risk, as if alone', worked: '3.00 + 20.00 = 23.00' },
    { what: 'Dearer side', is: 'contracts × multiplier × that', worked: '1 × 100 × 23.00 = 2,300.00' },
    { what: 'Other side', is: 'contracts × multiplier × its market value', worked: '1 × 100 × 2.00 = 200.00' },
  ],
  examples: [
    { says: 'One call of strike 100 at 3.00 and one put of strike 95 at 2.00 sold, on XYZ at 100.00.', pools: [securities('5000', [option('call', '100', '-1', '3'), option('put', '95', '-1', '2')], ['us-reg-t'])], marks: [priceOf('100')], gives: { equity: '5000', maintenance: '2500' }, status: 'healthy' },
  ],
  citations: [{ cites: 'FINRA 4210(f)(2)', certainty: 'secondary', says: 'greater side, and the market value of the other; published worked examples agree' }],
  covers: {
    keys: ['option.straddle'],
    labels: ['Side of a short straddle: *', 'The dearer side *', 'The side with the greater requirement *', 'The other side *'],
    strategies: ['short straddle', 'short strangle'],
  },
  seeAlso: ['uncovered-options', 'pairing', 'spreads'],
};
