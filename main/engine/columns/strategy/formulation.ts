import type { GroupPlan, StockPlan } from '../../strategy/pairing/formulation.ts';
import type { Program, Tie } from '../../strategy/pairing/program.ts';
import { groupTie, limitTie, matchingTie, straddleTie, type GroupLeg, type Placed, type Share } from '../../strategy/pairing/ties.ts';
import type { Group } from './group.ts';
import { multiplierOf, stockUses, type StockUses, type Use } from './stock-uses.ts';
import { straddleUses, type StraddleUses } from './straddle-uses.ts';

/**
 * The program of `strategy/pairing/formulation.ts`, made from numbers: the same uses in the same order with the same gains,
 * so that the same search takes the same steps and finds the same pairing.
 */
export interface LanePlan {
  program: Program;
  stock: Pick<StockPlan, 'covered' | 'protective' | 'collars' | 'reversals' | 'lots' | 'lotOf'>[];
  straddles: { calls: readonly Placed[]; puts: readonly Placed[] }[];
  pairs: { call: number; put: number }[];
  groups: GroupPlan[];
  /** Expiry of an option, as something that compares. */
  expiryOf: (option: number) => number;
}

/** Calls, then puts. */
const RIGHTS = [true, false];
/** Digits of an amount up to which the explaining engine's program is exact. */
const DIGITS_MAX = 12;

interface GroupClass {
  members: number[][];
  /** Strikes, ascending and from nothing on, and what a contract's exercise there comes to. */
  strikes: number[];
  amounts: number[];
}

/** Null where the explaining engine would have to round, or tell more pairs than it does. */
export function formulate(group: Group): LanePlan | null {
  const beside = stockUses(group);
  const straddled = straddleUses(group);
  if (!straddled) return null;
  const grouped = groupClasses(group);
  const scale = scaleOf(group, beside, straddled, grouped);
  return scale && write(group, beside, straddled, grouped, scale);
}

/** The lane's money in the program's: divided by a power of ten and brought near 1 by a power of two. */
interface Scale {
  divisor: number;
  step: number;
}

function write(group: Group, beside: StockUses | null, straddled: readonly StraddleUses[], grouped: readonly GroupClass[], { divisor, step }: Scale): LanePlan {
  const { table, size, leg, isShort, count } = group;
  const gains: number[] = [];
  const optionOf: number[] = [];
  for (let option = 0; option < size; option += 1) {
    gains.push(0);
    optionOf.push(option);
  }
  const whole = (amount: number): number => (amount / divisor) * step;
  const addWhole = (option: number, gain: number): number => {
    gains.push(gain);
    return optionOf.push(option) - 1;
  };
  const add = ({ option, gain }: Use): number => addWhole(option, whole(gain));
  const ties: Tie[] = [];
  let losses = 0;
  const stock = beside ? [stockPlan(group, beside, add, optionOf, ties)] : [];
  const straddles: LanePlan['straddles'] = [];
  const pairs: LanePlan['pairs'] = [];
  for (const { calls, puts, pairs: odd } of straddled) {
    for (const { call, put, gain } of odd) {
      const pair = { call: add({ option: call, gain }), put: addWhole(put, 0) };
      pairs.push(pair);
      ties.push(limitTie([{ use: pair.call, amount: 1 }, { use: pair.put, amount: -1 }], 0));
    }
    if (calls.length === 0) continue;
    const side = { calls: calls.map(({ option, gain }): Placed => ({ use: addWhole(option, whole(gain)), at: whole(gain) })), puts: puts.map(({ option, gain }): Placed => ({ use: addWhole(option, 0), at: whole(gain) })) };
    straddles.push(side);
    ties.push(straddleTie(side.calls, side.puts, losses));
    losses += 1;
  }
  const groups: GroupPlan[] = [];
  for (const { members, strikes, amounts } of grouped) {
    const points = amounts.map(whole);
    for (const group of members) {
      const legs = group.map((option): GroupLeg => {
        const instrument = leg[option] as number;
        return { use: addWhole(option, whole(inPlaceOf(option))), point: strikes.indexOf(table.strike[instrument] as number), call: table.isCall[instrument] === 1, short: isShort[option] as boolean };
      });
      groups.push({ legs, strikes: points });
      ties.push(groupTie(legs, points, losses));
      losses += 1;
      for (const right of RIGHTS) {
        const sides: Share[] = [];
        let someShort = false;
        for (const { use, call, short } of legs) {
          if (call !== right) continue;
          sides.push({ use, amount: short ? 1 : -1 });
          someShort ||= short;
        }
        if (someShort) ties.push(limitTie(sides, 0));
      }
    }
  }
  const program = { counts: doubles(0, size, count), optionOf: whole32(optionOf), gains: doubles(1, gains.length, gains), losses, ties, quantum: step };
  return { program, stock, straddles, pairs, groups, expiryOf: (option) => table.expiry[leg[option] as number] as number };

  function inPlaceOf(option: number): number {
    return group.inPlace[option] as number;
  }
}

