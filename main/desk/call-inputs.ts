import type { Call } from '../../shared/domain/call.ts';
import type { ActivityFact } from '../../shared/domain/facts.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from '../../shared/money.ts';
import type { MemorandumState } from '../../shared/domain/margin-state.ts';
import type { PriorMargin } from '../books/reading/read-prior.ts';
import { isLentTo, type AccountForCalls } from '../calls/account-need.ts';
import { callPolicy, type CallPolicy } from '../calls/policy.ts';
import { queueLines, type QueueLine } from '../calls/queue.ts';
import type { Rules } from '../engine/packs/rules.ts';
import { resolveRules } from '../engine/packs/shelf.ts';
import { assert } from '../../shared/result.ts';
import { fxRate } from './account-row.ts';
import { marketOf, shelfOf } from './compute.ts';
import { dayTraderMinimum, dayTradingDeficit } from './day-trading.ts';
import { accountOf, summaryIn, type DeskState } from './desk-state.ts';
import type { AccountHoldings } from './holdings.ts';
import { packsForRegime } from './pools.ts';
import type { AccountSummary } from './summary.ts';

/** As an official run looks at one: with what its trades within the day lacked, which takes longer to work out. */
export function accountForOfficialRun(state: DeskState, holdings: AccountHoldings): AccountForCalls {
  const account = accountForCalls(state, holdings);
  const dayTrading = account.indicative === true ? undefined : dayTradingDeficit(state.holdings, holdings);
  return dayTrading ? { ...account, dayTrading } : account;
}

/** What an official run leaves to the next day of a margin account: balance (where trades are known), equity and excess. Null of any other. */
export function priorMargin(state: DeskState, { account }: AccountHoldings): PriorMargin | null {
  if (account.regime === 'cash') return null;
  const margin = summaryIn(state, account.account);
  const { pools, equity } = margin;
  const balances = pools.flatMap(({ specialMemorandum, currency }) => (specialMemorandum && currency === account.baseCurrency ? [fromDecimalText(specialMemorandum.balance)] : []));
  const sma = balances.length === 0 ? null : toDecimalText(balances.reduce((sum, balance) => sum.plus(balance)));
  return { account: account.account, currency: account.baseCurrency, sma, equity, excess: exchangeExcess(margin) };
}

/** An account as the calls look at it. Those that this desk does not call are marked: venue and cash accounts. */
export function accountForCalls(state: DeskState, holdings: AccountHoldings): AccountForCalls {
  const { account } = holdings;
  const margin = summaryIn(state, account.account);
  const days = margin.pools.flatMap(({ specialMemorandum }) => specialMemorandum?.days ?? []);
  const { start } = holdings;
  const { news } = start;
  return {
    account: account.account,
    currency: account.baseCurrency,
    state: margin,
    exchangeMaintenance: margin.exchangeMaintenance,
    houseMaintenance: margin.houseMaintenance,
    regTDue: days.map(({ tradeDate, due }) => ({ tradeDate, amount: due })),
    released: { sale: total(days, ({ released }) => released), securities: total(days, ({ securities }) => securities) },
    deposits: netDeposits(state, holdings, news),
    reduced: news.length > 0 && hasReduced(holdings, news),
    marginLevelGrowth: start.excess === null ? undefined : toDecimalText(fromDecimalText(exchangeExcess(margin)).minus(start.excess)),
    assigned: news.some(({ kind }) => kind === 'exercise' || kind === 'assignment'),
    borrows: (isLentTo(account.regime) && margin.borrows) || dayTraderMinimum(holdings, marketOf(state.holdings).businessDate) !== null,
    // Venues close positions themselves, and a cash account's shortfall is a cash call.
    indicative: account.regime === 'venue' || account.regime === 'cash',
  };
}

/** Equity above what the exchange asks to be kept, below zero where it is less. */
function exchangeExcess({ equity, exchangeMaintenance }: AccountSummary): DecimalText {
  return toDecimalText(fromDecimalText(equity).minus(exchangeMaintenance));
}

type MemorandumDay = MemorandumState['days'][number];

