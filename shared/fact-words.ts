import type { ActivityKind, CashKind, Regime, SubType } from './domain/facts.ts';

/** Which rules govern an account, in the words of the desk. */
export const REGIME_WORDS: Record<Regime, string> = { cash: 'cash account', regT: 'Reg T', portfolio: 'portfolio margin', venue: 'venue margin' };

/** The part of an account that holds a position. */
export const SUB_TYPE_WORDS: Record<SubType, string> = { cash: 'cash', margin: 'margin', short: 'short', dvp: 'delivery versus payment', futures: 'futures' };

/** Cash by kind. */
export const CASH_WORDS: Record<CashKind, string> = {
  tradeDate: 'trade date',
  settled: 'settled part',
  shortProceeds: 'short proceeds',
  pendingDeposit: 'pending deposit',
  accruedInterest: 'accrued interest',
  accruedDividend: 'accrued dividend',
  securitiesLendingCollateral: 'securities lending',
  futuresSegment: 'futures segment',
};

/** What happened in an account; other kinds are already words. */
const ACTIVITY_WORDS: Partial<Record<ActivityKind, string>> = { corporateAction: 'corporate action' };

export function activityWord(kind: ActivityKind): string {
  return ACTIVITY_WORDS[kind] ?? kind;
}

/** The broker's figures in the desk's words; a name that is not here is shown as the book has it. */
const FIGURE_WORDS: Record<string, string> = {
  netLiq: 'Net liq',
  cash: 'Cash',
  stock: 'Stock',
  options: 'Options',
  bonds: 'Bonds',
  funds: 'Funds',
  notes: 'Notes',
  commodities: 'Commodities',
  crypto: 'Crypto',
  dividendAccruals: 'Accrued dividends',
  interestAccruals: 'Accrued interest',
};

export function brokerFigureWord(name: string): string {
  return FIGURE_WORDS[name] ?? name;
}
