import type { Call, CallType, MarginRun } from '../../shared/domain/call.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import { needOf, type AccountForCalls } from './account-need.ts';
import { isFuturesCall, isMaintenance, openCallFor } from './move-calls.ts';
import { dueDay, type CallPolicy } from './policy.ts';

/** A call that an official run would raise now, or the amount by which it would increase an open one. Never stored. */
export interface ExpectedCall {
  /** `account/expected`, `account/expected-regT`, `account/expected-minimumEquity`: the same from tick to tick. */
  id: string;
  account: string;
  type: CallType;
  state: 'expected';
  currency: string;
  called: string;
  met: '0';
  outstanding: string;
  raisedOn: IsoDate;
  dueOn: IsoDate;
  excessAtRaise: string;
  /** The open call that would be increased by the amount; null when it would be a call of its own. */
  increases: string | null;
}

/**
 * What an official run today would raise or increase. `last`, the last official run, keeps a Reg T call that its run
 * has already dealt with from being expected again.
 */
export function expectedCalls(open: readonly Call[], accounts: readonly AccountForCalls[], policyFor: (account: string) => CallPolicy, today: IsoDate, last: MarginRun | null = null): ExpectedCall[] {
  const openBy = Map.groupBy(open, ({ account }) => account);
  return accounts.flatMap((account) => expectedOf(account, openBy.get(account.account) ?? [], policyFor(account.account), today, last));
}

function expectedOf(account: AccountForCalls, open: readonly Call[], policy: CallPolicy, today: IsoDate, last: MarginRun | null): ExpectedCall[] {
  if (account.indicative === true) return [];
  const need = needOf(account, policy, open.some(isFuturesCall));
  const expected = [
    expectedCall(account, open, policy, need.maintenanceType, need.maintenance, today),
    expectedCall(account, open, policy, 'minimumEquity', need.minimumEquity, today),
  ];
  // A run of this day has dealt with everything that was traded up to it.
  const isNews = last === null || last.businessDate < today;
  if (isNews) for (const { tradeDate, amount } of need.regT) expected.push(expectedRegT(account, open, policy, amount, tradeDate, today));
  return expected.filter((call) => call !== null);
}

/** Reg T calls are added to, never followed: what is due for a day is due beside what was called for it before. */
function expectedRegT(account: AccountForCalls, open: readonly Call[], policy: CallPolicy, amount: Decimal, tradeDate: IsoDate, today: IsoDate): ExpectedCall | null {
  const same = openCallFor(open, 'regT', tradeDate);
  const already = same ? fromDecimalText(same.outstanding) : new Decimal(0);
  const expected = expectedCall(account, open, policy, 'regT', amount.plus(already), tradeDate);
  return expected && tradeDate !== today ? { ...expected, id: `${expected.id}-${tradeDate}` } : expected;
}

function expectedCall(account: AccountForCalls, open: readonly Call[], policy: CallPolicy, type: CallType, needed: Decimal, from: IsoDate): ExpectedCall | null {
  const existing = openCallFor(open, type, from);
  const more = needed.minus(existing ? fromDecimalText(existing.outstanding) : new Decimal(0));
  if (more.lte(0)) return null;
  const amount = toDecimalText(more);
  return {
    id: `${account.account}/expected${isMaintenance(type) ? '' : `-${type}`}`,
    account: account.account,
    type,
    state: 'expected',
    currency: account.currency,
    called: amount,
    met: '0',
    outstanding: amount,
    raisedOn: from,
    dueOn: existing?.dueOn ?? dueDay(policy, type, from),
    excessAtRaise: existing?.excessAtRaise ?? account.state.excess,
    increases: existing?.id ?? null,
  };
}
