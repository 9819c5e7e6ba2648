import { viewMarket } from '../../../../main/engine/market/market-view.ts';
import type { AccountInput, MarketInput } from '../../../../main/engine/input.ts';
import { marginAccount } from '../../../../main/engine/margin.ts';
import { resolveRules, shippedPacks } from '../../../../main/engine/packs/shelf.ts';
import { priceInLane } from '../../../../main/engine/columns/sums/scaled.ts';
import { strategyInstruments } from '../../../../main/engine/columns/strategy/instruments.ts';
import type { Branch } from '../../../../main/engine/columns/strategy/branch.ts';
import { SLOW, type AmountName } from '../../../../main/engine/columns/strategy/figures.ts';
import { openStrategyLane, recomputeAll, type StrategyLane } from '../../../../main/engine/columns/strategy/lane.ts';
import { strategyPools } from '../../../../main/engine/columns/strategy/pools-of.ts';
import { repriceAll } from '../../../../main/engine/columns/strategy/reprice.ts';
import { rungsOf } from '../../../../main/engine/columns/sums/standing.ts';
import { strategyTerms } from '../../../../main/engine/columns/strategy/terms.ts';
import { MARGIN_STATUSES } from '../../../../shared/domain/status.ts';
import { Decimal, toDecimalText } from '../../../../shared/money.ts';

/** What a lane and the explaining engine must say alike of a pool. */
export type Said = Record<'netLiq' | 'equity' | 'regT' | 'exchange' | 'exchangeInitial' | 'initial' | 'maintenance' | 'excess' | 'deficit' | 'status', string>;

/** Accounts of one pool each in the lane; null where the lane does not know their rules. */
export function laneOf(accounts: readonly AccountInput[], market: MarketInput, priceDigits = 2): StrategyLane | null {
  const rules = resolveRules(shippedPacks(), accounts[0]?.pools[0]?.packs ?? [], market.businessDate);
  if (!rules.ok) throw new Error(rules.fault.message);
  const terms = strategyTerms(rules.value, market.businessDate);
  if (!terms.ok) return null;
  const ids = [...market.instruments.keys()];
  const table = strategyInstruments(ids.map((id) => ({ id, terms: market.instruments.get(id) as never })), terms.value, market.businessDate, priceDigits);
  repriceAll(table, Float64Array.from(ids, (id) => priceInLane(market.marks.get(id)?.value ?? null, table.priceDigits)));
  const index = new Map(ids.map((id, at) => [id, at]));
  const pools = strategyPools(accounts.flatMap((account) => account.pools.map((pool) => ({ account, pool }))), table, (id) => index.get(id) ?? -1, viewMarket(market));
  const lane = openStrategyLane(table, pools, rungsOf(rules.value, table.moneyDigits));
  recomputeAll(lane);
  return lane;
}

/** What the lane says of a pool; null where it leaves it to the explaining engine. */
export function saidByLane({ table, pools, figures }: StrategyLane, pool: number): Said | null {
  const of = figures.pools;
  return saidOf({ table, pools }, pool, (name) => of[name][pool] as number, figures.status[pool] as number);
}

/** The same of a branch. */
export function saidByBranch({ table, pools }: StrategyLane, { pool, totals, status }: Branch): Said | null {
  return saidOf({ table, pools }, pool, (name) => totals[name], status);
}

function saidOf({ table, pools }: Pick<StrategyLane, 'table' | 'pools'>, pool: number, of: (name: AmountName) => number, status: number): Said | null {
  if (status === SLOW) return null;
  const text = (amount: number): string => toDecimalText(new Decimal(amount).div(new Decimal(10).pow(table.moneyDigits)));
  const equity = (pools.cash[pool] as number) + of('stock');
  const excess = equity - of('maintenance');
  return {
    netLiq: text(equity + of('options') + (pools.futuresCash[pool] as number)), equity: text(equity), regT: text(of('regT')), exchange: text(of('exchange')), exchangeInitial: text(of('exchangeInitial')), initial: text(of('initial')), maintenance: text(of('maintenance')),
    excess: text(excess), deficit: text(Math.max(0, -excess)), status: MARGIN_STATUSES[status] as string,
  };
}

export function saidByEngine(account: AccountInput, market: MarketInput): Said {
  const [pool] = marginAccount(account, market, shippedPacks()).pools;
  if (!pool) throw new Error('an account has a pool');
  const { figures } = pool;
  const of = (figure: { amount: Decimal }): string => toDecimalText(figure.amount);
  return {
    netLiq: of(figures.netLiq), equity: of(figures.equity), regT: of(figures.regTInitial), exchange: of(figures.exchangeMaintenance), exchangeInitial: of(figures.exchangeInitial),
    initial: of(figures.initial), maintenance: of(figures.maintenance), excess: of(figures.excess), deficit: of(figures.deficit), status: pool.status,
  };
}
