import { viewMarket } from '../../../../main/engine/market/market-view.ts';
import type { AccountInput, MarketInput } from '../../../../main/engine/input.ts';
import { marginAccount } from '../../../../main/engine/margin.ts';
import { resolveRules, shippedPacks } from '../../../../main/engine/packs/shelf.ts';
import { priceInLane, strategyInstruments, type StrategyInstruments } from '../../../../main/engine/columns/strategy/instruments.ts';
import { computePools, poolFigures, FAST, type PoolFigures, type StrategyPools } from '../../../../main/engine/columns/strategy/pools.ts';
import { strategyPools } from '../../../../main/engine/columns/strategy/pools-of.ts';
import { repriceAll } from '../../../../main/engine/columns/strategy/reprice.ts';
import { rungsOf, type Rung } from '../../../../main/engine/columns/strategy/standing.ts';
import { strategyTerms } from '../../../../main/engine/columns/strategy/terms.ts';
import { MARGIN_STATUSES } from '../../../../shared/domain/status.ts';
import { Decimal, toDecimalText } from '../../../../shared/money.ts';

/** What a lane and the explaining engine must say alike of a pool. */
export type Said = Record<'netLiq' | 'equity' | 'regT' | 'exchange' | 'exchangeInitial' | 'initial' | 'maintenance' | 'excess' | 'deficit' | 'status', string>;

export interface LaneBook {
  table: StrategyInstruments;
  pools: StrategyPools;
  rungs: Rung[];
  figures: PoolFigures;
}

/** Accounts of one pool each in the lane; null where the lane does not know their rules. */
export function laneOf(accounts: readonly AccountInput[], market: MarketInput, priceDigits = 2): LaneBook | null {
  const rules = resolveRules(shippedPacks(), accounts[0]?.pools[0]?.packs ?? [], market.businessDate);
  if (!rules.ok) throw new Error(rules.fault.message);
  const terms = strategyTerms(rules.value, market.businessDate);
  if (!terms.ok) return null;
  const ids = [...market.instruments.keys()];
  const table = strategyInstruments(ids.map((id) => ({ id, terms: market.instruments.get(id) as never })), terms.value, market.businessDate, priceDigits);
  repriceAll(table, Float64Array.from(ids, (id) => priceInLane(market.marks.get(id)?.value ?? null, table.priceDigits)));
  const index = new Map(ids.map((id, at) => [id, at]));
  const pools = strategyPools(accounts.flatMap((account) => account.pools.map((pool) => ({ account, pool }))), table, (id) => index.get(id) ?? -1, viewMarket(market));
  const rungs = rungsOf(rules.value, table.moneyDigits);
  const figures = poolFigures(pools.count);
  computePools(pools, table, rungs, figures);
  return { table, pools, rungs, figures };
}

/** What the lane says of a pool; null where it leaves it to the explaining engine. */
export function saidByLane({ table, figures }: LaneBook, pool: number): Said | null {
  if (figures.lane[pool] !== FAST) return null;
  const text = (amount: number): string => toDecimalText(new Decimal(amount).div(new Decimal(10).pow(table.moneyDigits)));
  const of = (name: 'netLiq' | 'equity' | 'regT' | 'exchange' | 'exchangeInitial' | 'initial' | 'maintenance'): string => text(figures[name][pool] as number);
  const excess = (figures.equity[pool] as number) - (figures.maintenance[pool] as number);
  return {
    netLiq: of('netLiq'), equity: of('equity'), regT: of('regT'), exchange: of('exchange'), exchangeInitial: of('exchangeInitial'), initial: of('initial'), maintenance: of('maintenance'),
    excess: text(excess), deficit: text(Math.max(0, -excess)), status: MARGIN_STATUSES[figures.status[pool] as number] as string,
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
