import { chargeGroup, NOT_IN_LANE, NOT_PROVED } from './charge-group.ts';
import { noStacks, type Stacks } from './charges.ts';
import { laneFigures, SLOW, type AmountName, type LaneFigures } from './figures.ts';
import { addOption, clearGroup, emptyGroup, type Group } from './group.ts';
import { REACH_MAX } from '../sums/scaled.ts';
import type { Sliced } from '../sliced.ts';
import { STOCK, type StrategyInstruments } from './instruments.ts';
import type { StrategyPools } from './pools.ts';
import { reprice } from './reprice.ts';
import { standingOf, type Rung } from '../sums/standing.ts';

/** Pools under one set of rules of the strategy model, their instruments, and what they come to at these prices. */
export interface StrategyLane {
  table: StrategyInstruments;
  pools: StrategyPools;
  rungs: readonly Rung[];
  figures: LaneFigures;
  /** Room that every run uses anew. */
  group: Group;
  stacks: Stacks;
}

/** `rungs` are those of the rules that the table is under: `rungsOf(rules, table.moneyDigits)`. */
export function openStrategyLane(table: StrategyInstruments, pools: StrategyPools, rungs: readonly Rung[]): StrategyLane {
  return { table, pools, rungs, figures: laneFigures(pools.runs, pools.count), group: emptyGroup(table), stacks: noStacks() };
}

/** Everything anew: pools `from` up to `to`, all of them where these are left out. */
export function recomputeAll(lane: StrategyLane, from = 0, to = lane.pools.count): void {
  const { runsFrom } = lane.pools;
  for (let pool = from; pool < to; pool += 1) {
    for (let run = runsFrom[pool] as number; run < (runsFrom[pool + 1] as number); run += 1) computeRun(lane, run);
    addUpPool(lane, pool);
  }
}

/** Runs that are computed in one stretch; of one pool, which may be the largest of all, each by itself. */
const RUNS_AT_ONCE = 16;

/** One pool anew; it may hold hundreds of underlyings. */
export function* recomputingPool(lane: StrategyLane, pool: number): Sliced<void> {
  const [from, to] = [lane.pools.runsFrom[pool] as number, lane.pools.runsFrom[pool + 1] as number];
  for (let run = from; run < to; run += 1) {
    computeRun(lane, run);
    yield;
  }
  addUpPool(lane, pool);
}

/** Runs `from` up to `to` in their order by underlying, but not yet what their pools come to: see `addUp`. */
export function computeRuns(lane: StrategyLane, from: number, to: number): void {
  const { runsOn } = lane.pools;
  for (let at = from; at < to; at += 1) computeRun(lane, runsOn[at] as number);
}

const POOLS_AT_ONCE = 256;

/** All pools from their runs, which are computed. */
export function* addUp(lane: StrategyLane): Sliced<void> {
  for (let pool = 0; pool < lane.pools.count; pool += 1) {
    addUpPool(lane, pool);
    if (pool % POOLS_AT_ONCE === 0) yield;
  }
}

/**
 * A new mark, and what rests on it. Only the runs of its underlying are paired anew; gives the pools that hold them. The
 * figures are what a full recompute would make them.
 */
export function tick(lane: StrategyLane, instrument: number, price: number): Int32Array {
  reprice(lane.table, instrument, price);
  return recomputeOn(lane, lane.table.underlying[instrument] as number);
}

/** Every run on an underlying of which some mark was set; gives the pools that hold them, each once. */
function recomputeOn(lane: StrategyLane, underlying: number): Int32Array {
  return recomputeRuns(lane, runsOn(lane, underlying));
}

function runsOn({ pools }: StrategyLane, underlying: number): Int32Array {
  return pools.runsOn.subarray(pools.onFrom[underlying], pools.onFrom[underlying + 1]);
}

/** The same of several underlyings, in slices: thousands of pools may hold one. */
export function* recomputingOn(lane: StrategyLane, underlyings: Iterable<number>): Sliced<Int32Array> {
  const touched = new Set<number>();
  for (const underlying of underlyings) {
    const runs = runsOn(lane, underlying);
    for (let from = 0; from < runs.length; from += RUNS_AT_ONCE) {
      for (const pool of recomputeRuns(lane, runs.subarray(from, from + RUNS_AT_ONCE))) touched.add(pool);
      yield;
    }
  }
  return Int32Array.from(touched);
}

/** These runs, each of another pool; gives the pools. */
function recomputeRuns(lane: StrategyLane, runs: Int32Array): Int32Array {
  const { pools } = lane;
  return runs.map((run) => {
    const pool = pools.poolOf[run] as number;
    move(lane, run, pool, -1);
    computeRun(lane, run);
    move(lane, run, pool, 1);
    stand(lane, pool);
    return pool;
  });
}

function computeRun(lane: StrategyLane, run: number): void {
  const { pools, group, stacks, figures } = lane;
  const { instrument, quantity, runStart } = pools;
  clearGroup(group);
  const end = runStart[run + 1] as number;
  const worth = { stock: 0, options: 0, gross: 0, reach: 0 };
  for (let at = runStart[run] as number; at < end; at += 1) take(group, worth, instrument[at] as number, quantity[at] as number);
  figures.how[run] = chargeRun(group, worth, stacks);
  write(figures.runs, run, worth, stacks);
}

