import { Decimal, fromDecimalText, type DecimalText } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { AccountForCalls } from './account-need.ts';
import { addBusinessDays } from './calendar.ts';
import { dueDay, roundUpToQuantum, type CallPolicy } from './policy.ts';
import { raise, reduce, retract, type CallInRun, type RunContext } from './steps.ts';
import { isOpen } from './transitions.ts';
import { inWords } from './words.ts';

/** A deficit of one day's trading that is to be met, in the account's base currency. */
export interface DayTradingDeficit {
  type: 'intradayMargin' | 'dayTrade';
  tradeDate: IsoDate;
  amount: DecimalText;
  /** What was looked at and found, for the call's first event. */
  reason: string;
}

/**
 * Calls for trades within the day. A deficit of intraday margin is met by money that came in, and by what is left above
 * maintenance growing, whatever made it grow (FINRA 4210(d)(2)); a day-trade call by money alone. Neither grows with
 * the market. One that is not met stays on the account until its last day, and ends then.
 */
export function dayTradingCalls(context: RunContext, account: AccountForCalls, open: readonly CallInRun[], policy: CallPolicy, deposits: Decimal): CallInRun[] {
  let money = deposits;
  let growth = Decimal.max(0, fromDecimalText(account.marginLevelGrowth ?? '0').minus(deposits));
  const lives = open.map((life) => {
    const paid = pay(context, life, Decimal.min(money, outstanding(life)), 'deposit', 'deposited since the last official run');
    money = money.minus(outstanding(life).minus(outstanding(paid)));
    if (life.call.type !== 'intradayMargin') return paid;
    const grown = pay(context, paid, Decimal.min(growth, outstanding(paid)), account.reduced === true ? 'sale' : 'marketMove', 'more is left above maintenance than at the last official run');
    growth = growth.minus(outstanding(paid).minus(outstanding(grown)));
    return endsToday(grown, context, policy) ? retract(context, grown, `Not met by the close of business day ${policy.intradayOutstandingBusinessDays ?? 0}; it is outstanding no longer.`) : grown;
  });
  const found = account.dayTrading;
  if (!found) return lives;
  const amount = roundUpToQuantum(fromDecimalText(found.amount), policy.amountQuantum);
  return amount.gt(0) ? [...lives, raised(context, account, found, amount, lives, policy)] : lives;
}

function raised(context: RunContext, account: AccountForCalls, { type, tradeDate, reason }: DayTradingDeficit, amount: Decimal, lives: readonly CallInRun[], policy: CallPolicy): CallInRun {
  const id = `${account.account}-${type}-${tradeDate}-1`;
  assert(!lives.some(({ call }) => call.id === id), `${id} is there already`);
  const isAnotherOpen = lives.some(({ call }) => isOpen(call.state) && call.type === 'dayTrade');
  const sooner = type === 'dayTrade' && isAnotherOpen ? policy.dayTradeDueWhenOpen : undefined;
  const dueOn = sooner === undefined ? dueDay(policy, type, tradeDate) : addBusinessDays(tradeDate, sooner);
  return raise(context, { id, account: account.account, type, currency: account.currency, amount, raisedOn: tradeDate, dueOn, excess: account.state.excess, reason });
}

function pay(context: RunContext, life: CallInRun, amount: Decimal, by: 'deposit' | 'sale' | 'marketMove', how: string): CallInRun {
  return amount.gt(0) ? reduce(context, life, amount, by, `${inWords(amount, life.call.currency)}: ${how}.`) : life;
}

function outstanding({ call }: CallInRun): Decimal {
  return isOpen(call.state) ? fromDecimalText(call.outstanding) : new Decimal(0);
}

function endsToday({ call }: CallInRun, { run }: RunContext, { intradayOutstandingBusinessDays: days }: CallPolicy): boolean {
  return days !== undefined && isOpen(call.state) && call.state !== 'liquidating' && run.businessDate > addBusinessDays(call.raisedOn, days);
}
