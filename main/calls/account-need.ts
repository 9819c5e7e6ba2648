import type { CallType } from '../../shared/domain/call.ts';
import type { Regime } from '../../shared/domain/facts.ts';
import type { Currency } from '../../shared/domain/instrument.ts';
import type { AccountState, PoolState } from '../../shared/domain/margin-state.ts';
import { Decimal, fromDecimalText, type DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { DayTradingDeficit } from './day-trading-calls.ts';
import { roundUpToQuantum, type CallPolicy } from './policy.ts';

/** What the calls read of an account's margin state: a summary of it is enough. */
export interface MarginForCalls extends Pick<AccountState, 'status' | 'statusReason' | 'netLiq' | 'equity' | 'maintenance' | 'excess' | 'deficit' | 'healthRatio' | 'unpriced'> {
  pools: readonly (Pick<PoolState, 'equity' | 'deficit' | 'callAmount' | 'restoreAmount'> & { stacks: { exchange: Pick<PoolState['stacks']['exchange'], 'maintenance'> } })[];
}

/** An account as the calls see it: its margin state and what happened since the last official run. */
export interface AccountForCalls {
  account: string;
  /** Base currency, in which every call on the account is stated. */
  currency: Currency;
  state: MarginForCalls;
  exchangeMaintenance: DecimalText;
  houseMaintenance: DecimalText;
  /**
   * Reg T amounts that the trades of a day leave due, for the days that no official run has looked at; none when trades
   * are not known, and then never a call.
   */
  regTDue: readonly { tradeDate: IsoDate; amount: DecimalText }[];
  /** Reg T margin set free since the last official run: by sales, and by securities that came in, at their loan value. */
  released?: { sale: DecimalText; securities: DecimalText } | undefined;
  /** Deposits less withdrawals since the last official run; negative when more went out than came in. */
  deposits: DecimalText;
  /** The day's trading found wanting under the rules for trades within the day; worked out for official runs only. */
  dayTrading?: DayTradingDeficit | undefined;
  /** By how much equity above exchange maintenance grew since the last official run; negative when it shrank. */
  marginLevelGrowth?: DecimalText | undefined;
  /** True when an option was exercised or assigned since the last official run. */
  assigned?: boolean | undefined;
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
  /** By trade date, the oldest first; amounts that need no call are left out. */
  regT: { tradeDate: IsoDate; amount: Decimal }[];
}

/** `restores`: an open call on futures asks for all of the initial margin until it is met, breach or no breach. */
export function needOf(account: AccountForCalls, policy: CallPolicy, restores = false): AccountNeed {
  const { state } = account;
  const deficit = called(state, restores);
  const maintenance = roundUpToQuantum(deficit, policy.amountQuantum);
  return {
    maintenance,
    maintenanceType: isBelowExchange(account) ? 'exchange' : 'house',
    minimumEquity: roundUpToQuantum(minimumEquityShort(account, deficit, policy), policy.amountQuantum),
    regT: regTDue(account, policy),
  };
}

/** The deficit, and what the rules of a pool ask for beyond it: a call on futures goes back up to initial margin. */
function called(state: MarginForCalls, restores: boolean): Decimal {
  const beyond = state.pools.flatMap(({ callAmount, restoreAmount, deficit }) => {
    const asked = restores ? (restoreAmount ?? callAmount) : callAmount;
    return asked === undefined ? [] : [Decimal.max(0, new Decimal(asked).minus(deficit))];
  });
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

function regTDue({ regTDue: due }: AccountForCalls, policy: CallPolicy): AccountNeed['regT'] {
  return due
    .map(({ tradeDate, amount }) => ({ tradeDate, amount: fromDecimalText(amount) }))
    .filter(({ amount }) => amount.gt(fromDecimalText(policy.regTDeMinimis)))
    .map(({ tradeDate, amount }) => ({ tradeDate, amount: roundUpToQuantum(amount, policy.amountQuantum) }))
    .toSorted((a, b) => (a.tradeDate < b.tradeDate ? -1 : 1));
}

/** True when the account is called for futures: its requirement is broken in a pool that is called back to initial margin. */
export function callsForFutures(state: Pick<MarginForCalls, 'pools'>): boolean {
  return state.pools.some(({ callAmount }) => callAmount !== undefined && callAmount !== '0');
}

/** True while a position that could make things worse is in no figure: such figures may raise a call, never meet one. */
export function isIndeterminate(state: Pick<MarginForCalls, 'status' | 'unpriced'>): boolean {
  return state.status === 'indeterminate' || state.unpriced.some(({ indeterminate }) => indeterminate);
}

/** True for a margin account with a debit balance or a short position (FINRA 4210(b)(4)). */
export function borrows(regime: Regime, state: Pick<AccountState, 'pools'>): boolean {
  return isLentTo(regime) && isBorrowing(state);
}

/** Regimes under which a broker lends. */
export function isLentTo(regime: Regime): boolean {
  return regime === 'regT' || regime === 'portfolio';
}

/** True with a debit balance or a short position, whatever the account's regime. */
export function isBorrowing(state: Pick<AccountState, 'pools'>): boolean {
  return state.pools.some(({ netLiq, positions, model }) => {
    // Futures are neither lent nor borrowed, on either side.
    if (model === 'fixed') return false;
    if (positions.some(({ quantity }) => quantity.startsWith('-'))) return true;
    const invested = positions.reduce((sum, { valueInPoolCurrency }) => sum.plus(fromDecimalText(valueInPoolCurrency ?? '0')), new Decimal(0));
    return fromDecimalText(netLiq).lt(invested);
  });
}
