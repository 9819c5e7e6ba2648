import { MARGIN_STATUSES, type MarginStatus } from '../../../../shared/domain/status.ts';
import { toDecimalText } from '../../../../shared/money.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { AccountInLanes, PoolInLanes } from './account-in-lanes.ts';
import type { Computed, OpenPool } from './account.ts';
import { compare, exactOf, greater, isNegative, lesser, negative, NOTHING, plus, textOf, textOrNull, times, type Exact } from './exact.ts';
import type { AccountFacts } from './facts.ts';
import { ratioOf, type PoolFigures } from './pool-figures.ts';

/** An account's own figures, and the pool whose health is the account's. */
export type RolledUp = Omit<AccountInLanes, 'id' | 'pools' | 'unverified' | 'concentration' | 'driver' | 'notPairedYet' | 'borrows' | 'unpriced'> & { worst: Computed | null };

/** Several pools, or one that is not simply the account, as `engine/roll-up.ts`; null where an exchange rate is not known. */
export function rolledUp(facts: AccountFacts, computed: readonly Computed[], states: PoolInLanes[], market: MarketView): RolledUp | null {
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
  const sum = (pick: (figures: PoolFigures) => Exact): string => textOf(computed.map(({ figures }) => pick(figures)).reduce(plus));
  return {
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
    worst,
  };
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
