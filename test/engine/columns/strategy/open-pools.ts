import { MARGIN_STATUSES } from '../../../../shared/domain/status.ts';
import { Decimal, toDecimalText } from '../../../../shared/money.ts';
import type { MarketView } from '../../../../main/engine/market/market-view.ts';
import type { Rules } from '../../../../main/engine/packs/rules.ts';
import { priceInLane } from '../../../../main/engine/columns/sums/scaled.ts';
import { rungsOf } from '../../../../main/engine/columns/sums/standing.ts';
import type { LaneText } from '../../../../main/engine/columns/lane-text.ts';
import { SLOW, type AmountName } from '../../../../main/engine/columns/strategy/figures.ts';
import { strategyInstruments, type InstrumentRow } from '../../../../main/engine/columns/strategy/instruments.ts';
import { openStrategyLane, recomputeAll, type StrategyLane } from '../../../../main/engine/columns/strategy/lane.ts';
import type { PoolRow } from '../../../../main/engine/columns/pool-row.ts';
import { repriceAll } from '../../../../main/engine/columns/strategy/reprice.ts';
import { strategyTerms } from '../../../../main/engine/columns/strategy/terms.ts';
import { strategyPools } from './pools-of.ts';

/** Pools under one stack of strategy rules as a lane, computed; null where the lane does not know the rules. */
export function openStrategyPools(rows: readonly PoolRow[], instruments: readonly InstrumentRow[], rules: Rules, market: MarketView, priceDigits: number): StrategyLane | null {
  const terms = strategyTerms(rules, market.businessDate);
  if (!terms.ok) return null;
  const table = strategyInstruments(instruments, terms.value, market.businessDate, priceDigits);
  repriceAll(table, Float64Array.from(instruments, ({ id }) => priceInLane(market.input.marks.get(id)?.value ?? null, table.priceDigits)));
  const places = new Map(instruments.map(({ id }, at) => [id, at]));
  const lane = openStrategyLane(table, strategyPools(rows, table, (id) => places.get(id) ?? -1, market), rungsOf(rules, table.moneyDigits));
  recomputeAll(lane);
  return lane;
}

/** A pool of the lane as text; null where the explaining engine must compute it. */
export function strategyText({ table, pools, figures }: StrategyLane, pool: number): LaneText | null {
  return textOfAmounts(table.moneyDigits, { cash: pools.cash[pool] as number, futuresCash: pools.futuresCash[pool] as number }, (name) => figures.pools[name][pool] as number, figures.status[pool] as number);
}

/** The same of amounts that are not a pool's, such as a branch's. */
export function textOfAmounts(moneyDigits: number, { cash, futuresCash }: { cash: number; futuresCash: number }, of: (name: AmountName) => number, status: number): LaneText | null {
  if (status === SLOW) return null;
  const text = (amount: number): string => toDecimalText(new Decimal(amount).times(new Decimal(10).pow(-moneyDigits)));
  const equity = cash + of('stock');
  const excess = equity - of('maintenance');
  return {
    status: MARGIN_STATUSES[status] as LaneText['status'],
    netLiq: text(equity + of('options') + futuresCash),
    equity: text(equity),
    regT: text(of('regT')),
    exchange: text(of('exchange')),
    exchangeInitial: text(of('exchangeInitial')),
    initial: text(of('initial')),
    maintenance: text(of('maintenance')),
    excess: text(excess),
    deficit: text(Math.max(0, -excess)),
  };
}
