import { MARGIN_STATUSES, type MarginStatus } from '../../../../shared/domain/status.ts';
import { fromDecimalText, toDecimalText } from '../../../../shared/money.ts';
import type { MarketView } from '../../market/market-view.ts';
import { standingWith } from '../../status.ts';
import type { AccountInLanes, PoolInLanes } from './account-in-lanes.ts';
import type { Beside } from './beside.ts';
import { compare, exactOf, greater, isNegative, lesser, minus, negative, NOTHING, plus, textOf, times, type Exact } from './exact.ts';
import type { AccountFacts, PoolFacts } from './facts.ts';
import { largestGroups } from './largest-groups.ts';
import { poolFigures, ratioOf, type PoolFigures, type Sweeping } from './pool-figures.ts';
import type { PoolAmounts, PoolLane } from './pool-lane.ts';
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
}

export interface Computed extends OpenPool {
  amounts: PoolAmounts;
  figures: PoolFigures;
}

/**
 * An account from its pools' lanes, rolled up as `engine/roll-up.ts` rolls up; null where some of it is for the explaining
 * engine: a pool that is in no lane, a day with trades, an exchange rate that is not known.
 */
export function accountOf(facts: AccountFacts, pools: readonly OpenPool[], market: MarketView): AccountInLanes | null {
  const computed = computedPools(facts, pools);
  if (!computed) return null;
  const rates = computed.map(({ facts: { currency } }) => market.conversion(currency, facts.baseCurrency));
  if (rates.includes(null)) return null;
  const factors = rates.map((rate) => (rate ?? []).reduce((all, { amount }) => times(all, exactOf(toDecimalText(amount))), exactOf('1')));
  const isConverted = rates.map((rate) => rate !== null && rate.length > 0);
  const inBase = (pool: number, amount: Exact): Exact => (isConverted[pool] === true ? times(amount, factors[pool] as Exact) : amount);
  const counted = computed.map(({ facts: { mode }, figures }) => (mode === 'isolated' ? atMostItsCollateral(figures) : figures));
  const total = (name: MoneyName): Exact => {
    const parts = counted.map((figures, pool) => inBase(pool, figures[name]));
    return ((name === 'available' || name === 'excess') && areApart(computed) ? withoutHelp(parts) : parts).reduce(plus);
  };
  const known = (pick: (figures: PoolFigures) => Exact | null): Exact | null => {
    const parts = computed.flatMap(({ figures }, pool) => {
      const amount = pick(figures);
      return amount ? [inBase(pool, amount)] : [];
    });
    return parts.length === 0 ? null : parts.reduce(plus);
  };
  const [initial, equity] = [total('initial'), total('equity')];
  const worst = worstHealth(computed.filter(({ facts: { id } }) => id !== facts.sweep?.to)) ?? worstHealth(computed);
  const apart = computed.map(({ figures }) => figures.marginToLiquidation).filter((own) => own !== null);
  const states = computed.map((pool) => poolInLanes(pool, facts));
  const sum = (pick: (figures: PoolFigures) => Exact): string => textOf(computed.map(({ figures }) => pick(figures)).reduce(plus));
  return {
    id: facts.id,
    ...worstOf(states),
    netLiq: textOf(total('netLiq')),
    equity: textOf(equity),
    initial: textOf(initial),
    maintenance: textOf(total('maintenance')),
    available: textOf(total('available')),
    excess: textOf(total('excess')),
    deficit: textOf(total('deficit')),
    healthRatio: textOrNull(worst?.figures.healthRatio ?? null),
    healthPool: worst?.facts.id ?? null,
    utilisation: textOrNull(ratioOf(initial, equity)),
    leverage: textOrNull(computed.length === 1 ? (computed[0]?.figures.leverage ?? null) : null),
    marginToLiquidation: textOrNull(apart.length === 0 ? null : apart.reduce(lesser)),
    buyingPower: textOrNull(known(({ buyingPower }) => buyingPower)),
    regTInitial: sum(({ regT }) => regT),
    exchangeInitial: sum(({ exchangeInitial }) => exchangeInitial),
    exchangeMaintenance: sum(({ exchange }) => exchange),
    houseInitial: sum((figures) => figures.initial),
    houseMaintenance: sum(({ maintenance }) => maintenance),
    unverified: unverifiedOf(computed, worst),
    ...largestGroups(computed),
    notPairedYet: computed.reduce((count, { amounts, beside }) => count + amounts.notPairedYet + (beside?.notPairedYet ?? 0), 0),
    borrows: computed.some(({ terms: { model }, amounts: { hasShort }, beside, figures }) => model !== 'fixed' && (hasShort || beside?.hasShort === true || compare(figures.netLiq, figures.invested) < 0)),
    unpriced: computed.flatMap(({ beside }) => beside?.unpriced ?? []).map((entry) => ({ ...entry })),
    pools: states,
  };
}

/** One pool of an account, as its state says it; null where it, or what a sweep makes of it, is for the explaining engine. */
export function poolOf(facts: AccountFacts, pools: readonly OpenPool[], place: number): PoolInLanes | null {
  const pool = pools[place];
  const computed = facts.sweep ? computedPools(facts, pools)?.[place] : pool && computedPools(facts, [pool])?.[0];
  return computed ? poolInLanes(computed, facts) : null;
}

