import { CALL_TYPES, type CallType } from '../../shared/domain/call.ts';
import { Decimal, fromDecimalText, type DecimalText } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';

/** How a firm calls: how soon, from what amount, rounded how. Amounts are in the account's base currency. */
export interface CallPolicy {
  /** Business days from the run (for Reg T: from the trade) to the due day. */
  dueBusinessDays: Record<CallType, number>;
  /** A Reg T amount due up to here needs no call (12 CFR 220.4(d): 1,000 dollars). */
  regTDeMinimis: DecimalText;
  /** Equity that a margin account with a debit or a short position must keep (FINRA 4210(b)(4)). */
  minimumEquity: DecimalText;
  /** Calls are whole multiples of this, rounded up: a client cannot wire half a cent. */
  amountQuantum: DecimalText;
  /**
   * True: a growing shortfall raises the amount of the open call, and its due day stands. False: the open call is
   * retracted and a call for the whole shortfall takes its place, with a due day of its own.
   */
  accumulate: boolean;
}

const DUE_KEYS: Record<CallType, string> = {
  house: 'calls.house.dueBusinessDays',
  exchange: 'calls.exchange.dueBusinessDays',
  regT: 'calls.regT.dueBusinessDays',
  minimumEquity: 'calls.minimumEquity.dueBusinessDays',
};

/** The policy as the account's rule packs state it; `parameter` reads one value. Calls accumulate. */
export function callPolicy(parameter: (key: string) => DecimalText): CallPolicy {
  const dueBusinessDays = { regT: 0, exchange: 0, house: 0, minimumEquity: 0 };
  for (const type of CALL_TYPES) dueBusinessDays[type] = wholeDays(DUE_KEYS[type], parameter(DUE_KEYS[type]));
  const amountQuantum = parameter('calls.amountQuantum');
  assert(fromDecimalText(amountQuantum).gt(0), `calls.amountQuantum must be positive, not ${amountQuantum}`);
  return {
    dueBusinessDays,
    regTDeMinimis: parameter('calls.regT.deMinimis'),
    minimumEquity: parameter('account.minimumEquity'),
    amountQuantum,
    accumulate: true,
  };
}

/** An amount to call for: the amount rounded up to a whole number of quanta, nothing when it is not positive. */
export function roundUpToQuantum(amount: Decimal, quantum: DecimalText): Decimal {
  if (amount.lte(0)) return new Decimal(0);
  const step = fromDecimalText(quantum);
  return amount.div(step).toDecimalPlaces(0, Decimal.ROUND_UP).times(step);
}

function wholeDays(key: string, text: DecimalText): number {
  const days = fromDecimalText(text);
  assert(days.isInteger() && days.gte(0) && days.lte(366), `${key} must be a whole number of days from 0 to 366, not ${text}`);
  return days.toNumber();
}
