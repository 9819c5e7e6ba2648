import { EXAMPLE_DAY, securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const regTPage: HelpPage = {
  id: 'reg-t',
  title: 'Regulation T, SMA and due today',
  inShort: 'Regulation T asks for margin once, for the day’s trades; the special memorandum account remembers what is to spare.',
  words: [
    'The requirement is initial only. It says what all positions would be asked if they were opened today; a call comes from trades, not from prices.',
    'The special memorandum account (SMA) is a high-water mark: the greater of yesterday’s balance with the day’s cash less the Reg T margin of the day’s trades, and the equity above the Reg T requirement. It does not fall when the market does.',
    'Due today is what the SMA lacks below zero. Where trades are not known (a file of positions only), a requirement is shown and nothing is ever said to be due.',
    'Without a balance from the day before, the SMA before counts as nothing, and the tree says so. Amounts up to 1,000 dollars need no call.',
    'The first transaction of an account asks at least the lesser of 2,000 dollars and its cost.',
  ],
  formulas: [
    { what: 'Carried from before', is: 'balance before ± cash − Reg T margin of the day’s trades', worked: '0.00 − 5,000.00 = -5,000.00' },
    { what: 'SMA', is: 'greater of that and equity less Reg T requirement', worked: 'greatest of -5,000.00 and -2,000.00 = -2,000.00' },
    { what: 'Due today', is: 'what the SMA is below zero, at least nothing', worked: 'greatest of 0.00 and 2,000.00 = 2,000.00' },
  ],
  examples: [
    {
      says: '100 XYZ bought today at 100.00 with 3,000 of the client’s money.',
      pools: [securities('-7000', [shares('XYZ', '100', '100')])],
      prior: { sma: '0', equity: '3000' },
      activity: [{ account: 'A', id: 'T1', kind: 'trade', instrument: 'XYZ', tradeDate: EXAMPLE_DAY, settleDate: null, quantity: '100', price: '100', amount: null, currency: 'USD', detail: null }],
      gives: { equity: '3000', regTInitial: '5000', regTDueToday: '2000', maintenance: '3000' },
      status: 'warning',
    },
  ],
  citations: [
    { cites: '12 CFR 220.12', certainty: 'verified', says: 'the initial requirement' },
    { cites: '12 CFR 220.5', certainty: 'secondary', says: 'the special memorandum account' },
    { cites: '12 CFR 220.4(d)', certainty: 'verified', says: 'amounts up to 1,000 dollars' },
    { cites: 'FINRA 4210(b)(4)', certainty: 'verified', says: 'first transaction' },
  ],
  covers: {
    keys: ['regT.*', 'account.minimumEquity', 'buyingPower*'],
    labels: ['Special memorandum account*', 'Carried from before', 'Regulation T, due today', 'Nothing due', 'Balance before and the day’s cash', 'Regulation T margin of *', 'Trades in *', 'Trade *', 'Equity above the Regulation T requirement', 'First transaction: *', 'Lesser of the minimum and the cost', 'Cost of the day’s opening trades', 'Buying power*'],
    figures: ['regTInitial', 'regTDueToday', 'specialMemorandum', 'buyingPower'],
  },
  seeAlso: ['requirements', 'calls', 'intraday'],
};