/** Arrays by their length, which the next program of the same size takes over: a program lives no longer than its search. */
const kept: { doubles: Float64Array[][]; whole: Int32Array[] } = { doubles: [[], []], whole: [] };

function doubles(which: 0 | 1, length: number, from: readonly number[]): Float64Array {
  const array = (kept.doubles[which] as Float64Array[])[length] ??= new Float64Array(length);
  for (let index = 0; index < length; index += 1) array[index] = from[index] as number;
  return array;
}

function whole32(from: readonly number[]): Int32Array {
  const array = kept.whole[from.length] ??= new Int32Array(from.length);
  for (let index = 0; index < from.length; index += 1) array[index] = from[index] as number;
  return array;
}

function stockPlan(group: Group, uses: StockUses, add: (use: Use) => number, optionOf: readonly number[], ties: Tie[]): LanePlan['stock'][number] {
  const { table, leg } = group;
  const strikeOf = (use: number): number => table.strike[leg[optionOf[use] as number] as number] as number;
  const placed = (use: number): Placed => ({ use, at: strikeOf(use) });
  const plan = {
    ...lotsOf(group, (use) => optionOf[use] as number),
    covered: uses.covered.map(add),
    protective: uses.protective.map(add),
    collars: uses.collars.map(({ limitedBy, calls, puts }) => ({ limitedBy, calls: calls.map((use) => placed(add(use))), puts: puts.map((use) => placed(add(use))) })),
    reversals: uses.reversals.map(({ put, call }) => ({ put: add(put), call: add(call) })),
  };
  for (const { calls, puts } of plan.collars) ties.push(matchingTie(calls, puts));
  for (const { put, call } of plan.reversals) ties.push(limitTie([{ use: put, amount: 1 }, { use: call, amount: -1 }], 0));
  const lots = [...plan.covered, ...plan.protective, ...plan.collars.flatMap(({ limitedBy, calls, puts }) => (limitedBy === 'put' ? puts : calls).map(({ use }) => use)), ...plan.reversals.map(({ put }) => put)];
  if (lots.length > 0) ties.push(limitTie(lots.map((use) => ({ use, amount: plan.lotOf(use) })), plan.lots));
  return plan;
}

/** Stock is taken in lots where all contracts have one size, else by the share. */
function lotsOf(group: Group, optionOf: (use: number) => number): { lots: number; lotOf: (use: number) => number } {
  const shares = Math.abs(group.shares);
  const lot = multiplierOf(group, 0);
  for (let option = 1; option < group.size; option += 1) if (multiplierOf(group, option) !== lot) return { lots: shares, lotOf: (use) => multiplierOf(group, optionOf(use)) };
  return { lots: Math.floor(shares / lot), lotOf: () => 1 };
}

