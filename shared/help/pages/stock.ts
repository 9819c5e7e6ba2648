import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const stockPage: HelpPage = {
  id: 'stock',
  title: 'Long and short stock',
  inShort: 'Each share is asked a rate of its market value; short shares also a least amount a share.',
  words: [
    'Regulation T looks at the day of the trade: half of the market value, long or short. It has no maintenance; a Reg T call does not grow because the market falls.',
    'The exchange rule looks at every day: a quarter of a long position, 30 % of a short one. A short sale’s proceeds are in the account already and are not counted again, so 30 % means 130 % of the value in all.',
    'Low-priced short stock is asked an amount a share: at least 5 dollars a share from a price of 5 dollars, below it the whole value and at least 2.50. Written as one greatest, the rule has no jump at 5 dollars.',
    'The house asks its own rates and is never below the exchange. Stock below the house’s price threshold is paid in full, and so is stock that may not be bought on margin or is held in the cash part of the account.',
    'A rate set for one instrument, from a broker’s list, takes the place of the general house rate.',
  ],
  formulas: [
    { what: 'Reg T, long', is: 'market value × 50 %', worked: '50% × 10,000.00 = 5,000.00' },
    { what: 'Exchange maintenance, long', is: 'market value × 25 %', worked: '25% × 10,000.00 = 2,500.00' },
    { what: 'House maintenance, long', is: 'market value × house rate, at least the exchange', worked: 'greatest of 2,500.00 and 3,000.00 = 3,000.00' },
    { what: 'Exchange maintenance, short', is: 'greatest of the least amount a share, the market value up to 5 dollars a share, and 30 % of market value', worked: 'greatest of 500.00 and 1,200.00 and 250.00 = 1,200.00' },
  ],
  examples: [
    { says: '100 XYZ at 100.00, of which 4,000 is borrowed.', pools: [securities('-4000', [shares('XYZ', '100', '100')])], gives: { equity: '6000', regTInitial: '5000', exchangeMaintenance: '2500', maintenance: '3000', excess: '3000' }, status: 'healthy' },
    { says: '100 XYZ sold short at 40.00; the proceeds are in the cash balance.', pools: [securities('10000', [shares('XYZ', '-100', '40')])], gives: { equity: '6000', regTInitial: '2000', exchangeMaintenance: '1200', maintenance: '1400', initial: '2000' }, status: 'healthy' },
  ],
  citations: [
    { cites: '12 CFR 220.12(a), (c)', certainty: 'verified', says: '50 % long; 150 % short, of which 100 % are the proceeds' },
    { cites: 'FINRA 4210(c)(1)', certainty: 'secondary', says: '25 % long' },
    { cites: 'FINRA 4210(c)(2), (3)', certainty: 'secondary', says: 'short stock below and from 5 dollars; published worked examples agree' },
  ],
  covers: {
    keys: ['regT.stock.*', 'regT.fullyPaid', 'exchange.fullyPaid', 'exchange.stock.*', 'house.stock.*', 'perInstrument.*.maintenance.*', 'perInstrument.*.initial.*'],
    labels: ['House maintenance, long stock', 'House maintenance, short stock', 'House initial, long stock', 'House initial, short stock', 'Market value, up to the least amount a share', 'House rate of a low-priced share'],
    strategies: ['long stock', 'short stock', 'long warrant', 'short warrant', 'short against*'],
  },
  seeAlso: ['requirements', 'funds', 'covered', 'house-add-ons'],
};
