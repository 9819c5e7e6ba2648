import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

const XYZ = shares('XYZ', '100', '100');

export const regimesPage: HelpPage = {
  id: 'regimes',
  title: 'One account under several regimes',
  inShort: 'The same positions and cash are margined under other rules and set beside the account as it is: figures, differences, and what each underlying takes.',
  words: [
    'Rule-based margin asks by position and strategy; risk-based margin asks for the worst loss over a range of prices. The first is dearer for hedged books and for plain stock, the second may be dearer for short options far out of the money and for what has no offset.',
    'A pool is put under the other rules where those are for what it holds: securities under rules for securities, contracts under a venue’s. Other pools of the account stay under their own rules, which is said. Where nothing can move, where the rules would leave out a part of the pool, or where a cash account would be short, the comparison is refused with the reason.',
    'Rule-based margin has the value of options in the requirement, risk-based margin has it in equity. Requirements of the two cannot be set side by side underlying by underlying. So each line says what an underlying takes of excess: what its positions are asked and, where equity leaves options out, less what they are worth. Net liquidation value less all lines is excess, under each regime.',
    'Beside each line stands what decided it: the strategy and its rule, the worst scenario with its move, or the venue’s tier.',
    'Portfolio margin prices options at the volatility that their marks imply. Where a mark implies none, that is said and the column is indeterminate.',
  ],
  formulas: [
    { what: 'Asked by rule', is: 'market value × house rate', worked: '30% × 10,000.00 = 3,000.00' },
    { what: 'Asked by risk', is: 'nothing less the worst gain', worked: '0.00 − (-1,500.00) = 1,500.00' },
  ],
  examples: [
    { says: '100 XYZ at 100 with 4,000 borrowed, as a margin account.', pools: [securities('-4000', [XYZ])], gives: { equity: '6000', maintenance: '3000', initial: '5000', excess: '3000', healthRatio: '2' }, status: 'healthy' },
    { says: 'The same account under portfolio margin.', regime: 'portfolio', pools: [{ ...securities('-4000', [XYZ], ['us-portfolio-margin']), model: 'scan' }], gives: { equity: '6000', maintenance: '1500', initial: '1500', excess: '4500', healthRatio: '4' }, status: 'healthy' },
  ],
  citations: [{ cites: 'The desk’s own comparison; each column rests on the rules it names', certainty: 'house' }],
  covers: {},
  seeAlso: ['requirements', 'portfolio', 'venue-brackets', 'delta-margin'],
};
