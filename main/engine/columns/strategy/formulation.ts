import type { GroupPlan, StockPlan } from '../../strategy/pairing/formulation.ts';
import { copyDoubles, copyWholes, doubles, wholes } from '../../strategy/pairing/numbers.ts';
import type { Program, Tie } from '../../strategy/pairing/program.ts';
import { coverTie, groupTie, limitTie, matchingTie, straddleTie, type GroupLeg, type Placed, type Share } from '../../strategy/pairing/ties.ts';
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

function whole(amount: number, { divisor, step }: Scale): number {
  return (amount / divisor) * step;
}

/** The uses of the program that is being written: option and gain of each, as many as `size` says. */
const draft = { size: 0, gains: doubles(256), optionOf: wholes(256) };

function addUse(option: number, gain: number): number {
  const use = draft.size;
  draft.gains[use] = gain;
  draft.optionOf[use] = option;
  draft.size = use + 1;
  return use;
}

function write(group: Group, beside: StockUses | null, straddled: readonly StraddleUses[], grouped: readonly GroupClass[], scale: Scale): LanePlan {
  const { table, size, leg, count } = group;
  draft.size = 0;
  for (let option = 0; option < size; option += 1) addUse(option, 0);
  const ties: Tie[] = [];
  const stock = beside ? [stockPlan(group, beside, scale, ties)] : [];
  const pairs: LanePlan['pairs'] = [];
  const straddles: LanePlan['straddles'] = [];
  for (const own of straddled) straddlePlan(own, scale, ties, pairs, straddles);
  const groups: GroupPlan[] = [];
  let losses = straddles.length;
  for (const { members, strikes, amounts } of grouped) {
    const points = amounts.map((amount) => whole(amount, scale));
    for (const options of members) {
      groups.push(groupPlan(group, options, strikes, points, scale, ties, losses));
      losses += 1;
    }
  }
  const uses = draft.size;
  const program = {
    counts: copyDoubles(count, kept.counts[size] ??= doubles(size)),
    optionOf: copyWholes(draft.optionOf, kept.optionOf[uses] ??= wholes(uses)),
    gains: copyDoubles(draft.gains, kept.gains[uses] ??= doubles(uses)),
    losses, ties, quantum: scale.step,
  };
  return { program, stock, straddles, pairs, groups, expiryOf: (option) => table.expiry[leg[option] as number] as number };
}

function straddlePlan({ calls, puts, pairs: odd }: StraddleUses, scale: Scale, ties: Tie[], pairs: LanePlan['pairs'], straddles: LanePlan['straddles']): void {
  for (const { call, put, gain } of odd) {
    const pair = { call: addUse(call, whole(gain, scale)), put: addUse(put, 0) };
    pairs.push(pair);
    ties.push(limitTie([{ use: pair.call, amount: 1 }, { use: pair.put, amount: -1 }], 0));
  }
  if (calls.length === 0) return;
  const side: LanePlan['straddles'][number] = {
    calls: calls.map(({ option, gain }) => ({ use: addUse(option, whole(gain, scale)), at: whole(gain, scale) })),
    puts: puts.map(({ option, gain }) => ({ use: addUse(option, 0), at: whole(gain, scale) })),
  };
  ties.push(straddleTie(side.calls, side.puts, straddles.length));
  straddles.push(side);
}

function groupPlan({ table, leg, isShort, inPlace }: Group, options: readonly number[], strikes: readonly number[], points: number[], scale: Scale, ties: Tie[], loss: number): GroupPlan {
  const legs: GroupLeg[] = [];
  for (let index = 0; index < options.length; index += 1) {
    const option = options[index] as number;
    const instrument = leg[option] as number;
    legs.push({ use: addUse(option, whole(inPlace[option] as number, scale)), point: strikes.indexOf(table.strike[instrument] as number), call: table.isCall[instrument] === 1, short: isShort[option] as boolean });
  }
  ties.push(groupTie(legs, points, loss));
  for (const right of RIGHTS) if (legs.some(({ call, short }) => call === right && short)) ties.push(coverTie(legs, right));
  return { legs, strikes: points };
}

/** Arrays by their length, which the next program of the same size takes over: a program lives no longer than its search. */
const kept: { counts: number[][]; gains: number[][]; optionOf: number[][]; values: number[][] } = { counts: [], gains: [], optionOf: [], values: [] };

/** An array for values of as many uses, good until the next one is asked for. */
export function valuesFor(uses: number): number[] {
  return kept.values[uses] ??= doubles(uses);
}

