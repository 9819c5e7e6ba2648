import { MARGIN_STATUSES, type MarginStatus } from '../../../../shared/domain/status.ts';
import type { MarketView } from '../../market/market-view.ts';
import { standingWith, type Spelled } from '../../status.ts';
import type { AccountInLanes, PoolInLanes } from './account-in-lanes.ts';
import type { Beside } from './beside.ts';
import { compare, minus, negative, plus, spelledMoney, textOf, textOrNull } from './exact.ts';
import type { AccountFacts, PoolFacts } from './facts.ts';
import type { MemorandumAt, MemorandumFigures } from './memorandum.ts';
import { largestGroups } from './largest-groups.ts';
import { poolFigures, type PoolFigures, type Sweeping } from './pool-figures.ts';
import type { PoolAmounts, PoolLane } from './pool-lane.ts';
import { rolledUp, type RolledUp } from './roll-up.ts';
import type { RuleTerms } from './rule-terms.ts';
import { unverifiedOf } from './unverified.ts';

/** A pool of an account, in its lane. */
export interface OpenPool {
  facts: PoolFacts;
  lane: PoolLane;
  /** Its place in the lane. */
  at: number;
  terms: RuleTerms;
  /** What of it is not in columns; null where all of it is. */
  beside: Beside | null;
  /** Of pools under Reg T whose trades are known. */
  memorandum: MemorandumAt | null;
}

export interface Computed extends OpenPool {
  amounts: PoolAmounts;
  figures: PoolFigures;
}

/**
 * An account from its pools' lanes, rolled up as `engine/roll-up.ts` rolls up; null where some of it is for the explaining
 * engine: a pool that is in no lane, an exchange rate that is not known.
 */
export function accountOf(facts: AccountFacts, pools: readonly OpenPool[], market: MarketView): AccountInLanes | null {
  const computed = computedPools(facts, pools);
  if (!computed) return null;
  const states = computed.map(poolInLanes);
  const [only] = computed;
  const [state] = states;
  const isPlain = only && state && computed.length === 1 && only.facts.currency === facts.baseCurrency && only.facts.mode !== 'isolated';
  const money = isPlain ? ofOnePool(only, state) : rolledUp(facts, computed, states, market);
  if (!money) return null;
  const { worst, ...figures } = money;
  return {
    id: facts.id,
    ...figures,
    unverified: unverifiedOf(computed, worst),
    ...largestGroups(computed),
    notPairedYet: computed.reduce((count, { amounts, beside }) => count + amounts.notPairedYet + (beside?.notPairedYet ?? 0), 0),
    borrows: computed.some(borrows),
    unpriced: computed.flatMap(({ beside }) => beside?.unpriced ?? []).map((entry) => ({ ...entry })),
    pools: states,
  };
}

/** Nearly every account is one pool, and says what it says. */
function ofOnePool(pool: Computed, state: PoolInLanes): RolledUp {
  const { status, statusReason, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, utilisation, leverage, marginToLiquidation, buyingPower, stacks } = state;
  return {
    status, statusReason, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, utilisation, leverage, marginToLiquidation, buyingPower,
    healthPool: healthRatio === null ? null : state.id,
    regTInitial: stacks.regT.initial,
    exchangeInitial: stacks.exchange.initial,
    exchangeMaintenance: stacks.exchange.maintenance,
    houseInitial: initial,
    houseMaintenance: maintenance,
    worst: healthRatio === null ? null : pool,
  };
}

/** FINRA 4210(b)(4): a debit balance or a short position, futures aside, which are neither lent nor borrowed. */
function borrows({ terms: { model }, amounts: { hasShort }, beside, figures: { netLiq, invested } }: Computed): boolean {
  return model !== 'fixed' && (hasShort || beside?.hasShort === true || compare(netLiq, invested) < 0);
}

