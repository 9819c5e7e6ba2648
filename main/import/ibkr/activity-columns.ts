import type { Aliases } from '../text/headers.ts';
import type { Attribute } from './rows.ts';

/**
 * The columns of an activity statement's sections, by the attribute of the Flex file that says the same thing: both
 * come from one broker's one set of books, and are read by the same code from here on.
 */
export const POSITION_COLUMNS = {
  levelOfDetail: ['datadiscriminator'],
  assetCategory: ['asset category'],
  currency: ['currency'],
  accountId: ['account'],
  symbol: ['symbol'],
  position: ['quantity'],
  multiplier: ['mult', 'multiplier'],
  costBasisPrice: ['cost price'],
  markPrice: ['close price'],
  positionValue: ['value'],
} satisfies Partial<Aliases<Attribute>>;

export const SECURITY_COLUMNS = {
  assetCategory: ['asset category'],
  symbol: ['symbol'],
  description: ['description'],
  conid: ['conid'],
  securityID: ['security id'],
  underlyingSymbol: ['underlying'],
  multiplier: ['multiplier'],
  expiry: ['expiry'],
  maturity: ['maturity'],
  issuer: ['issuer'],
  subCategory: ['type'],
  strike: ['strike'],
} satisfies Partial<Aliases<Attribute>>;

export const TRADE_COLUMNS = {
  levelOfDetail: ['datadiscriminator'],
  assetCategory: ['asset category'],
  currency: ['currency'],
  accountId: ['account'],
  symbol: ['symbol'],
  dateTime: ['date/time'],
  quantity: ['quantity'],
  tradePrice: ['t. price'],
  proceeds: ['proceeds'],
  ibCommission: ['comm/fee', 'comm in usd', 'comm/tax'],
  notes: ['code'],
} satisfies Partial<Aliases<Attribute>>;

export const MONEY_COLUMNS = {
  currency: ['currency'],
  accountId: ['account'],
  date: ['date', 'settle date', 'settledate'],
  description: ['description'],
  amount: ['amount'],
} satisfies Partial<Aliases<Attribute>>;

export const FOREX_COLUMNS = {
  toCurrency: ['currency'],
  fromCurrency: ['description'],
  rate: ['close price'],
} satisfies Partial<Aliases<Attribute>>;

export const RATE_COLUMNS = {
  fromCurrency: ['currency'],
  rate: ['rate', 'exchange rate'],
} satisfies Partial<Aliases<Attribute>>;

/** Asset categories as statements spell them out, and as Flex files abbreviate them. */
export const CATEGORIES = new Map<string, string>([
  ['stocks', 'STK'],
  ['equity and index options', 'OPT'],
  ['options on futures', 'FOP'],
  ['futures options', 'FOP'],
  ['futures', 'FUT'],
  ['bonds', 'BOND'],
  ['corporate bonds', 'BOND'],
  ['municipal bonds', 'BOND'],
  ['treasury bills', 'BILL'],
  ['cfds', 'CFD'],
  ['warrants', 'WAR'],
  ['structured products', 'IOPT'],
  ['mutual funds', 'FUND'],
  ['funds', 'FUND'],
  ['forex', 'CASH'],
  ['cryptocurrencies', 'CRYPTO'],
]);

/** Rows of the net asset value, by the figure of the equity summary. */
export const ASSET_CLASSES = new Map<string, Attribute>([
  ['cash', 'cash'],
  ['stock', 'stock'],
  ['options', 'options'],
  ['bonds', 'bonds'],
  ['funds', 'funds'],
  ['notes', 'notes'],
  ['commodities', 'commodities'],
  ['crypto', 'crypto'],
  ['dividend accruals', 'dividendAccruals'],
  ['interest accruals', 'interestAccruals'],
  ['total', 'total'],
]);

/** Sections whose rows are movements of money. */
export const MONEY_SECTIONS = new Set(['Deposits & Withdrawals', 'Dividends', 'Payment In Lieu Of Dividends', 'Withholding Tax', 'Interest', 'Broker Interest Paid', 'Broker Interest Received', 'Bond Interest', 'Fees', 'Other Fees']);
