import { dollars, option, securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const equityPage: HelpPage = {
  id: 'equity',
  title: 'Equity and option value',
  inShort: 'Equity is what a requirement is stated against; under these rules it leaves the value of options out.',
  words: [
    'Net liquidation value is everything: cash, accruals and the market value of all positions, options included.',
    'Equity is the same without options, because the rules put option value on the other side: a short option’s market value is inside its requirement, a long option is paid in full. A pack may declare the other convention; what is left over is the same under both.',
    'The trap is to mix them. Deposit 9,000 and sell an option for 1,000 with a risk of 2,000: equity 10,000 less requirement 3,000 is 7,000. Net liquidation value 9,000 less requirement 3,000 counts the option against the client twice.',
    'Cash counts by trade date, proceeds of short sales included. The settled balance is part of it and never added; pending deposits count from their day; accrued interest and dividends count.',
    'A position without a usable price is worth nothing here if it is long. If it is short, the account is indeterminate: nobody knows what it owes.',
  ],
  formulas: [
    { what: 'Equity', is: 'cash and accruals + stock, funds and bonds', worked: '10,000.00 + 0.00 = 10,000.00' },
    { what: 'Net liquidation value', is: 'equity + market value of options', worked: '10,000.00 + 0.00 + (-1,000.00) = 9,000.00' },
    { what: 'Market value', is: 'quantity × multiplier × price', worked: '-1 × 100 × 10.00 = -1,000.00' },
  ],
  examples: [
    {
      says: 'A deposit of 9,000, and one put of strike 100 sold at 10.00 on XYZ at 100.00.',
      pools: [securities('9000', [option('put', '100', '-1', '10')], ['us-reg-t'], [dollars('1000', 'shortProceeds')])],
      marks: [{ instrument: 'XYZ', price: '100', terms: shares('XYZ', '0', '100').terms }],
      gives: { equity: '10000', netLiq: '9000', maintenance: '3000', excess: '7000' },
      status: 'healthy',
    },
  ],
  citations: [
    { cites: 'FINRA 4210(f)(2)', certainty: 'secondary', says: 'requirements of short options include their market value' },
    { cites: 'FINRA 4210(a)(5)', certainty: 'unverified', says: 'equity as the customer’s ownership interest' },
  ],
  covers: {
    keys: ['equity.*'],
    labels: ['Equity', 'Net liquidation value', 'Cash *', 'Cash and accruals*', 'Market value of stock, funds and bonds', 'Market value of options', 'Market value of *', 'Price of *', 'Multiplier of *', 'Quantity of *', 'Long *', 'Short *', 'Strike of *'],
    figures: ['equity', 'netLiq'],
  },
  seeAlso: ['ratios', 'long-options', 'currencies', 'statuses'],
};
