import { NONE, scaledInteger } from '../../../../main/engine/columns/sums/scaled.ts';
import type { SumPools } from '../../../../main/engine/columns/sums/sum-pools.ts';
import type { AccountInput, MarginModelId, PoolInput, PositionInput } from '../../../../main/engine/input.ts';
import type { MarketView } from '../../../../main/engine/market/market-view.ts';
import { prepareCash } from '../../../../main/engine/pool/cash.ts';
import { Decimal, fromDecimalText } from '../../../../shared/money.ts';

/** What reading pools needs to know of their lane. */
export interface SumTerms {
  model: MarginModelId;
  currency: string;
  priceDigits: number;
  moneyDigits: number;
  indexOf: (instrument: string) => number;
  /** The price a row's gain counts from: null for up to the mark, undefined where that is not known. */
  sinceOf: (row: PositionInput) => string | null | undefined;
}

export function sumPools(rows: readonly { account: AccountInput; pool: PoolInput }[], terms: SumTerms, market: MarketView): SumPools {
  const prepared = rows.map(({ account, pool }) => prepare(account, pool, terms, market));
  const count = prepared.reduce((total, one) => total + (one?.rows.length ?? 0), 0);
  const pools: SumPools = { count: rows.length, start: new Int32Array(rows.length + 1), instrument: new Int32Array(count), quantity: new Float64Array(count), since: new Float64Array(count), cash: new Float64Array(rows.length), outside: new Uint8Array(rows.length) };
  let at = 0;
  prepared.forEach((one, pool) => {
    pools.outside[pool] = one ? 0 : 1;
    pools.cash[pool] = one?.cash ?? 0;
    for (const row of one?.rows ?? []) {
      pools.instrument[at] = row.instrument;
      pools.quantity[at] = row.quantity;
      pools.since[at] = row.since;
      at += 1;
    }
    pools.start[pool + 1] = at;
  });
  return pools;
}

interface Row {
  instrument: number;
  quantity: number;
  since: number;
}

function prepare(account: AccountInput, pool: PoolInput, terms: SumTerms, market: MarketView): { rows: Row[]; cash: number } | null {
  const parts = [pool.collateral, pool.debt, pool.orders].some((part) => part !== undefined && part.length > 0) || pool.external !== undefined;
  if (pool.model !== terms.model || pool.currency !== terms.currency || pool.excluded.length > 0 || account.sweep || parts) return null;
  const { equity, futuresSegment, problems } = prepareCash(pool, market);
  // Loans do not count the money of a futures segment; elsewhere it is the pool's.
  if (problems.length > 0 || (terms.model === 'lending' && futuresSegment)) return null;
  const cash = scaledInteger(equity.amount.plus(futuresSegment?.amount ?? 0), terms.moneyDigits);
  const rows = rowsOf(pool.positions, terms);
  return cash === null || !rows ? null : { rows, cash };
}

function rowsOf(positions: readonly PositionInput[], { priceDigits, indexOf, sinceOf }: SumTerms): Row[] | null {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (const position of positions) {
    const whole = scaledInteger(fromDecimalText(position.quantity), 0);
    const from = sinceOf(position);
    const since = from === null ? NONE : from === undefined ? null : scaledInteger(new Decimal(from), priceDigits);
    // A leverage that the client chose, and a price below nothing, are for the explaining engine.
    if (seen.has(position.instrument) || indexOf(position.instrument) < 0 || whole === null || since === null || (from !== null && since < 0) || position.leverage !== undefined) return null;
    seen.add(position.instrument);
    if (whole !== 0) rows.push({ instrument: indexOf(position.instrument), quantity: whole, since });
  }
  return rows;
}
