import type { DecimalText } from '../../../shared/money.ts';
import { readAmount } from '../values/amount.ts';

// Funds on broad US market indices. No broker's file says so, and without it their options would be charged as narrow.
const BROAD_FUNDS = new Set(['SPY', 'IVV', 'VOO', 'QQQ', 'QQQM', 'DIA', 'IWM', 'IWB', 'IWV', 'VTI', 'ITOT', 'MDY', 'IJH', 'IJR', 'OEF', 'RSP']);

const FACTOR = /(?:^|[\s(])-?(\d(?:\.\d{1,2})?)X\b/i;
const MAYBE_LEVERAGED = /\bULTRA(?:PRO|SHORT)?\b|\bLEVERAGED\b|\bINVERSE\b|\bBULL\b|\bBEAR\b/i;
const FUND_WORDS = /\b(?:ETF|ETFS|ETN|ETC|ETP|EXCHANGE[- ]TRADED)\b/i;

/** What a fund's symbol and description say about it. */
export interface FundText {
  /** Daily leverage, where the text gives it as a number: `2X`. */
  leverage: DecimalText | null;
  /** True when the words suggest leverage but give no number. */
  maybeLeveraged: boolean;
  class: 'broad' | null;
}

/** Leverage is taken only from a number in the text; a word alone is reported, never guessed. */
export function readFundText(symbol: string, description: string | null | undefined): FundText {
  const factor = FACTOR.exec(description ?? '')?.[1];
  const leverage = factor ? (readAmount(factor) ?? null) : null;
  return {
    leverage: leverage === '0' ? null : leverage,
    maybeLeveraged: leverage === null && MAYBE_LEVERAGED.test(description ?? ''),
    class: leverage === null && BROAD_FUNDS.has(symbol) ? 'broad' : null,
  };
}

/** True when the text itself says that this is an exchange-traded product. */
export function saysFund(symbol: string, description: string | null | undefined): boolean {
  return BROAD_FUNDS.has(symbol) || FUND_WORDS.test(description ?? '');
}
