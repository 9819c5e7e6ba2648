import { option, priceOf, securities } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const spreadsPage: HelpPage = {
  id: 'spreads',
  title: 'Spreads, by their largest loss',
  inShort: 'Options that limit each other are asked the most that the whole can lose at any price of the underlying.',
  words: [
    'A spread needs long options that last at least as long as the short ones, and within its calls, and within its puts, no more short than long: the rule wants as much long as short within each kind. Then its loss at expiry is limited, and the largest loss is found at nothing or at one of the strikes. A short put beyond the long ones could lose no more than its strike, but is charged as one that nothing covers.',
    'A vertical, calendar or diagonal has one long and one short option of one kind: the short one is charged the lesser of the width that goes against it and what it would be asked alone. A broker may ask the width in any case (option.vertical; moomoo does so).',
    'Butterflies, condors, iron ones, boxes and ladders are charged the largest loss of the whole. The first short leg carries the charge for all; the others show zero.',
    'A group is named by its structure: a butterfly has one contract in each wing against two, and equal distances between its strikes; with one wing broader it is a broken-wing butterfly. The name says what a house may ask beyond: Interactive Brokers asks 102 % of the largest loss of what it does not list, which a broken wing is. What can be told as spreads and listed shapes without a larger total is told so.',
    'The long options are paid in full. The premium is in the cash balance, so the charge is the loss at expiry without it.',
  ],
  formulas: [
    { what: 'Width of a put spread', is: 'short strike − long strike', worked: '100.00 − 90.00 = 10.00' },
    { what: 'Vertical, a share', is: 'lesser of the largest loss and the short option alone', worked: 'least of 10.00 and 23.00 = 10.00' },
    { what: 'Loss of a group at a price', is: 'what the short options pay − what the long ones bring', worked: '9,000.00 − 8,000.00 = 1,000.00' },
    { what: 'Group', is: 'the greatest of its losses at nothing and at every strike', worked: 'greatest of 0.00 and 1,000.00 and 1,000.00 and 0.00 and 0.00 and 1,000.00 = 1,000.00' },
  ],
  examples: [
    { says: 'One put of strike 100 sold at 3.00, one of 90 bought at 1.00, on XYZ at 100.00: a bull put spread.', pools: [securities('3000', [option('put', '100', '-1', '3'), option('put', '90', '1', '1')])], marks: [priceOf('100')], gives: { equity: '3000', maintenance: '1000', excess: '2000' }, status: 'healthy' },
    {
      says: 'An iron condor: puts 80 and 90, calls 110 and 120, the middle ones sold.',
      pools: [securities('3000', [option('put', '80', '1', '0.5'), option('put', '90', '-1', '1'), option('call', '110', '-1', '1'), option('call', '120', '1', '0.5')])],
      marks: [priceOf('100')],
      gives: { equity: '3000', maintenance: '1000' },
      status: 'healthy',
    },
  ],
  citations: [
    { cites: 'FINRA 4210(f)(2)(H), Regulatory Notice 12-44', certainty: 'verified', says: 'maximum potential loss, intrinsic values at every strike' },
    { cites: 'FINRA 4210(f)(2)(A), definition of a spread, as amended with Regulatory Notice 12-44', certainty: 'unverified', says: 'long and short contract value are equal within calls and within puts; short options expire no later than long ones' },
    { cites: 'Interactive Brokers, knowledge base on butterflies', certainty: 'verified', says: 'recognised only with two against one and one, and equal intervals between the strikes' },
  ],
  covers: {
    keys: ['option.spread*', 'option.vertical', 'house.option.*pread*', 'house.option.*Box*', 'option.*Box*'],
    labels: ['Short leg of a spread: *', 'Lesser of the largest loss *', 'Largest loss *', 'No loss at any strike', 'Width of the spread *', 'Width of the vertical *', 'Loss at *', 'Short options pay', 'Long options bring', 'Price looked at', 'Charged with *'],
    strategies: ['* spread', '* butterfly', '* condor', 'iron butterfly', 'iron condor', '* ratio backspread', 'box', '* ladder', 'option combination', '* against itself', 'spread', 'jelly roll'],
  },
  seeAlso: ['pairing', 'uncovered-options', 'long-options'],
};