function stockPlan(group: Group, uses: StockUses, scale: Scale, ties: Tie[]): LanePlan['stock'][number] {
  const { table, leg } = group;
  const add = ({ option, gain }: Use): number => addUse(option, whole(gain, scale));
  const placed = (use: Use): Placed => ({ use: add(use), at: table.strike[leg[use.option] as number] as number });
  const plan = {
    ...lotsOf(group, (use) => draft.optionOf[use] as number),
    covered: uses.covered.map(add),
    protective: uses.protective.map(add),
    collars: uses.collars.map(({ limitedBy, calls, puts }) => ({ limitedBy, calls: calls.map(placed), puts: puts.map(placed) })),
    reversals: uses.reversals.map(({ put, call }) => ({ put: add(put), call: add(call) })),
  };
  for (const { calls, puts } of plan.collars) ties.push(matchingTie(calls, puts));
  for (const { put, call } of plan.reversals) ties.push(limitTie([{ use: put, amount: 1 }, { use: call, amount: -1 }], 0));
  const lots: Share[] = [];
  const take = (use: number): void => {
    lots.push({ use, amount: plan.lotOf(use) });
  };
  for (const use of plan.covered) take(use);
  for (const use of plan.protective) take(use);
  for (const { limitedBy, calls, puts } of plan.collars) for (const { use } of limitedBy === 'put' ? puts : calls) take(use);
  for (const { put } of plan.reversals) take(put);
  if (lots.length > 0) ties.push(limitTie(lots, plan.lots));
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
  const members: number[][] = [];
  let lastingBefore = 0;
  for (const day of daysOf(group, multiplier)) {
    const own: number[] = [];
    for (let option = 0; option < size; option += 1) {
      const instrument = leg[option] as number;
      if (isShort[option] && table.multiplier[instrument] === multiplier && (table.expiry[instrument] as number) <= day) own.push(option);
    }
    const shorts = own.length;
    for (let option = 0; option < size; option += 1) {
      const instrument = leg[option] as number;
      if (!isShort[option] && table.multiplier[instrument] === multiplier && (table.expiry[instrument] as number) >= day) own.push(option);
    }
    const lasting = own.length - shorts;
    if (lasting === 0) break;
    // Later days leave fewer long options, so that as many means the same ones, with more short ones.
    if (lasting === lastingBefore) members.pop();
    members.push(own);
    lastingBefore = lasting;
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
  const strikes = doubles(1);
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
  for (let place = list.length; place > at; place -= 1) list[place] = list[place - 1] as number;
  list[at] = value;
}

/**
 * Whole multiples of the finest decimal of all amounts, times a power of two that brings the largest near 1: the very
 * numbers that the explaining engine's program has. Null where it would have to round.
 */
function scaleOf({ table, size, inPlace }: Group, beside: StockUses | null, straddled: readonly StraddleUses[], grouped: readonly GroupClass[]): Scale | null {
  const unit = 10 ** table.moneyDigits;
  seen.divisor = unit;
  seen.largest = unit;
  for (let option = 0; option < size; option += 1) see(inPlace[option] as number);
  if (beside) {
    seeAll(beside.covered);
    seeAll(beside.protective);
    for (const { calls, puts } of beside.collars) {
      seeAll(calls);
      seeAll(puts);
    }
    for (const { put } of beside.reversals) see(put.gain);
  }
  for (const { calls, puts, pairs } of straddled) {
    seeAll(calls);
    seeAll(puts);
    for (const { gain } of pairs) see(gain);
  }
  for (const { amounts } of grouped) for (let index = 0; index < amounts.length; index += 1) see(amounts[index] as number);
  const { divisor, largest } = seen;
  if (digitsOf(unit / divisor) + digitsOf(largest / unit) > DIGITS_MAX + 1) return null;
  let step = 1;
  for (const most = (largest / unit) * (unit / divisor); most * step > 2; ) step /= 2;
  return { divisor, step };
}

/** The finest decimal and the largest of the amounts seen so far. */
const seen = { divisor: 0.5, largest: 0.5 };

function see(amount: number): void {
  while (!Number.isInteger(amount / seen.divisor)) seen.divisor /= 10;
  if (Math.abs(amount) > seen.largest) seen.largest = Math.abs(amount);
}

function seeAll(uses: readonly Use[]): void {
  for (let index = 0; index < uses.length; index += 1) see((uses[index] as Use).gain);
}

/** Digits before the point of what is not below 1. */
function digitsOf(amount: number): number {
  let digits = 1;
  for (let power = 10; power <= amount; power *= 10) digits += 1;
  return digits;
}
