import type { Branch } from '../../../../main/engine/columns/strategy/branch.ts';
import type { StrategyLane } from '../../../../main/engine/columns/strategy/lane.ts';
import type { LaneText } from '../../../../main/engine/columns/lane-text.ts';
import { openStrategyPools, strategyText, textOfAmounts } from './open-pools.ts';
import type { AccountInput, MarketInput } from '../../../../main/engine/input.ts';
import { marginAccount } from '../../../../main/engine/margin.ts';
import { viewMarket } from '../../../../main/engine/market/market-view.ts';
import { resolveRules, shippedPacks, type PackShelf } from '../../../../main/engine/packs/shelf.ts';
import { toDecimalText, type Decimal } from '../../../../shared/money.ts';

/** What a lane and the explaining engine must say alike of a pool. */
export type Said = LaneText;

/** Accounts of one pool each in the lane; null where the lane does not know their rules. */
export function laneOf(accounts: readonly AccountInput[], market: MarketInput, shelf: PackShelf = shippedPacks(), priceDigits = 2): StrategyLane | null {
  const rules = resolveRules(shelf, accounts[0]?.pools[0]?.packs ?? [], market.businessDate);
  if (!rules.ok) throw new Error(rules.fault.message);
  const instruments = [...market.instruments].map(([id, terms]) => ({ id, terms }));
  return openStrategyPools(accounts.flatMap((account) => account.pools.map((pool) => ({ account, pool }))), instruments, rules.value, viewMarket(market), priceDigits);
}

/** What the lane says of a pool; null where it leaves it to the explaining engine. */
export function saidByLane(lane: StrategyLane, pool: number): Said | null {
  return strategyText(lane, pool);
}

/** The same of a branch. */
export function saidByBranch({ table, pools }: StrategyLane, { pool, totals, status }: Branch): Said | null {
  return textOfAmounts(table.moneyDigits, { cash: pools.cash[pool] as number, futuresCash: pools.futuresCash[pool] as number }, (name) => totals[name], status);
}

export function saidByEngine(account: AccountInput, market: MarketInput, shelf: PackShelf = shippedPacks()): Said {
  const [pool] = marginAccount(account, market, shelf).pools;
  if (!pool) throw new Error('an account has a pool');
  const { figures } = pool;
  const of = (figure: { amount: Decimal }): string => toDecimalText(figure.amount);
  return {
    netLiq: of(figures.netLiq), equity: of(figures.equity), regT: of(figures.regTInitial), exchange: of(figures.exchangeMaintenance), exchangeInitial: of(figures.exchangeInitial),
    initial: of(figures.initial), maintenance: of(figures.maintenance), excess: of(figures.excess), deficit: of(figures.deficit), status: pool.status,
  };
}
