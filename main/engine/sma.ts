import { Decimal } from '../../shared/money.ts';

/** One day of a special memorandum account (12 CFR 220.5), all amounts in the account's base currency. */
export interface SmaDay {
  /** Balance at the end of the day before. */
  prior: Decimal;
  /** Cash paid in (positive) or out (negative) that no requirement asked for. */
  cashFlow: Decimal;
  /** Reg T margin of the day's purchases and short sales (positive), less what the day's sales released. */
  tradeMargin: Decimal;
  /** Equity at the end of the day, and the Reg T margin of all positions then. */
  equity: Decimal;
  regTMargin: Decimal;
}

/**
 * The balance at the end of the day: what was there, moved by cash and trades, or the excess over the Reg T margin if
 * that is more. A high-water mark: it does not fall with the market. Negative: the amount is due under Reg T.
 */
export function smaAfter({ prior, cashFlow, tradeMargin, equity, regTMargin }: SmaDay): Decimal {
  return Decimal.max(prior.plus(cashFlow).minus(tradeMargin), equity.minus(regTMargin));
}
