import { NOT_IN_LANE, NOT_PROVED } from './charge-group.ts';
import { noStacks } from './charges.ts';
import { AMOUNTS, SLOW, type AmountName } from './figures.ts';
import { clearGroup } from './group.ts';
import { REACH_MAX } from '../sums/scaled.ts';
import { chargeRun, take, type StrategyLane } from './lane.ts';
import { standingOf } from '../sums/standing.ts';

/** A pool with other quantities than it has: what those come to, beside the lane, which stays as it is. */
export interface Branch {
  pool: number;
  /** Edited quantities by instrument. */
  edits: Map<number, number>;
  /** Amounts of the underlyings that were edited, in place of their runs'. */
  own: Map<number, Amounts>;
  totals: Amounts;
  /** Index into MARGIN_STATUSES, or SLOW. */
  status: number;
}

type Amounts = Record<AmountName, number> & { notInLane: number; notProved: number };

export function openBranch({ figures }: StrategyLane, pool: number): Branch {
  const totals = { ...amountsOf((name) => figures.pools[name][pool] as number), notInLane: figures.notInLane[pool] as number, notProved: figures.notProved[pool] as number };
  return { pool, edits: new Map(), own: new Map(), totals, status: figures.status[pool] as number };
}

function amountsOf(of: (name: AmountName) => number): Record<AmountName, number> {
  return Object.fromEntries(AMOUNTS.map((name) => [name, of(name)])) as Record<AmountName, number>;
}

/** Sets the quantity of one position, 0 to close it: only its underlying is paired anew. Whole shares or contracts. */
export function setQuantity(lane: StrategyLane, branch: Branch, instrument: number, quantity: number): void {
  const underlying = lane.table.underlying[instrument] as number;
  const before = branch.own.get(underlying) ?? runAmounts(lane, runOf(lane, branch.pool, underlying));
  branch.edits.set(instrument, quantity);
  const after = charged(lane, branch, underlying);
  branch.own.set(underlying, after);
  for (const name of [...AMOUNTS, 'notInLane', 'notProved'] as const) branch.totals[name] += after[name] - before[name];
  branch.status = standing(lane, branch);
}

/** The pool's run on an underlying, or −1. */
function runOf({ pools: { runsFrom, underlyingOf } }: StrategyLane, pool: number, underlying: number): number {
  const from = runsFrom[pool] as number;
  const place = underlyingOf.subarray(from, runsFrom[pool + 1]).indexOf(underlying);
  return place < 0 ? -1 : from + place;
}

function runAmounts({ figures: { runs, how } }: StrategyLane, run: number): Amounts {
  return { ...amountsOf((name) => (run < 0 ? 0 : (runs[name][run] as number))), notInLane: run >= 0 && how[run] === NOT_IN_LANE ? 1 : 0, notProved: run >= 0 && how[run] === NOT_PROVED ? 1 : 0 };
}

/** An underlying's holdings as edited. */
function charged(lane: StrategyLane, { pool, edits }: Branch, underlying: number): Amounts {
  const { table, pools, group } = lane;
  const held = new Map<number, number>();
  const run = runOf(lane, pool, underlying);
  if (run >= 0) for (let at = pools.runStart[run] as number; at < (pools.runStart[run + 1] as number); at += 1) held.set(pools.instrument[at] as number, pools.quantity[at] as number);
  for (const [instrument, quantity] of edits) if (table.underlying[instrument] === underlying) held.set(instrument, quantity);
  clearGroup(group);
  const worth = { stock: 0, options: 0, gross: 0, reach: 0 };
  const sorted = [...held].filter(([, quantity]) => quantity !== 0).sort(([a], [b]) => (table.rank[a] as number) - (table.rank[b] as number));
  for (const [instrument, quantity] of sorted) take(group, worth, instrument, quantity);
  const stacks = noStacks();
  const how = chargeRun(group, worth, stacks);
  const { regT, exchange, exchangeInitial, houseInitial, houseMaintenance } = stacks;
  return { ...worth, regT, exchange, exchangeInitial, initial: houseInitial, maintenance: houseMaintenance, notInLane: how === NOT_IN_LANE ? 1 : 0, notProved: how === NOT_PROVED ? 1 : 0 };
}

function standing({ pools, rungs }: StrategyLane, { pool, totals }: Branch): number {
  const [cash, futuresCash] = [pools.cash[pool] as number, pools.futuresCash[pool] as number];
  if (pools.outside[pool] === 1 || totals.notInLane > 0 || !(totals.reach + Math.abs(cash) + Math.abs(futuresCash) <= REACH_MAX)) return SLOW;
  const equity = cash + totals.stock;
  return standingOf(rungs, { equity, netLiq: equity + futuresCash + totals.options, maintenance: totals.maintenance, exchangeMaintenance: totals.exchange });
}
