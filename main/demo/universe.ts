import type { DecimalText } from '../../shared/money.ts';

/**
 * What the demo desk's clients hold. The companies exist, the prices do not: they are plausible inventions for
 * November 2026 and say nothing about any company.
 */

export interface Underlying {
  symbol: string;
  name: string;
  kind: 'stock' | 'etf' | 'index';
  currency: string;
  exchange: string;
  /** Price at the close of the first day, and its change by the close of the last, in per cent. */
  price: DecimalText;
  movePercent: number;
  /** Yearly volatility in per cent, for option prices; 0 when no options are held on it. */
  volatility: number;
  leverage?: 2 | 3;
}

type Line = readonly [symbol: string, name: string, price: DecimalText, movePercent: number, volatility: number];

const US_STOCKS: readonly Line[] = [
  ['AAPL', 'APPLE INC', '231.4', -1.4, 27],
  ['MSFT', 'MICROSOFT CORP', '498.2', -1.1, 24],
  ['NVDA', 'NVIDIA CORP', '184.6', -4.2, 46],
  ['AMZN', 'AMAZON.COM INC', '226.1', -1.9, 31],
  ['GOOGL', 'ALPHABET INC-CL A', '291.3', -0.8, 30],
  ['META', 'META PLATFORMS INC-CLASS A', '612.4', -2.2, 34],
  ['TSLA', 'TESLA INC', '402.8', -6.5, 58],
  ['AVGO', 'BROADCOM INC', '348', -3.1, 44],
  ['AMD', 'ADVANCED MICRO DEVICES', '214.5', -3.8, 50],
  ['NFLX', 'NETFLIX INC', '112.3', -0.9, 36],
  ['MU', 'MICRON TECHNOLOGY INC', '238.7', -4.9, 52],
  ['INTC', 'INTEL CORP', '36.2', -2.4, 48],
  ['ORCL', 'ORACLE CORP', '224.9', -2, 38],
  ['CRM', 'SALESFORCE INC', '238.1', -0.6, 33],
  ['PLTR', 'PALANTIR TECHNOLOGIES INC-A', '164.8', -5.6, 62],
  ['COIN', 'COINBASE GLOBAL INC-CLASS A', '262.5', -7.3, 71],
  ['JPM', 'JPMORGAN CHASE & CO', '305.2', -0.5, 22],
  ['BAC', 'BANK OF AMERICA CORP', '52.4', -0.4, 24],
  ['GS', 'GOLDMAN SACHS GROUP INC', '790.6', -1, 27],
  ['WFC', 'WELLS FARGO & CO', '86.1', -0.7, 25],
  ['XOM', 'EXXON MOBIL CORP', '117.3', 0.9, 23],
  ['CVX', 'CHEVRON CORP', '153.6', 0.7, 23],
  ['JNJ', 'JOHNSON & JOHNSON', '199.4', 0.3, 17],
  ['PFE', 'PFIZER INC', '25.1', 0.2, 26],
  ['MRK', 'MERCK & CO. INC.', '93.2', 0.4, 24],
  ['UNH', 'UNITEDHEALTH GROUP INC', '330.7', -1.6, 37],
  ['LLY', 'ELI LILLY & CO', '1041.5', 1.2, 35],
  ['KO', 'COCA-COLA CO/THE', '71.3', 0.5, 15],
  ['PEP', 'PEPSICO INC', '146.2', 0.4, 18],
  ['WMT', 'WALMART INC', '102.6', 0.2, 21],
  ['COST', 'COSTCO WHOLESALE CORP', '905.3', -0.3, 22],
  ['HD', 'HOME DEPOT INC', '345.8', -0.9, 23],
  ['MCD', "MCDONALD'S CORP", '306.4', 0.1, 17],
  ['NKE', 'NIKE INC -CL B', '64.2', -1.3, 34],
  ['DIS', 'WALT DISNEY CO/THE', '106.1', -0.8, 27],
  ['BA', 'BOEING CO/THE', '188.9', -2.1, 36],
  ['CAT', 'CATERPILLAR INC', '561.2', -1.7, 29],
  ['GE', 'GENERAL ELECTRIC', '300.4', -1.1, 31],
  ['F', 'FORD MOTOR CO', '13.05', -1.2, 33],
  ['T', 'AT&T INC', '25.6', 0.3, 20],
  ['VZ', 'VERIZON COMMUNICATIONS INC', '41.2', 0.2, 19],
  ['SOFI', 'SOFI TECHNOLOGIES INC', '27.35', -4.4, 60],
  ['RIVN', 'RIVIAN AUTOMOTIVE INC-A', '15.6', -3.9, 63],
  ['NIO', 'NIO INC - ADR', '5.92', -3.2, 57],
  ['CCL', 'CARNIVAL CORP', '26.15', -1.8, 42],
  ['AAL', 'AMERICAN AIRLINES GROUP INC', '13.14', -2.3, 46],
  ['GME', 'GAMESTOP CORP-CLASS A', '21.45', 11.8, 68],
  ['AMC', 'AMC ENTERTAINMENT HLDS-CL A', '2.36', 9.3, 0],
  ['PLUG', 'PLUG POWER INC', '2.12', -5.2, 0],
];