function computedPools({ sweep, memorandum }: AccountFacts, pools: readonly OpenPool[]): Computed[] | null {
  const open: Omit<Computed, 'figures'>[] = [];
  for (const pool of pools) {
    const amounts = pool.lane.amounts(pool.at);
    if (!amounts || (pool.terms.model === 'strategy' && memorandum.kind === 'active')) return null;
    open.push({ ...pool, amounts });
  }
  if (open.length === 0) return null;
  const figures = ({ amounts, beside, terms }: Omit<Computed, 'figures'>, sweeping: Sweeping | null): PoolFigures => poolFigures(amounts, beside, terms, memorandum, sweeping);
  if (!sweep) return open.map((pool) => ({ ...pool, figures: figures(pool, null) }));
  const kept = open.find(({ facts: { id } }) => id === sweep.to);
  // What is swept rests on the requirement of the pool that it goes to.
  if (!kept || kept.amounts.unverified.maintenance) return null;
  const alone = figures(kept, null);
  const moved = minus(alone.maintenance, alone.equity);
  const sweeping = (id: string): Sweeping | null => (id === sweep.to ? { moved, beside: null } : id === sweep.from ? { moved: negative(moved), beside: plus(alone.netLiq, moved) } : null);
  return open.map((pool) => ({ ...pool, figures: figures(pool, sweeping(pool.facts.id)) }));
}

type MoneyName = 'netLiq' | 'equity' | 'initial' | 'maintenance' | 'available' | 'excess' | 'deficit';

/** As `engine/isolated.ts`. */
function atMostItsCollateral(figures: PoolFigures): PoolFigures {
  const { equity, netLiq, available, excess, deficit, initial, maintenance } = figures;
  if (!isNegative(equity)) return figures;
  return { ...figures, equity: NOTHING, netLiq: greater(NOTHING, netLiq), available: greater(available, negative(initial)), excess: greater(excess, negative(maintenance)), deficit: lesser(deficit, greater(NOTHING, maintenance)) };
}

function areApart(pools: readonly OpenPool[]): boolean {
  return pools.length > 1 && pools.some(({ facts: { mode } }) => mode === 'venue');
}

/** Where a pool is short, only what is missing counts. */
function withoutHelp(parts: Exact[]): Exact[] {
  return parts.some(isNegative) ? parts.map((part) => lesser(part, NOTHING)) : parts;
}

/** The first of the pools with the least health. */
function worstHealth(pools: readonly Computed[]): Computed | null {
  let worst: Computed | null = null;
  for (const pool of pools) {
    if (pool.figures.healthRatio === null) continue;
    if (!worst || compare(times(pool.figures.covers, worst.figures.owes), times(worst.figures.covers, pool.figures.owes)) < 0) worst = pool;
  }
  return worst;
}

function worstOf(states: readonly PoolInLanes[]): { status: MarginStatus; statusReason: string } {
  const severity = ({ status }: PoolInLanes): number => MARGIN_STATUSES.indexOf(status);
  const worst = states.reduce((one, other) => (severity(other) > severity(one) ? other : one));
  return { status: worst.status, statusReason: states.length > 1 ? `Pool ${worst.id}: ${worst.statusReason}` : worst.statusReason };
}

function poolInLanes({ facts: { id, currency }, beside, figures, terms: { model, businessDate } }: Computed, { memorandum: start }: AccountFacts): PoolInLanes {
  const { memorandum, callAmount, restoreAmount } = figures;
  const problems = (beside?.unpriced ?? []).filter(({ indeterminate }) => indeterminate).map(({ instrument, reason }) => `${instrument}: ${reason}`);
  const text = { netLiq: textOf(figures.netLiq), equity: textOf(figures.equity), initial: textOf(figures.initial), maintenance: textOf(figures.maintenance), available: textOf(figures.available), excess: textOf(figures.excess), deficit: textOf(figures.deficit) };
  const amount = (of: string): { amount: ReturnType<typeof fromDecimalText> } => ({ amount: fromDecimalText(of) });
  const isRisk = model === 'scan' || model === 'bracket' || model === 'lending';
  const isKnown = model === 'strategy' && start.kind === 'quiet';
  return {
    id,
    currency,
    ...standingWith(MARGIN_STATUSES[figures.severity] as MarginStatus, { netLiq: amount(textOf(figures.standingNetLiq)), equity: amount(text.equity), maintenance: amount(text.maintenance), excess: amount(text.excess), deficit: amount(text.deficit) }, currency, problems),
    ...text,
    healthRatio: textOrNull(figures.healthRatio),
    utilisation: textOrNull(figures.utilisation),
    leverage: textOrNull(figures.leverage),
    marginToLiquidation: textOrNull(figures.marginToLiquidation),
    buyingPower: textOrNull(figures.buyingPower),
    stacks: {
      regT: { initial: textOf(figures.regT), dueToday: isKnown ? '0' : null },
      exchange: { initial: textOf(figures.exchangeInitial), maintenance: textOf(figures.exchange) },
      house: { initial: text.initial, maintenance: text.maintenance },
      risk: isRisk ? { initial: text.initial, maintenance: text.maintenance } : null,
    },
    ...(memorandum ? { specialMemorandum: { balance: textOf(memorandum.balance), usable: textOf(memorandum.usable), days: [{ tradeDate: businessDate, due: '0', released: '0', securities: '0' }] } } : {}),
    ...(callAmount ? { callAmount: textOf(callAmount) } : {}),
    ...(restoreAmount ? { restoreAmount: textOf(restoreAmount) } : {}),
  };
}

function textOrNull(amount: Exact | null): string | null {
  return amount && textOf(amount);
}
