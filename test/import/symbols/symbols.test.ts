import { expect, test } from 'vitest';
import { readBondText } from '../../../main/import/symbols/bond-text.ts';
import { readFundText } from '../../../main/import/symbols/fund-text.ts';
import { sizeBorneOut } from '../../../main/import/symbols/option-terms.ts';
import { shareClassSymbol } from '../../../main/import/symbols/share-class.ts';

test.each([
  ['T 4 1/4 11/15/34', 'treasury', '4.25', '2034-11-15'],
  ['T 4.5 11/15/33', 'treasury', '4.5', '2033-11-15'],
  ['US TREASURY BOND 4.5% 11/15/2033', 'treasury', '4.5', '2033-11-15'],
  ['UNITED STATES TREAS BILLS ZERO CPN 0.00000% 02/18/2027', 'treasury', '0', '2027-02-18'],
  ['APPLE INC 3.85% 08/04/2046', 'corporate', '3.85', '2046-08-04'],
  ['FEDERAL HOME LOAN BANK 3 7/8 06/04/27', 'agency', '3.875', '2027-06-04'],
  ['CITY OF X GO BDS 5.0 08/01/34', 'municipal', '5', '2034-08-01'],
  ['BUND 0 % 02/15/32', 'unknown', '0', '2032-02-15'],
  ['SOMETHING ELSE', 'unknown', null, null],
])('the bond text %j says %s, coupon %s, maturity %s', (text, issuer, coupon, maturity) => {
  expect(readBondText([text], 'USD')).toMatchObject({ issuer, coupon, maturity });
});

test('another state has a treasury too, but not the one the margin rules mean', () => {
  expect(readBondText(['UK TREASURY 4 1/4 12/07/27'], 'GBP').issuer).toBe('unknown');
  expect(readBondText(['UK TREASURY 4 1/4 12/07/27'], 'USD').issuer).toBe('unknown');
});

test.each([
  ['DIREXN DAILY TSLA BULL 2X ETF', '2', false],
  ['GRANITESHARES 1.5X LONG', '1.5', false],
  ['INVERSE FUND -3X', '3', false],
  ['PROSHARES ULTRAPRO QQQ', null, true],
  ['SPDR S&P 500 ETF', null, false],
  ['BOX4X LTD', null, false],
])('the fund text %j gives leverage %s, in doubt: %s', (text, leverage, maybeLeveraged) => {
  expect(readFundText('ANY', text)).toMatchObject({ leverage, maybeLeveraged });
});

test('a leveraged fund is never taken for a broad one', () => {
  expect(readFundText('SPY', 'SOME SPY 2X').class).toBeNull();
  expect(readFundText('SPY', null).class).toBe('broad');
});

test.each(['BRK B', 'BRK.B', 'BRK/B', 'brk-b', 'BRKB'])('%j is Berkshire class B, by whichever broker', (text) => {
  expect(shareClassSymbol(text)).toBe('BRK.B');
});

test('the contract size is borne out by the value, and by nothing less', () => {
  expect(sizeBorneOut('-4', '3.1', '-1240')).toBe('100');
  expect(sizeBorneOut('2', '4.05', '1215')).toBeNull();
  expect(sizeBorneOut('1', '0', '0')).toBeNull();
  expect(sizeBorneOut('1', '3', null)).toBeNull();
});
