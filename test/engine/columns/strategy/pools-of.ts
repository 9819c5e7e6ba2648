import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { AccountInput, PoolInput, PositionInput } from '../../../../main/engine/input.ts';
import type { MarketView } from '../../../../main/engine/market/market-view.ts';
import type { PoolRow } from '../../../../main/engine/columns/pool-row.ts';
import { prepareCash } from '../../../../main/engine/pool/cash.ts';
import { scaledInteger } from '../../../../main/engine/columns/sums/scaled.ts';
import type { StrategyInstruments } from '../../../../main/engine/columns/strategy/instruments.ts';
import { withRuns, type StrategyPools } from '../../../../main/engine/columns/strategy/pools.ts';

interface Row {
  instrument: number;
  quantity: number;
}

/**
 * Pools under the table's rules as columns. What these cannot say (parts of contracts, a foreign currency, cash not known,
 * one stock on both sides, excluded rows, a sweep, other sub-types than margin and short) leaves the pool outside.
 */
export function strategyPools(rows: readonly PoolRow[], table: StrategyInstruments, indexOf: (instrument: string) => number, market: MarketView): StrategyPools {
  const prepared = rows.map(({ account, pool }) => prepare(account, pool, table, indexOf, market));
  const count = prepared.reduce((total, one) => total + (one?.rows.length ?? 0), 0);
  const pools = { start: new Int32Array(rows.length + 1), instrument: new Int32Array(count), quantity: new Float64Array(count), cash: new Float64Array(rows.length), futuresCash: new Float64Array(rows.length), outside: new Uint8Array(rows.length) };
  let at = 0;
  prepared.forEach((one, index) => {
    pools.outside[index] = one ? 0 : 1;
    pools.cash[index] = one?.cash ?? 0;
    pools.futuresCash[index] = one?.futuresCash ?? 0;
    for (const { instrument, quantity } of one?.rows ?? []) {
      pools.instrument[at] = instrument;
      pools.quantity[at] = quantity;
      at += 1;
    }
    pools.start[index + 1] = at;
  });
  return withRuns(pools, table);
}

function prepare(account: AccountInput, pool: PoolInput, table: StrategyInstruments, indexOf: (instrument: string) => number, market: MarketView): { rows: Row[]; cash: number; futuresCash: number } | null {
  const parts = [pool.collateral, pool.debt, pool.orders].some((part) => part !== undefined && part.length > 0) || pool.external !== undefined;
  if (pool.model !== 'strategy' || pool.currency !== table.currency || pool.excluded.length > 0 || account.sweep || parts) return null;
  const prepared = prepareCash(pool, market);
  if (prepared.problems.length > 0) return null;
  const cash = scaledInteger(prepared.equity.amount, table.moneyDigits);
  const futuresCash = scaledInteger(prepared.futuresSegment?.amount ?? new Decimal(0), table.moneyDigits);
  const rows = rowsOf(pool.positions, table, indexOf);
  return cash === null || futuresCash === null || !rows ? null : { rows, cash, futuresCash };
}

/** One row an instrument, rows of one sub-type added up; null where a row does not fit. */
function rowsOf(positions: readonly PositionInput[], table: StrategyInstruments, indexOf: (instrument: string) => number): Row[] | null {
  const held = new Map<string, { quantity: Decimal; subType: string }>();
  for (const { instrument, subType, quantity } of positions) {
    const before = held.get(instrument);
    if (indexOf(instrument) < 0 || (subType !== 'margin' && subType !== 'short') || (before && before.subType !== subType)) return null;
    held.set(instrument, { subType, quantity: fromDecimalText(quantity).plus(before?.quantity ?? 0) });
  }
  const rows: Row[] = [];
  for (const [id, { quantity }] of held) {
    const whole = scaledInteger(quantity, 0);
    if (whole === null) return null;
    if (whole !== 0) rows.push({ instrument: indexOf(id), quantity: whole });
  }
  const rank = ({ instrument }: Row): number => table.rank[instrument] as number;
  const under = ({ instrument }: Row): number => table.rank[table.underlying[instrument] as number] ?? -1;
  return rows.sort((a, b) => under(a) - under(b) || rank(a) - rank(b));
}