/** One pool of an account, as its state says it; null where it, or what a sweep makes of it, is for the explaining engine. */
export function poolOf(facts: AccountFacts, pools: readonly OpenPool[], place: number): PoolInLanes | null {
  const pool = pools[place];
  const computed = facts.sweep ? computedPools(facts, pools)?.[place] : pool && computedPools(facts, [pool])?.[0];
  return computed ? poolInLanes(computed) : null;
}

function computedPools({ sweep }: AccountFacts, pools: readonly OpenPool[]): Computed[] | null {
  const open: Omit<Computed, 'figures'>[] = [];
  for (const pool of pools) {
    const amounts = pool.lane.amounts(pool.at);
    if (!amounts) return null;
    open.push({ ...pool, amounts });
  }
  if (open.length === 0) return null;
  const figures = ({ amounts, beside, terms, memorandum }: Omit<Computed, 'figures'>, sweeping: Sweeping | null): PoolFigures => poolFigures(amounts, beside, terms, memorandum, sweeping);
  if (!sweep) return open.map((pool) => ({ ...pool, figures: figures(pool, null) }));
  const kept = open.find(({ facts: { id } }) => id === sweep.to);
  // What is swept rests on the requirement of the pool that it goes to.
  if (!kept || kept.amounts.unverified.maintenance || kept.beside?.unverified.maintenance) return null;
  const alone = figures(kept, null);
  const moved = minus(alone.maintenance, alone.equity);
  const sweeping = (id: string): Sweeping | null => (id === sweep.to ? { moved, beside: null } : id === sweep.from ? { moved: negative(moved), beside: plus(alone.netLiq, moved) } : null);
  return open.map((pool) => ({ ...pool, figures: figures(pool, sweeping(pool.facts.id)) }));
}

function poolInLanes({ facts: { id, currency }, beside, figures, terms: { model } }: Computed): PoolInLanes {
  const { memorandum, callAmount, restoreAmount } = figures;
  const problems = (beside?.unpriced ?? []).filter(({ indeterminate }) => indeterminate).map(({ instrument, reason }) => `${instrument}: ${reason}`);
  const text = { netLiq: textOf(figures.netLiq), equity: textOf(figures.equity), initial: textOf(figures.initial), maintenance: textOf(figures.maintenance), available: textOf(figures.available), excess: textOf(figures.excess), deficit: textOf(figures.deficit) };
  const spelled: Spelled = (name, isExact) => spelledMoney(name === 'netLiq' ? figures.standingNetLiq : figures[name], currency, isExact);
  const isRisk = model === 'scan' || model === 'bracket' || model === 'lending';
  return {
    id,
    currency,
    ...standingWith(MARGIN_STATUSES[figures.severity] as MarginStatus, spelled, problems),
    ...text,
    healthRatio: textOrNull(figures.healthRatio),
    utilisation: textOrNull(figures.utilisation),
    leverage: textOrNull(figures.leverage),
    marginToLiquidation: textOrNull(figures.marginToLiquidation),
    buyingPower: textOrNull(figures.buyingPower),
    stacks: {
      regT: { initial: textOf(figures.regT), dueToday: textOrNull(memorandum?.days.at(-1)?.due ?? null) },
      exchange: { initial: textOf(figures.exchangeInitial), maintenance: textOf(figures.exchange) },
      house: { initial: text.initial, maintenance: text.maintenance },
      risk: isRisk ? { initial: text.initial, maintenance: text.maintenance } : null,
    },
    ...(memorandum ? { specialMemorandum: memorandumState(memorandum) } : {}),
    ...(callAmount ? { callAmount: textOf(callAmount) } : {}),
    ...(restoreAmount ? { restoreAmount: textOf(restoreAmount) } : {}),
  };
}

function memorandumState({ balance, usable, days }: MemorandumFigures): NonNullable<PoolInLanes['specialMemorandum']> {
  return {
    balance: textOf(balance),
    usable: textOf(usable),
    days: days.map(({ tradeDate, due, released, securities }) => ({ tradeDate, due: textOf(due), released: textOf(released), securities: textOf(securities) })),
  };
}
