import type { CallType } from '../../shared/domain/call.ts';
import type { Regime } from '../../shared/domain/facts.ts';
import type { Currency } from '../../shared/domain/instrument.ts';
import type { AccountState } from '../../shared/domain/margin-state.ts';
import { Decimal, fromDecimalText, type DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import { roundUpToQuantum, type CallPolicy } from './policy.ts';

/** An account as the calls see it: its margin state and what happened since the last official run. */
export interface AccountForCalls {
  account: string;
  /** Base currency, in which every call on the account is stated. */
  currency: Currency;
  state: AccountState;
  exchangeMaintenance: DecimalText;
  houseMaintenance: DecimalText;
  /** Reg T amount that the trades of `tradeDate` leave due; null when trades are not known, and then never a call. */
  regTDueToday: DecimalText | null;
  tradeDate: IsoDate | null;
  /** Deposits less withdrawals since the last official run; negative when more went out than came in. */
  deposits: DecimalText;
  /** True when positions were closed or reduced since the last official run: a cure without cash is then a sale. */
  reduced?: boolean | undefined;
  /** True when FINRA 4210(b)(4) asks the account for minimum equity; see `borrows`. */
  borrows?: boolean | undefined;
  /** True when the figures stand in for another margin model: they are shown, and nobody is called on them. */
  indicative?: boolean | undefined;
}

/** What an account would be called for now, each amount rounded up to the policy's quantum; 0 means nothing. */
export interface AccountNeed {
  /** The house deficit. The exchange requirement only decides the type: house is effective. */
  maintenance: Decimal;
  maintenanceType: Extract<CallType, 'exchange' | 'house'>;
  minimumEquity: Decimal;
  regT: Decimal;
}

export function needOf(account: AccountForCalls, policy: CallPolicy): AccountNeed {
  const { state } = account;
  const deficit = called(state);
  const maintenance = roundUpToQuantum(deficit, policy.amountQuantum);
  return {
    maintenance,
    maintenanceType: isBelowExchange(account) ? 'exchange' : 'house',
    minimumEquity: roundUpToQuantum(minimumEquityShort(account, deficit, policy), policy.amountQuantum),
    regT: roundUpToQuantum(regTDue(account, policy), policy.amountQuantum),
  };
}

/** The deficit, and what the rules of a pool ask for beyond it: a call on futures goes back up to initial margin. */
function called(state: AccountState): Decimal {
  const beyond = state.pools.flatMap(({ callAmount, deficit }) => (callAmount === undefined ? [] : [Decimal.max(0, new Decimal(callAmount).minus(deficit))]));
  return beyond.reduce((total, amount) => total.plus(amount), fromDecimalText(state.deficit));
}

/** Pools do not help each other, so one pool below its exchange requirement is enough. */
function isBelowExchange({ state, exchangeMaintenance }: AccountForCalls): boolean {
  if (fromDecimalText(state.equity).lt(fromDecimalText(exchangeMaintenance))) return true;
  return state.pools.some(({ equity, stacks }) => fromDecimalText(equity).lt(fromDecimalText(stacks.exchange.maintenance)));
}

/** What equity lacks of the minimum beyond the maintenance deficit, which is called for in its own right. */
function minimumEquityShort(account: AccountForCalls, deficit: Decimal, policy: CallPolicy): Decimal {
  if (account.borrows !== true) return new Decimal(0);
  return fromDecimalText(policy.minimumEquity).minus(fromDecimalText(account.state.equity)).minus(deficit);
}

function regTDue({ regTDueToday, tradeDate }: AccountForCalls, policy: CallPolicy): Decimal {
  if (regTDueToday === null || tradeDate === null) return new Decimal(0);
  const due = fromDecimalText(regTDueToday);
  return due.gt(fromDecimalText(policy.regTDeMinimis)) ? due : new Decimal(0);
}

/** True while a position that could make things worse is in no figure: such figures may raise a call, never meet one. */
export function isIndeterminate(state: AccountState): boolean {
  return state.status === 'indeterminate' || state.unpriced.some(({ indeterminate }) => indeterminate);
}

/** True for a margin account with a debit balance or a short position (FINRA 4210(b)(4)). */
export function borrows(regime: Regime, state: AccountState): boolean {
  if (regime !== 'regT' && regime !== 'portfolio') return false;
  return state.pools.some(({ netLiq, positions, model }) => {
    // Futures are neither lent nor borrowed, on either side.
    if (model === 'fixed') return false;
    if (positions.some(({ quantity }) => quantity.startsWith('-'))) return true;
    const invested = positions.reduce((sum, { valueInPoolCurrency }) => sum.plus(fromDecimalText(valueInPoolCurrency ?? '0')), new Decimal(0));
    return fromDecimalText(netLiq).lt(invested);
  });
}
