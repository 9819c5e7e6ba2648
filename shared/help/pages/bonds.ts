import { held, securities } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const bondsPage: HelpPage = {
  id: 'bonds',
  title: 'Bonds',
  inShort: 'A bond is asked a rate by its issuer, grade and maturity; some also a rate of principal.',
  words: [
    'Quantity is face value and the price is per cent of it: 10,000 face at 98.50 is worth 9,850.',
    'Treasuries step up with the years to maturity. Municipals, investment grade and other debt have one rate each; other debt is asked a share of principal where that is more, so that a bond at a deep discount does not margin for almost nothing.',
    'Regulation T asks good faith of debt: what the exchange asks. Convertible bonds are margined as stock.',
    'A bond we know too little of (no issuer, no grade, no maturity) takes the strictest rate that it could have, and says so.',
    'The treasury table, the short-bond rates and the agency rate are from memory: the text of the table was not found. They carry the mark “unverified” wherever they are used. Put your own in a rule pack if your copy of the rule differs.',
  ],
  formulas: [
    { what: 'Exchange maintenance, other debt', is: 'greater of 20 % of market value and 7 % of principal', worked: 'greatest of 600.00 and 700.00 = 700.00' },
    { what: 'Exchange maintenance, investment grade', is: 'market value × 10 %', worked: '10% × 9,850.00 = 985.00' },
    { what: 'Exchange maintenance, treasury', is: 'market value × rate by years to maturity', worked: '4% × 20,000.00 = 800.00' },
    { what: 'House maintenance', is: 'market value × house rate by issuer, at least the exchange', worked: '25% × 9,850.00 = 2,462.50' },
  ],
  examples: [
    {
      says: '10,000 face of an investment grade bond at 98.50, and 20,000 face of a treasury of seven years at par, half of it borrowed.',
      pools: [
        securities('-15000', [
          held('ACME 4.5 11/15/33', '10000', '98.5', { kind: 'bond', currency: 'USD', issuer: 'corporate', grade: 'investment', maturity: '2033-11-15', coupon: '4.5', multiplier: '0.01' }),
          held('T 4 11/15/33', '20000', '100', { kind: 'bond', currency: 'USD', issuer: 'treasury', maturity: '2033-11-15', coupon: '4', multiplier: '0.01' }),
        ]),
      ],
      gives: { equity: '14850', exchangeMaintenance: '1785', maintenance: '3662.5', regTInitial: '1785' },
      status: 'healthy',
    },
    {
      says: '10,000 face of a speculative bond at 30.00.',
      pools: [securities('0', [held('FALLEN 8 11/15/29', '10000', '30', { kind: 'bond', currency: 'USD', issuer: 'corporate', grade: 'speculative', maturity: '2029-11-15', coupon: '8', multiplier: '0.01' })])],
      gives: { exchangeMaintenance: '700', maintenance: '1050' },
    },
  ],
  citations: [
    { cites: 'FINRA 4210(e)(2)', certainty: 'secondary', says: '10 % investment grade, 7 % municipal, 20 % and 7 % of principal for the rest' },
    { cites: 'FINRA 4210(e)(2)(A)', certainty: 'unverified', says: 'treasuries by maturity, 1 to 6 %, zero-coupon floor' },
    { cites: 'FINRA 4210(c)(4)', certainty: 'unverified', says: 'short bonds' },
    { cites: '12 CFR 220.12(b)', certainty: 'secondary', says: 'good faith for non-equity securities' },
  ],
  covers: {
    keys: ['exchange.bond.*', 'house.bond.*', 'regT.bond.*'],
    labels: ['House maintenance, bond', 'House initial, bond', 'Regulation T, good faith: *'],
    strategies: ['long bond', 'short bond'],
  },
  seeAlso: ['requirements', 'rule-packs'],
};