const FUNDS: readonly (readonly [...Line, leverage?: 2 | 3])[] = [
  ['SPY', 'SPDR S&P 500 ETF TRUST', '664.1', -1.3, 16],
  ['QQQ', 'INVESCO QQQ TRUST SERIES 1 ETF', '598.4', -2.1, 20],
  ['IWM', 'ISHARES RUSSELL 2000 ETF', '235.2', -1.8, 22],
  ['DIA', 'SPDR DOW JONES INDUSTRIAL AVERAGE ETF', '462.7', -0.9, 14],
  ['TLT', 'ISHARES 20+ YEAR TREASURY BOND ETF', '89.6', 0.8, 13],
  ['GLD', 'SPDR GOLD SHARES ETF', '372.3', 1.1, 18],
  ['XLE', 'ENERGY SELECT SECTOR SPDR ETF', '89.4', 0.6, 22],
  ['XLF', 'FINANCIAL SELECT SECTOR SPDR ETF', '52.3', -0.6, 18],
  ['EEM', 'ISHARES MSCI EMERGING MARKETS ETF', '54.1', -1.5, 19],
  ['HYG', 'ISHARES IBOXX HIGH YIELD CORPORATE BOND ETF', '80.6', -0.2, 0],
  ['TQQQ', 'PROSHARES ULTRAPRO QQQ 3X ETF', '102.4', -6.3, 60, 3],
  ['SQQQ', 'PROSHARES ULTRAPRO SHORT QQQ -3X ETF', '14.2', 6.3, 60, 3],
  ['SOXL', 'DIREXION DAILY SEMICONDUCTOR BULL 3X ETF', '37.4', -11.2, 0, 3],
  ['SSO', 'PROSHARES ULTRA S&P500 2X ETF', '57.8', -2.6, 0, 2],
];

const FOREIGN: readonly (readonly [...Line, currency: string, exchange: string])[] = [
  ['SAP', 'SAP SE', '214.6', -1.6, 0, 'EUR', 'IBIS'],
  ['ASML', 'ASML HOLDING NV', '880.2', -3.3, 0, 'EUR', 'AEB'],
  ['SIE', 'SIEMENS AG-REG', '231.9', -1.2, 0, 'EUR', 'IBIS'],
  ['MC', 'LVMH MOET HENNESSY LOUIS VUI', '612.3', -0.7, 0, 'EUR', 'SBF'],
  ['HSBA', 'HSBC HOLDINGS PLC', '10.754', -0.5, 0, 'GBP', 'LSE'],
  ['SHEL', 'SHELL PLC', '28.115', 0.8, 0, 'GBP', 'LSE'],
  ['VOD', 'VODAFONE GROUP PLC', '0.9136', 0.4, 0, 'GBP', 'LSE'],
  ['NESN', 'NESTLE SA-REG', '80.54', 0.3, 0, 'CHF', 'EBS'],
  ['NOVN', 'NOVARTIS AG-REG', '103.28', 0.2, 0, 'CHF', 'EBS'],
  ['RY', 'ROYAL BANK OF CANADA', '207.35', -0.4, 0, 'CAD', 'TSE'],
  ['SHOP', 'SHOPIFY INC - CLASS A', '205.8', -3.6, 0, 'CAD', 'TSE'],
  ['7203', 'TOYOTA MOTOR CORP', '3152', -0.9, 0, 'JPY', 'TSEJ'],
  ['6758', 'SONY GROUP CORP', '4418', -1.1, 0, 'JPY', 'TSEJ'],
];

const NYSE = new Set(['JPM', 'BAC', 'GS', 'WFC', 'XOM', 'CVX', 'JNJ', 'PFE', 'MRK', 'UNH', 'LLY', 'KO', 'WMT', 'HD', 'MCD', 'NKE', 'DIS', 'BA', 'CAT', 'GE', 'F', 'T', 'VZ', 'NIO', 'CCL', 'GME', 'AMC', 'ORCL', 'CRM']);

