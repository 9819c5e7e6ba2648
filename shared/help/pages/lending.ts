import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const lendingPage: HelpPage = {
  id: 'lending',
  title: 'Loans against collateral',
  inShort: 'What is put up counts for a part of its value, what is owed for all of it or more; the health factor is the one by the other.',
  words: [
    'Every asset counts at a weight, which is one less its haircut: loan to value on opening, the liquidation threshold to keep the loan. Every debt counts at its own weight, and grows by its rate.',
    'The requirement is equity less what counts, so that excess is what counts of the assets less what counts of the debts. Health is what counts of the assets by what counts of the debts: at one or more a loan may not be liquidated, below one it may.',
    'A balance that can turn counts as an asset above zero and as a liability below. Some venues take the worse of their price and the bounds of its feed on opening, and count large deposits for less and large debts for more.',
    'A liquidator may repay a part of the debt (the close factor), or all of it where health is low or little is left, and takes collateral of the same worth with a bonus.',
    'In securities-based lending the weights are loan values of the firm; stock that may not be bought on margin, and what nobody has set a weight for, counts for nothing. A loan that is below its line only for want of such a weight is indeterminate.',
    'The call price of an asset or a debt is where excess is nothing; its liquidation price is where health is at the level that the status ladder names, which for a lender who calls before he sells lies further on. Margin to liquidation is the part of equity that can be lost until there.',
  ],
  formulas: [
    { what: 'What counts to keep the loan', is: 'value × weight', worked: '1,000.00 × 65% = 650.00' },
    { what: 'Excess', is: 'what counts of the assets − what counts of the debts', worked: '-600.00 + 650.00 = 50.00' },
    { what: 'Health factor', is: 'what counts of the assets ÷ what counts of the debts', worked: '650.00 ÷ 600.00 = 1.083333333333333333' },
    { what: 'Margin to liquidation', is: '(what counts − level × debt) ÷ equity', worked: '(650 − 0.9 × 600) ÷ 400 = 0.275' },
  ],
  examples: [
    {
      says: '600 borrowed against ten shares at 100, of which the firm lends on 50 % and keeps the loan on 65 %.',
      pools: [{ ...securities('-600', [shares('XYZ', '10', '100')], ['securities-based-lending']), model: 'lending' }],
      gives: { equity: '400', initial: '500', maintenance: '350', available: '-100', excess: '50', healthRatio: '1.083333333333333333', marginToLiquidation: '0.275' },
      callPrices: [{ instrument: 'XYZ', down: '92.3076923077', up: null }],
      status: 'warning',
    },
  ],
  citations: [
    { cites: '12 CFR 221, maximum loan value of margin stock', certainty: 'unverified', says: 'half of the market value when a loan is made to buy or carry margin stock' },
    { cites: 'Aave v3, default close factor', certainty: 'secondary' },
    { cites: 'House policy', certainty: 'house', says: 'loan values to keep a loan' },
  ],
  covers: {
    keys: ['lending.*', 'perInstrument.*.collateral.*', 'perInstrument.*.debt.*', 'perInstrument.*.liquidation.*', 'perInstrument.*.perpetual.*'],
    labels: ['Weight of *', 'Haircut of *', 'Loan to value*', 'Liquidation threshold*', 'What counts, *', 'Collateral that counts, *', 'Debt and requirements that count, *', 'Value of * put up', '* as an asset', '* as a liability', 'What counts of *', '* has no collateral value', 'Orders in *, the worse of both ways', 'What one unit of * debt has grown to', 'Gross value of assets and debts', 'Regulation T does not apply to loans here'],
    strategies: ['balance', 'collateral', 'debt', 'written option'],
  },
  seeAlso: ['pools', 'ratios', 'statuses'],
};
