import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const statusesPage: HelpPage = {
  id: 'statuses',
  title: 'Statuses and their ladder',
  inShort: 'The rule pack’s ladder says at which line an account is warned, called or may be liquidated.',
  words: [
    'Healthy ●, warning ▲, indeterminate ?, call ◆, liquidation ■, bankrupt ✖: from the least to the most urgent. Colour never stands alone; each has a shape and a word.',
    'Every rung names a figure, a line and whether standing on the line is a breach. The worst rung that is breached wins; of several pools, the worst pool’s.',
    'Under the standard house pack: call when equity is below maintenance; warning when less than a tenth of the net liquidation value is to spare; liquidation when the deficit is more than half of it; bankrupt when positions are worth less than the debt.',
    'Indeterminate means that something is not known which could be a loss: a short position without a price, an adjusted contract, a row that could not be read. It ranks above warning and is never shown as healthy.',
  ],
  formulas: [
    { what: 'Call', is: 'equity < maintenance', worked: '2,500.00 − 3,000.00 = -500.00' },
    { what: 'Warning', is: 'excess < 10 % of net liquidation value', worked: '3,500.00 − 3,000.00 = 500.00' },
  ],
  examples: [
    { says: '100 XYZ at 100.00, of which 7,500 is borrowed: below the line.', pools: [securities('-7500', [shares('XYZ', '100', '100')])], gives: { equity: '2500', maintenance: '3000', excess: '-500' }, status: 'call' },
    { says: 'The same with 7,000 borrowed: exactly on the line, which is no breach of the call’s rung but one of the warning’s.', pools: [securities('-7000', [shares('XYZ', '100', '100')])], gives: { equity: '3000', maintenance: '3000', excess: '0' }, status: 'warning' },
    { says: 'The same with 6,500 borrowed.', pools: [securities('-6500', [shares('XYZ', '100', '100')])], gives: { equity: '3500', maintenance: '3000', excess: '500' }, status: 'healthy' },
    { says: 'The same with 10,500 borrowed.', pools: [securities('-10500', [shares('XYZ', '100', '100')])], gives: { equity: '-500', netLiq: '-500' }, status: 'bankrupt' },
  ],
  citations: [
    { cites: 'FINRA 4210(c), (f)(6)', certainty: 'secondary', says: 'maintenance is called when equity falls below it' },
    { cites: 'House policy', certainty: 'house', says: 'warning and liquidation' },
  ],
  covers: { keys: ['statusLadder.*'] },
  seeAlso: ['ratios', 'calls', 'rule-packs'],
};
