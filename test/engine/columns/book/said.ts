import type { AccountInLanes, GroupShare, PoolInLanes } from '../../../../main/engine/columns/book/account-in-lanes.ts';
import type { AccountInput, MarketInput } from '../../../../main/engine/input.ts';
import { accountStateOf, marginAccount } from '../../../../main/engine/margin.ts';
import type { PackShelf } from '../../../../main/engine/packs/shelf.ts';
import type { AccountState, PoolState, PositionState } from '../../../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../../../shared/money.ts';

/** Everything that lanes say of an account, as the explaining engine says it: written down here from its state alone. */
export function saidByEngine(account: AccountInput, market: MarketInput, shelf: PackShelf): AccountInLanes {
  const state = accountStateOf(marginAccount(account, market, shelf));
  const { id, status, statusReason, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, utilisation, leverage, healthPool, unpriced } = state;
  const positions = state.pools.flatMap((pool) => pool.positions);
  const sum = (pick: (pool: PoolState) => string): string => toDecimalText(added(state.pools.map(pick)));
  return {
    id, status, statusReason, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, utilisation, leverage, healthPool, unpriced,
    marginToLiquidation: state.marginToLiquidation ?? null,
    buyingPower: state.buyingPower ?? null,
    regTInitial: sum(({ stacks }) => stacks.regT.initial),
    exchangeInitial: sum(({ stacks }) => stacks.exchange.initial),
    exchangeMaintenance: sum(({ stacks }) => stacks.exchange.maintenance),
    houseInitial: sum(({ stacks }) => stacks.house.initial),
    houseMaintenance: sum(({ stacks }) => stacks.house.maintenance),
    unverified: state.unverified ?? [],
    concentration: largest(positions, ({ valueInPoolCurrency }) => new Decimal(valueInPoolCurrency ?? '0').abs()),
    driver: largest(positions, ({ houseMaintenance }) => new Decimal(houseMaintenance)),
    notPairedYet: positions.filter(({ badges }) => badges.includes('notPairedYet')).length,
    borrows: state.pools.some(borrows),
    pools: state.pools.map(pool),
  };
}

function pool({ id, currency, status, statusReason, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, utilisation, leverage, marginToLiquidation, buyingPower, stacks, specialMemorandum, callAmount, restoreAmount }: PoolState): PoolInLanes {
  return {
    id, currency, status, statusReason, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, utilisation, leverage, stacks,
    marginToLiquidation: marginToLiquidation ?? null,
    buyingPower: buyingPower ?? null,
    ...(specialMemorandum ? { specialMemorandum } : {}),
    ...(callAmount === undefined ? {} : { callAmount }),
    ...(restoreAmount === undefined ? {} : { restoreAmount }),
  };
}

function added(amounts: readonly string[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}

function borrows({ model, netLiq, positions }: AccountState['pools'][number]): boolean {
  if (model === 'fixed') return false;
  return positions.some(({ quantity }) => quantity.startsWith('-')) || new Decimal(netLiq).lt(added(positions.map(({ valueInPoolCurrency }) => valueInPoolCurrency ?? '0')));
}

function largest(positions: readonly PositionState[], amount: (position: PositionState) => Decimal): GroupShare | null {
  const totals = new Map<string, Decimal>();
  for (const position of positions) totals.set(position.group, (totals.get(position.group) ?? new Decimal(0)).plus(amount(position)));
  const all = [...totals.values()].reduce((total, one) => total.plus(one), new Decimal(0));
  const most = [...totals].reduce<[string, Decimal] | null>((best, one) => (best === null || one[1].gt(best[1]) ? one : best), null);
  if (!most || !all.gt(0)) return null;
  return { group: most[0], share: toDecimalText(most[1].div(all).toDecimalPlaces(6)), amount: toDecimalText(most[1]), all: toDecimalText(all) };
}
