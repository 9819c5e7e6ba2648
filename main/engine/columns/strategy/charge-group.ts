import { workFor } from '../../strategy/optimal-pairing.ts';
import { besideStock, eachStraddle } from '../../strategy/pairing/decode.ts';
import { search } from '../../strategy/pairing/search.ts';
import { greedyValues } from '../../strategy/pairing/start.ts';
import type { GroupLeg } from '../../strategy/pairing/ties.ts';
import type { StrategyKind } from '../../strategy/pairing.ts';
import { chargeCollar, chargeCovered, chargeLongShares, chargeProtected, chargeReversal, chargeShortShares, chargeStraddle, type Stacks } from './charges.ts';
import { formulate, valuesFor, type LanePlan } from './formulation.ts';
import type { Group } from './group.ts';
import { chargeSingle, chargeSpread, type SpreadLeg } from './split-spread.ts';
import { multiplierOf } from './stock-uses.ts';

/** How a group came to its pairing. */
export const ALONE = 0;
export const SEARCHED = 1;
/** Searched, and the work ran out before it was proved: a gap may be left. */
export const NOT_PROVED = 2;
/** For the explaining engine. */
export const NOT_IN_LANE = 3;

/** Adds what a group asks under its least pairing; how it came to that. Adds nothing where the group is not in the lane. */
export function chargeGroup(into: Stacks, group: Group): number {
  if (!couldPair(group)) return chargeAlone(into, group);
  const plan = formulate(group);
  if (!plan) return NOT_IN_LANE;
  const { program } = plan;
  if (!somethingGains(program.gains)) return chargeAlone(into, group);
  const found = search(program, greedyValues(plan, valuesFor(program.gains.length)), longsOf(group), workFor(group.size));
  chargeFound(into, group, plan, found.values);
  return found.complete ? SEARCHED : NOT_PROVED;
}

function somethingGains(gains: readonly number[]): boolean {
  for (let use = 0; use < gains.length; use += 1) if ((gains[use] as number) > 0) return true;
  return false;
}

const longs: number[] = [];

/** Which options are long, in room that is used anew. */
function longsOf({ size, isShort }: Group): number[] {
  for (let option = 0; option < size; option += 1) longs[option] = isShort[option] ? 0 : 1;
  return longs;
}

function couldPair({ size, stock, isShort }: Group): boolean {
  if (size === 0) return false;
  if (stock >= 0) return true;
  for (let option = 0; option < size; option += 1) if (isShort[option]) return true;
  return false;
}

function chargeAlone(into: Stacks, group: Group): number {
  for (let option = 0; option < group.size; option += 1) chargeSingle(into, group, option, group.count[option] as number);
  chargeShares(into, group, Math.abs(group.shares));
  return ALONE;
}

function chargeShares(into: Stacks, group: Group, shares: number): void {
  if (shares <= 0 || group.stock < 0) return;
  if (group.shares > 0) chargeLongShares(into, group, shares, group.table.price[group.stock] as number);
  else chargeShortShares(into, group, shares);
}

/** What the strategies that values stand for ask, and what is left of each holding alone. */
function chargeFound(into: Stacks, group: Group, plan: LanePlan, values: number[]): void {
  const { optionOf } = plan.program;
  const left = group.count.slice(0, group.size);
  let shares = Math.abs(group.shares);
  const option = (use: number): number => optionOf[use] as number;
  const make = (kind: StrategyKind, [first, second]: readonly number[], contracts: number): void => {
    if (contracts <= 0) return;
    const one = option(first as number);
    left[one] = (left[one] as number) - contracts;
    if (kind !== 'straddle') shares -= contracts * multiplierOf(group, one);
    if (second === undefined) {
      (kind === 'protectivePut' || kind === 'protectiveCall' ? chargeProtected : chargeCovered)(into, group, one, contracts);
      return;
    }
    const other = option(second);
    left[other] = (left[other] as number) - contracts;
    (kind === 'collar' ? chargeCollar : kind === 'reversal' ? chargeReversal : chargeStraddle)(into, group, one, other, contracts);
  };
  for (const beside of plan.stock) besideStock(beside, group.shares < 0, values, make);
  eachStraddle(plan, values, (uses, contracts) => make('straddle', uses, contracts));
  for (const { legs } of plan.groups) {
    const taken: SpreadLeg[] = [];
    for (let index = 0; index < legs.length; index += 1) {
      const { use } = legs[index] as GroupLeg;
      const count = values[use] as number;
      if (count <= 0) continue;
      taken.push({ option: option(use), count });
      left[option(use)] = (left[option(use)] as number) - count;
    }
    if (taken.length > 0) chargeSpread(into, group, taken);
  }
  for (let one = 0; one < group.size; one += 1) chargeSingle(into, group, one, left[one] as number);
  chargeShares(into, group, shares);
}