export const UNDERLYINGS: readonly Underlying[] = [
  ...US_STOCKS.map(([symbol, name, price, movePercent, volatility]) => ({ symbol, name, kind: 'stock' as const, currency: 'USD', exchange: NYSE.has(symbol) ? 'NYSE' : 'NASDAQ', price, movePercent, volatility })),
  ...FUNDS.map(([symbol, name, price, movePercent, volatility, leverage]) => ({ symbol, name, kind: 'etf' as const, currency: 'USD', exchange: 'ARCA', price, movePercent, volatility, ...(leverage ? { leverage } : {}) })),
  ...FOREIGN.map(([symbol, name, price, movePercent, volatility, currency, exchange]) => ({ symbol, name, kind: 'stock' as const, currency, exchange, price, movePercent, volatility })),
  { symbol: 'SPX', name: 'S&P 500 INDEX', kind: 'index', currency: 'USD', exchange: 'CBOE', price: '6641.2', movePercent: -1.3, volatility: 16 },
];

/** A debt security: price in per cent of face at the first close, hardly moving. */
export interface DemoBond {
  symbol: string;
  description: string;
  issuer: string;
  cusip: string;
  coupon: DecimalText;
  maturity: string;
  price: DecimalText;
  sector: 'treasury' | 'corporate' | 'municipal';
  grade: 'investment' | 'speculative';
}

// The cusips are invented, like everything that would identify a holding.
export const BONDS: readonly DemoBond[] = [
  { symbol: 'T 4 1/4 11/15/34', description: 'US TREASURY NOTE 4.25% 11/15/2034', issuer: 'US TREASURY', cusip: '91282ZAA1', coupon: '4.25', maturity: '2034-11-15', price: '100.53125', sector: 'treasury', grade: 'investment' },
  { symbol: 'T 3 7/8 08/31/28', description: 'US TREASURY NOTE 3.875% 08/31/2028', issuer: 'US TREASURY', cusip: '91282ZAB9', coupon: '3.875', maturity: '2028-08-31', price: '100.171875', sector: 'treasury', grade: 'investment' },
  { symbol: 'T 4 5/8 02/15/55', description: 'US TREASURY BOND 4.625% 02/15/2055', issuer: 'US TREASURY', cusip: '912810ZC3', coupon: '4.625', maturity: '2055-02-15', price: '97.84375', sector: 'treasury', grade: 'investment' },
  { symbol: 'B 0 02/18/27', description: 'US TREASURY BILL 0% 02/18/2027', issuer: 'US TREASURY', cusip: '912797ZD7', coupon: '0', maturity: '2027-02-18', price: '99.0525', sector: 'treasury', grade: 'investment' },
  { symbol: 'AAPL 3.85 08/04/46', description: 'APPLE INC 3.85% 08/04/2046', issuer: 'APPLE INC', cusip: '03783ZAE5', coupon: '3.85', maturity: '2046-08-04', price: '83.62', sector: 'corporate', grade: 'investment' },
  { symbol: 'JPM 5.35 06/01/34', description: 'JPMORGAN CHASE & CO CORP 5.35% 06/01/2034', issuer: 'JPMORGAN CHASE & CO', cusip: '46647ZAF2', coupon: '5.35', maturity: '2034-06-01', price: '103.14', sector: 'corporate', grade: 'investment' },
  { symbol: 'F 6.1 08/19/32', description: 'FORD MOTOR CO CORP 6.1% 08/19/2032', issuer: 'FORD MOTOR CO', cusip: '34537ZAG0', coupon: '6.1', maturity: '2032-08-19', price: '101.35', sector: 'corporate', grade: 'speculative' },
  { symbol: 'CCL 5.75 03/01/27', description: 'CARNIVAL CORP 5.75% 03/01/2027', issuer: 'CARNIVAL CORP', cusip: '14365ZAH8', coupon: '5.75', maturity: '2027-03-01', price: '100.42', sector: 'corporate', grade: 'speculative' },
  { symbol: 'CAS 5 09/01/33', description: 'CALIFORNIA ST MUNI GO BDS 5% 09/01/2033', issuer: 'CALIFORNIA ST', cusip: '13063ZAJ4', coupon: '5', maturity: '2033-09-01', price: '112.705', sector: 'municipal', grade: 'investment' },
  { symbol: 'NYC 4 08/01/38', description: 'NEW YORK CITY MUNI GO BDS 4% 08/01/2038', issuer: 'NEW YORK CITY', cusip: '64966ZAK1', coupon: '4', maturity: '2038-08-01', price: '99.88', sector: 'municipal', grade: 'investment' },
];

/** Units of dollar for one unit, at the first close and the last. */
export const FX: Record<string, readonly [DecimalText, DecimalText]> = {
  USD: ['1', '1'],
  EUR: ['1.1584', '1.1561'],
  GBP: ['1.3127', '1.3098'],
  CHF: ['1.2418', '1.2433'],
  CAD: ['0.7126', '0.7109'],
  JPY: ['0.0064025', '0.0063911'],
};
