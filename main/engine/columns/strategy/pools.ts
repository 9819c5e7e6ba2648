import { chargeGroup, NOT_IN_LANE, NOT_PROVED } from './charge-group.ts';
import { noStacks, type Stacks } from './charges.ts';
import { addOption, clearGroup, emptyGroup, type Group } from './group.ts';
import { REACH_MAX, STOCK, type StrategyInstruments } from './instruments.ts';
import { standingOf, type Rung } from './standing.ts';

/**
 * Pools under the strategy model as columns: positions by pool, then underlying, then in the order of the instruments'
 * `rank`; no pool has an instrument twice. Cash is in the instruments' unit of money, futures cash apart as it counts for
 * net liquidation value alone.
 */
export interface StrategyPools {
  count: number;
  /** Where each pool's positions begin; one more entry than pools. */
  start: Int32Array;
  instrument: Int32Array;
  /** Signed, whole shares or contracts. */
  quantity: Float64Array;
  cash: Float64Array;
  futuresCash: Float64Array;
  /** 1 for a pool that holds what columns cannot say: the explaining engine computes it. */
  outside: Uint8Array;
}

/** Where a pool's figures come from. */
export const FAST = 0;
export const SLOW = 1;

/** Figures by pool in the instruments' unit of money; of a SLOW pool none: the explaining engine computes it. */
export interface PoolFigures {
  lane: Uint8Array;
  netLiq: Float64Array;
  equity: Float64Array;
  regT: Float64Array;
  exchange: Float64Array;
  exchangeInitial: Float64Array;
  initial: Float64Array;
  maintenance: Float64Array;
  /** Index into MARGIN_STATUSES. */
  status: Uint8Array;
  /** Underlyings whose pairing is the best found and not proved to be the least. */
  notProved: Int32Array;
}

/** Bytes of figures that `poolFiguresOn` lays over one buffer, so that threads can share them. */
export function figuresBytes(pools: number): number {
  return pools * (7 * 8 + 4 + 1 + 1) + 8;
}

export function poolFiguresOn(buffer: ArrayBufferLike, pools: number): PoolFigures {
  let at = 0;
  const doubles = (): Float64Array => {
    const array = new Float64Array(buffer, at, pools);
    at += 8 * pools;
    return array;
  };
  const figures = { netLiq: doubles(), equity: doubles(), regT: doubles(), exchange: doubles(), exchangeInitial: doubles(), initial: doubles(), maintenance: doubles() };
  const notProved = new Int32Array(buffer, at, pools);
  at += 4 * pools;
  return { ...figures, notProved, status: new Uint8Array(buffer, at, pools), lane: new Uint8Array(buffer, at + pools, pools) };
}

export function poolFigures(pools: number): PoolFigures {
  return poolFiguresOn(new ArrayBuffer(figuresBytes(pools)), pools);
}

/** Computes pools `from` up to `to` at the instruments' prices as they stand. */
export function computePools(pools: StrategyPools, table: StrategyInstruments, rungs: readonly Rung[], into: PoolFigures, from = 0, to = pools.count): void {
  const group = emptyGroup(table);
  for (let pool = from; pool < to; pool += 1) computePool(pools, rungs, into, pool, group);
}

function computePool(pools: StrategyPools, rungs: readonly Rung[], into: PoolFigures, pool: number, group: Group): void {
  const { start, cash, futuresCash } = pools;
  const end = start[pool + 1] as number;
  if (pools.outside[pool] === 1) return setAside(into, pool);
  const stacks = noStacks();
  const held = { stock: cash[pool] as number, options: futuresCash[pool] as number, reach: Math.abs(cash[pool] as number) + Math.abs(futuresCash[pool] as number) };
  let notProved = 0;
  for (let at = start[pool] as number; at < end; ) {
    at = gather(pools, at, end, group, held);
    // A sum that could pass what doubles hold exactly is for the explaining engine, as is a position out of the lane.
    if (!(held.reach <= REACH_MAX)) return setAside(into, pool);
    const how = chargeGroup(stacks, group);
    if (how === NOT_IN_LANE) return setAside(into, pool);
    if (how === NOT_PROVED) notProved += 1;
  }
  write(into, pool, held, stacks, rungs, notProved);
}

/** Takes the holdings of the next underlying; where the one after it begins. */
function gather({ instrument, quantity }: StrategyPools, from: number, end: number, group: Group, held: Held): number {
  const { underlying } = group.table;
  const own = underlying[instrument[from] as number];
  clearGroup(group);
  let at = from;
  for (; at < end && underlying[instrument[at] as number] === own; at += 1) take(group, held, instrument[at] as number, quantity[at] as number);
  return at;
}

interface Held {
  stock: number;
  options: number;
  reach: number;
}

function take(group: Group, held: Held, instrument: number, quantity: number): void {
  const { table } = group;
  held.reach += Math.abs(quantity) * (table.reach[instrument] as number);
  const value = quantity * (table.price[instrument] as number) * (table.multiplier[instrument] as number) * table.one;
  if (table.kind[instrument] === STOCK) {
    held.stock += value;
    group.stock = instrument;
    group.shares = quantity;
    return;
  }
  held.options += value;
  addOption(group, instrument, quantity);
}

function setAside(into: PoolFigures, pool: number): void {
  into.lane[pool] = SLOW;
}

function write(into: PoolFigures, pool: number, held: Held, stacks: Stacks, rungs: readonly Rung[], notProved: number): void {
  const amounts = { netLiq: held.stock + held.options, equity: held.stock, maintenance: stacks.houseMaintenance, exchangeMaintenance: stacks.exchange };
  into.lane[pool] = FAST;
  into.netLiq[pool] = amounts.netLiq;
  into.equity[pool] = amounts.equity;
  into.regT[pool] = stacks.regT;
  into.exchange[pool] = stacks.exchange;
  into.exchangeInitial[pool] = stacks.exchangeInitial;
  into.initial[pool] = stacks.houseInitial;
  into.maintenance[pool] = stacks.houseMaintenance;
  into.status[pool] = standingOf(rungs, amounts);
  into.notProved[pool] = notProved;
}
