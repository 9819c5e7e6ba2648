import type { QueueRow } from '../../shared/views.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from '../../shared/money.ts';
import { borrows, type AccountForCalls } from '../calls/account-need.ts';
import { callPolicy, type CallPolicy } from '../calls/policy.ts';
import { buildQueue } from '../calls/queue.ts';
import { resolveRules } from '../engine/packs/shelf.ts';
import { assert } from '../../shared/result.ts';
import { allPositions, fxRate, largestGroup, sumPools } from './account-row.ts';
import { deskPacks } from './compute.ts';
import { computedOf, type DeskState } from './desk-state.ts';
import type { AccountHoldings } from './holdings.ts';
import { isIndicative, packsForRegime } from './pools.ts';

/** Every account as the calls look at it. Indicative ones are marked, and nobody is called on them. */
export function accountsForCalls(state: DeskState): AccountForCalls[] {
  return [...state.holdings.accounts.values()].map((holdings) => accountForCalls(state, holdings));
}

function accountForCalls(state: DeskState, holdings: AccountHoldings): AccountForCalls {
  const { account } = holdings;
  const margin = computedOf(state, account.account).state;
  const due = margin.pools.map((pool) => pool.stacks.regT.dueToday);
  const known = due.filter((amount) => amount !== null);
  return {
    account: account.account,
    currency: account.baseCurrency,
    state: margin,
    exchangeMaintenance: sumPools(margin, (pool) => pool.stacks.exchange.maintenance),
    houseMaintenance: sumPools(margin, (pool) => pool.stacks.house.maintenance),
    regTDueToday: known.length === 0 ? null : toDecimalText(known.reduce((total, amount) => total.plus(amount), new Decimal(0))),
    tradeDate: known.length === 0 ? null : state.holdings.businessDate,
    deposits: depositsSinceRun(state, holdings),
    reduced: reducedSinceRun(state, holdings),
    borrows: borrows(account.regime, margin),
    indicative: isIndicative(account.regime),
  };
}

const sinceRun = (state: DeskState): string => state.standing.lastOfficialRun?.businessDate ?? '';

/** True when a trade after the last official run went against what is held now, or left nothing of it. */
function reducedSinceRun(state: DeskState, { positions, activity }: AccountHoldings): boolean {
  const held = new Map(positions.map(({ instrument, quantity }) => [instrument, fromDecimalText(quantity)]));
  return activity.some(({ kind, tradeDate, instrument, quantity }) => {
    if (kind !== 'trade' || tradeDate <= sinceRun(state) || instrument === null || quantity === null) return false;
    const left = held.get(instrument);
    return left === undefined || left.isNegative() !== fromDecimalText(quantity).isNegative();
  });
}

/** Net deposits after the last official run, in the base currency: they tell a call met by cash from one met by prices. */
function depositsSinceRun(state: DeskState, { account, activity }: AccountHoldings): DecimalText {
  const since = sinceRun(state);
  let total = new Decimal(0);
  for (const { kind, tradeDate, amount, currency } of activity) {
    if ((kind !== 'deposit' && kind !== 'withdrawal') || tradeDate <= since || amount === null) continue;
    const rate = fxRate(state.holdings, currency, account.baseCurrency);
    if (rate) total = total.plus(rate.times(amount));
  }
  return toDecimalText(total);
}

const policies = new Map<string, CallPolicy>();

/** Due days and thresholds of calls: parameters of the account's own packs. */
export function policyFor(state: DeskState, account: string): CallPolicy {
  const regime = state.holdings.accounts.get(account)?.account.regime ?? 'regT';
  const known = policies.get(regime);
  if (known) return known;
  const rules = resolveRules(deskPacks(), packsForRegime(regime));
  assert(rules.ok, 'the shipped packs resolve');
  const policy = callPolicy((key) => rules.value.parameter(key).value);
  policies.set(regime, policy);
  return policy;
}

/** The call queue of the whole book as it stands, most urgent first. */
export function queueRows(state: DeskState): QueueRow[] {
  const { holdings, standing } = state;
  if (holdings.businessDate === null) return [];
  const accounts = accountsForCalls(state);
  return buildQueue({
    open: standing.calls,
    accounts,
    policyFor: (account) => policyFor(state, account),
    today: holdings.businessDate,
    clients: new Map([...holdings.accounts].map(([id, { account }]) => [id, account.name])),
    drivers: new Map(accounts.map(({ account, state: margin }) => [account, largestGroup(allPositions(margin), (position) => fromDecimalText(position.houseMaintenance))])),
    lastActions: standing.lastActions,
    last: standing.lastOfficialRun,
  });
}
