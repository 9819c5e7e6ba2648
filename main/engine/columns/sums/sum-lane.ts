import { NONE, REACH_MAX } from './scaled.ts';
import { standingOf, type Rung } from './standing.ts';
import type { SumPools } from './sum-pools.ts';

/** What positions add up to, in the lane's unit of money. */
export interface Sums {
  /** Market value, or gains not paid out yet. */
  worth: number;
  /** Σ |market value|, of contracts |notional value|: what leverage divides. */
  gross: number;
  initial: number;
  maintenance: number;
  exchangeInitial: number;
  exchange: number;
  /** What both initial requirements come to beside whole units: in parts of 10^−9 and of 10^−16 of the currency, any number of them. */
  fine: number;
  finest: number;
  /** More than any of these can come to. */
  reach: number;
}

/** A model whose requirement is a sum over positions, at the prices it was last told. */
export interface SumModel {
  rungs: readonly Rung[];
  /** Adds a position; an instrument out of the lane makes the reach infinite. */
  add: (into: Sums, instrument: number, quantity: number, since: number) => void;
  /** Loans stand on what counts of assets against what is owed; everything else on equity against maintenance. */
  isLoan: boolean;
}

/** Figures by pool in the lane's unit of money; none of a pool whose status is SLOW. */
export interface SumFigures {
  equity: Float64Array;
  gross: Float64Array;
  initial: Float64Array;
  maintenance: Float64Array;
  exchangeInitial: Float64Array;
  exchange: Float64Array;
  fine: Float64Array;
  finest: Float64Array;
  status: Uint8Array;
}

/** Decimals of the parts that `fine` and `finest` count. */
export const FINE_PLACES = 9;
export const FINEST_PLACES = 16;

/** In place of a status: the explaining engine computes the pool. */
export const SLOW = 255;

export function sumFigures(pools: number): SumFigures {
  const amounts = (): Float64Array => new Float64Array(pools);
  return { equity: amounts(), gross: amounts(), initial: amounts(), maintenance: amounts(), exchangeInitial: amounts(), exchange: amounts(), fine: amounts(), finest: amounts(), status: new Uint8Array(pools) };
}

export function recomputeSums(pools: SumPools, model: SumModel, into: SumFigures, from = 0, to = pools.count): void {
  const sums = noSums();
  for (let pool = from; pool < to; pool += 1) recomputePool(pools, model, into, pool, sums);
}

export function noSums(): Sums {
  return { worth: 0, gross: 0, initial: 0, maintenance: 0, exchangeInitial: 0, exchange: 0, fine: 0, finest: 0, reach: 0 };
}

function recomputePool({ start, instrument, quantity, since, cash, outside }: SumPools, model: SumModel, into: SumFigures, pool: number, sums: Sums): void {
  const money = cash[pool] as number;
  sums.worth = sums.gross = sums.initial = sums.maintenance = sums.exchangeInitial = sums.exchange = sums.fine = sums.finest = 0;
  sums.reach = outside[pool] === 1 ? Infinity : Math.abs(money);
  for (let at = start[pool] as number; at < (start[pool + 1] as number); at += 1) model.add(sums, instrument[at] as number, quantity[at] as number, since[at] as number);
  into.status[pool] = SLOW;
  if (!(sums.reach <= REACH_MAX)) return;
  const equity = money + sums.worth;
  into.equity[pool] = equity;
  into.gross[pool] = sums.gross;
  into.initial[pool] = sums.initial;
  into.maintenance[pool] = sums.maintenance;
  into.exchangeInitial[pool] = sums.exchangeInitial;
  into.exchange[pool] = sums.exchange;
  into.fine[pool] = sums.fine;
  into.finest[pool] = sums.finest;
  // What counts of the assets is their value less what is asked of them.
  const health = model.isLoan ? { covers: Math.max(0, money) + sums.worth - sums.maintenance, owes: Math.max(0, -money) } : undefined;
  into.status[pool] = standingOf(model.rungs, { netLiq: equity, equity, maintenance: sums.maintenance, exchangeMaintenance: sums.exchange, ...(health ? { health } : {}) });
}

/** The gain on a position since the price it counts from, per unit of the multiplier. */
export function moved(price: number, since: number): number {
  return since === NONE ? 0 : price - since;
}