function total(days: readonly MemorandumDay[], pick: (day: MemorandumDay) => DecimalText): DecimalText {
  return toDecimalText(days.reduce((sum, day) => sum.plus(pick(day)), new Decimal(0)));
}

/** True when a trade went against what is held now, or left nothing of it. */
function hasReduced({ positions }: AccountHoldings, news: readonly ActivityFact[]): boolean {
  const held = new Map(positions.map(({ instrument, quantity }) => [instrument, fromDecimalText(quantity)]));
  return news.some(({ kind, instrument, quantity }) => {
    if (kind !== 'trade' || instrument === null || quantity === null) return false;
    const left = held.get(instrument);
    return left === undefined || left.isNegative() !== fromDecimalText(quantity).isNegative();
  });
}

/** Deposits less withdrawals in the base currency: they tell a call met by cash from one met by prices. */
function netDeposits(state: DeskState, { account }: AccountHoldings, news: readonly ActivityFact[]): DecimalText {
  let total = new Decimal(0);
  for (const { kind, amount, currency } of news) {
    if ((kind !== 'deposit' && kind !== 'withdrawal') || amount === null) continue;
    const rate = fxRate(state.holdings, currency, account.baseCurrency);
    if (rate) total = total.plus(rate.times(amount));
  }
  return toDecimalText(total);
}

const POLICY_CURRENCY = 'USD';
/** Currencies without cents: amounts are called in whole units. */
const WHOLE_UNITS = new Set(['JPY', 'KRW', 'CLP', 'VND']);

/**
 * Due days and thresholds of calls: parameters of the account's own packs, whose amounts are in dollars, stated in the
 * account's base currency. Where no rate is known the dollar amounts stand.
 */
export function policyFor(state: DeskState, account: string): CallPolicy {
  const { regime, baseCurrency } = state.holdings.accounts.get(account)?.account ?? { regime: 'regT', baseCurrency: POLICY_CURRENCY };
  const rules = resolveRules(shelfOf(state.holdings), packsForRegime(regime), state.holdings.businessDate ?? undefined);
  const usable = rules.ok ? rules : resolveRules(shelfOf(state.holdings), packsForRegime(regime));
  assert(usable.ok, 'the shipped packs resolve');
  const holdings = state.holdings.accounts.get(account);
  const traderMinimum = holdings ? dayTraderMinimum(holdings, marketOf(state.holdings).businessDate) : null;
  const policy = { ...packPolicy(usable.value), ...(traderMinimum === null ? {} : { minimumEquity: traderMinimum }) };
  if (baseCurrency === POLICY_CURRENCY) return policy;
  const rate = fxRate(state.holdings, POLICY_CURRENCY, baseCurrency) ?? new Decimal(1);
  const inBase = (amount: DecimalText): DecimalText => toDecimalText(rate.times(amount).toDecimalPlaces(2));
  return {
    ...policy,
    regTDeMinimis: inBase(policy.regTDeMinimis),
    minimumEquity: inBase(policy.minimumEquity),
    amountQuantum: WHOLE_UNITS.has(baseCurrency) ? '1' : policy.amountQuantum,
  };
}

const policies = new WeakMap<Rules, CallPolicy>();

function packPolicy(rules: Rules): CallPolicy {
  const known = policies.get(rules) ?? callPolicy(rules);
  policies.set(rules, known);
  return known;
}

/** The lines that an account puts into the call queue, given its calls. */
export function queueLinesOf(state: DeskState, account: string, calls: readonly Call[]): QueueLine[] {
  const { holdings, standing } = state;
  if (holdings.businessDate === null) return [];
  const held = accountOf(state, account);
  const { driver, unverified } = summaryIn(state, account);
  const input = {
    policyFor: (each: string) => policyFor(state, each),
    today: holdings.businessDate,
    clients: new Map([[account, held.account.name]]),
    drivers: new Map([[account, driver]]),
    lastActions: standing.lastActions,
    last: standing.lastOfficialRun,
    unverified: new Map([[account, unverified]]),
  };
  return queueLines(input, accountForCalls(state, held), calls);
}
