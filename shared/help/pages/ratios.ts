import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const ratiosPage: HelpPage = {
  id: 'ratios',
  title: 'Excess, deficit and ratios',
  inShort: 'How far equity is from what is asked, in money and as a ratio.',
  words: [
    'Excess is equity less maintenance; below zero, what is missing is the deficit. Available is equity less initial: what could be used to open something new.',
    'Health is equity over maintenance: 1.00 is the line. There is no published standard for such a ratio, so it is always shown with its two amounts.',
    'Cushion is the excess as a share of the net liquidation value. Used is the initial requirement as a share of equity, leverage the gross market value over equity; both exist only while equity is above zero.',
    'Ratios are for reading. Statuses compare the amounts by cross-multiplying, so that no rounding decides about a call. A ratio below 1 is never rounded up to it.',
  ],
  formulas: [
    { what: 'Excess', is: 'equity − maintenance', worked: '6,000.00 − 3,000.00 = 3,000.00' },
    { what: 'Available', is: 'equity − initial', worked: '6,000.00 − 5,000.00 = 1,000.00' },
    { what: 'Deficit', is: 'maintenance − equity, at least nothing', worked: 'greatest of 0.00 and -3,000.00 = 0.00' },
    { what: 'Health', is: 'equity ÷ maintenance', worked: '6,000.00 ÷ 3,000.00 = 2.00' },
    { what: 'Used', is: 'initial ÷ equity', worked: '5,000.00 ÷ 6,000.00 = 0.833333' },
    { what: 'Leverage', is: 'gross market value ÷ equity', worked: '10,000.00 ÷ 6,000.00 = 1.666667' },
  ],
  examples: [
    { says: '100 XYZ at 100.00, of which 4,000 is borrowed.', pools: [securities('-4000', [shares('XYZ', '100', '100')])], gives: { excess: '3000', available: '1000', deficit: '0', healthRatio: '2', utilisation: '0.833333', leverage: '1.666667' }, status: 'healthy' },
  ],
  citations: [{ cites: 'The desk’s own definitions; brokers differ', certainty: 'house' }],
  covers: {
    labels: ['Health ratio', 'Utilisation', 'Leverage*', 'Excess', 'Available', 'Deficit', 'No deficit', 'Maintenance less equity', 'Gross market value', 'Market value of long positions', 'Market value of short positions'],
    figures: ['excess', 'available', 'deficit', 'healthRatio', 'utilisation', 'leverage'],
  },
  seeAlso: ['equity', 'statuses', 'pools'],
};