/** Options that may be charged together by their largest loss: one group for each set of long options that can be told apart. */
function groupClasses(group: Group): GroupClass[] {
  const found: GroupClass[] = [];
  const seen: number[] = [];
  for (let first = 0; first < group.size; first += 1) {
    const multiplier = multiplierOf(group, first);
    if (seen.includes(multiplier)) continue;
    seen.push(multiplier);
    const members = membersOf(group, multiplier);
    if (members.length === 0) continue;
    const strikes = strikesOf(group, multiplier);
    found.push({ members, strikes, amounts: strikes.map((strike) => strike * multiplier * group.table.one) });
  }
  return found;
}

/** By expiry of the short options: those that end by then, and the long ones that last at least as long. */
function membersOf(group: Group, multiplier: number): number[][] {
  const { table, size, leg, isShort } = group;
  const expiryOf = (option: number): number => table.expiry[leg[option] as number] as number;
  const members: number[][] = [];
  let lastingBefore = 0;
  for (const day of daysOf(group, multiplier)) {
    const shorts: number[] = [];
    const lasting: number[] = [];
    for (let option = 0; option < size; option += 1) {
      if (multiplierOf(group, option) !== multiplier) continue;
      if (isShort[option] ? expiryOf(option) <= day : expiryOf(option) >= day) (isShort[option] ? shorts : lasting).push(option);
    }
    if (lasting.length === 0) break;
    // Later days leave fewer long options, so that as many means the same ones, with more short ones.
    if (lasting.length === lastingBefore) members.pop();
    members.push([...shorts, ...lasting]);
    lastingBefore = lasting.length;
  }
  return members;
}

/** Days on which short options end, ascending. */
function daysOf({ table, size, leg, isShort }: Group, multiplier: number): number[] {
  const days: number[] = [];
  for (let option = 0; option < size; option += 1) {
    const instrument = leg[option] as number;
    if (isShort[option] && table.multiplier[instrument] === multiplier) insert(days, table.expiry[instrument] as number);
  }
  return days;
}

function strikesOf({ table, size, leg }: Group, multiplier: number): number[] {
  const strikes = [0];
  for (let option = 0; option < size; option += 1) {
    const instrument = leg[option] as number;
    if (table.multiplier[instrument] === multiplier) insert(strikes, table.strike[instrument] as number);
  }
  return strikes;
}

/** Into an ascending list, once. */
function insert(list: number[], value: number): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] as number) > value) at -= 1;
  if (at > 0 && list[at - 1] === value) return;
  list.splice(at, 0, value);
}

/**
 * Whole multiples of the finest decimal of all amounts, times a power of two that brings the largest near 1: the very
 * numbers that the explaining engine's program has. Null where it would have to round.
 */
function scaleOf({ table, size, inPlace }: Group, beside: StockUses | null, straddled: readonly StraddleUses[], grouped: readonly GroupClass[]): Scale | null {
  const unit = 10 ** table.moneyDigits;
  let divisor = unit;
  let largest = unit;
  const take = (amount: number): void => {
    while (!Number.isInteger(amount / divisor)) divisor /= 10;
    if (Math.abs(amount) > largest) largest = Math.abs(amount);
  };
  const takeAll = (uses: readonly Use[]): void => {
    for (const { gain } of uses) take(gain);
  };
  for (let option = 0; option < size; option += 1) take(inPlace[option] as number);
  if (beside) {
    takeAll(beside.covered);
    takeAll(beside.protective);
    for (const { calls, puts } of beside.collars) {
      takeAll(calls);
      takeAll(puts);
    }
    for (const { put } of beside.reversals) take(put.gain);
  }
  for (const { calls, puts, pairs } of straddled) {
    takeAll(calls);
    takeAll(puts);
    for (const { gain } of pairs) take(gain);
  }
  for (const { amounts } of grouped) for (const amount of amounts) take(amount);
  const places = Math.round(unit / divisor).toString().length - 1;
  const digits = Math.floor(largest / unit).toString().length - 1;
  if (places > DIGITS_MAX - 1 - digits) return null;
  let step = 1;
  for (const most = (largest / unit) * (unit / divisor); most * step > 2; ) step /= 2;
  return { divisor, step };
}