/** What a run is worth, and more than any amount that comes of it. */
export interface Worth {
  stock: number;
  options: number;
  gross: number;
  reach: number;
}

/** Puts a holding into a group. */
export function take(group: Group, worth: Worth, instrument: number, quantity: number): void {
  const { table } = group;
  worth.reach += Math.abs(quantity) * (table.reach[instrument] as number);
  const value = quantity * (table.price[instrument] as number) * (table.multiplier[instrument] as number) * table.one;
  worth.gross += Math.abs(value);
  if (table.kind[instrument] === STOCK) {
    worth.stock += value;
    group.stock = instrument;
    group.shares = quantity;
    return;
  }
  worth.options += value;
  addOption(group, instrument, quantity);
}

/** Charges a group that may be out of the lane; then nothing is asked of it, and nothing worth, since its pool is not summed. */
export function chargeRun(group: Group, worth: Worth, stacks: Stacks): number {
  stacks.regT = stacks.exchange = stacks.exchangeInitial = stacks.houseInitial = stacks.houseMaintenance = 0;
  const how = worth.reach <= REACH_MAX ? chargeGroup(stacks, group) : NOT_IN_LANE;
  if (how === NOT_IN_LANE) worth.stock = worth.options = worth.gross = worth.reach = 0;
  return how;
}

function write(into: Record<AmountName, Float64Array>, run: number, { stock, options, gross, reach }: Worth, stacks: Stacks): void {
  into.stock[run] = stock;
  into.options[run] = options;
  into.gross[run] = gross;
  into.reach[run] = reach;
  into.regT[run] = stacks.regT;
  into.exchange[run] = stacks.exchange;
  into.exchangeInitial[run] = stacks.exchangeInitial;
  into.initial[run] = stacks.houseInitial;
  into.maintenance[run] = stacks.houseMaintenance;
}

function addUpPool(lane: StrategyLane, pool: number): void {
  const { pools, figures } = lane;
  clear(figures.pools, pool);
  figures.notInLane[pool] = 0;
  figures.notProved[pool] = 0;
  for (let run = pools.runsFrom[pool] as number; run < (pools.runsFrom[pool + 1] as number); run += 1) move(lane, run, pool, 1);
  stand(lane, pool);
}

function clear({ stock, options, gross, reach, regT, exchange, exchangeInitial, initial, maintenance }: Record<AmountName, Float64Array>, pool: number): void {
  stock[pool] = 0;
  options[pool] = 0;
  gross[pool] = 0;
  reach[pool] = 0;
  regT[pool] = 0;
  exchange[pool] = 0;
  exchangeInitial[pool] = 0;
  initial[pool] = 0;
  maintenance[pool] = 0;
}

/** Adds a run to its pool, or takes it off. */
function move({ figures }: StrategyLane, run: number, pool: number, sign: 1 | -1): void {
  const { runs, pools, how, notInLane, notProved } = figures;
  moveAmount(runs.stock, run, pools.stock, pool, sign);
  moveAmount(runs.options, run, pools.options, pool, sign);
  moveAmount(runs.gross, run, pools.gross, pool, sign);
  moveAmount(runs.reach, run, pools.reach, pool, sign);
  moveAmount(runs.regT, run, pools.regT, pool, sign);
  moveAmount(runs.exchange, run, pools.exchange, pool, sign);
  moveAmount(runs.exchangeInitial, run, pools.exchangeInitial, pool, sign);
  moveAmount(runs.initial, run, pools.initial, pool, sign);
  moveAmount(runs.maintenance, run, pools.maintenance, pool, sign);
  if (how[run] === NOT_IN_LANE) notInLane[pool] = (notInLane[pool] as number) + sign;
  if (how[run] === NOT_PROVED) notProved[pool] = (notProved[pool] as number) + sign;
}

/** One by one and not by name: a name that is looked up takes longer than what it leads to. */
function moveAmount(runs: Float64Array, run: number, pools: Float64Array, pool: number, sign: 1 | -1): void {
  pools[pool] = (pools[pool] as number) + sign * (runs[run] as number);
}

/** The pool's status; a sum that could pass what doubles hold exactly, as a run out of the lane, is for the explaining engine. */
function stand({ pools, figures, rungs }: StrategyLane, pool: number): void {
  const { pools: of, notInLane, status } = figures;
  const cash = pools.cash[pool] as number;
  const futuresCash = pools.futuresCash[pool] as number;
  const reach = (of.reach[pool] as number) + Math.abs(cash) + Math.abs(futuresCash);
  if (pools.outside[pool] === 1 || (notInLane[pool] as number) > 0 || !(reach <= REACH_MAX)) {
    status[pool] = SLOW;
    return;
  }
  const equity = cash + (of.stock[pool] as number);
  status[pool] = standingOf(rungs, { equity, netLiq: equity + futuresCash + (of.options[pool] as number), maintenance: of.maintenance[pool] as number, exchangeMaintenance: of.exchange[pool] as number });
}
