import { PART_LEGS_MAX, SPLIT_LEGS_MAX } from '../../strategy/split-spread.ts';
import { chargeLongOption, chargeLoss, chargeShortOption, chargeVertical, type Stacks } from './charges.ts';
import type { Group } from './group.ts';
import { multiplierOf } from './stock-uses.ts';

/** Contracts of an option in a group that is charged by its largest loss. */
export interface SpreadLeg {
  option: number;
  count: number;
}

/**
 * `strategy/split-spread.ts` in numbers: pairs that can be taken out of a group without the total growing are verticals of
 * their own, which may ask less of the exchange; what remains is one group. Adds what all of it asks.
 */
export function chargeSpread(into: Stacks, group: Group, legs: SpreadLeg[]): void {
  let rest = legs;
  if (rest.length <= SPLIT_LEGS_MAX) {
    for (let pair = pairWithin(group, rest); pair; pair = pairWithin(group, rest)) {
      chargeVertical(into, group, pair.short, pair.long, pair.count);
      rest = without(rest, pair);
    }
  }
  const shorts = rest.filter(({ option }) => group.isShort[option]);
  if (shorts.length === 0) {
    for (const { option, count } of rest) chargeLongOption(into, group, option, count, false);
    return;
  }
  const [first, second] = rest;
  if (rest.length === 2 && first && second && isPair(group, first, second)) {
    const [short, long] = group.isShort[first.option] ? [first, second] : [second, first];
    chargeVertical(into, group, short.option, long.option, short.count);
    return;
  }
  chargeLoss(into, (lossOf(group, rest) ?? 0) * multiplierOf(group, (shorts[0] as SpreadLeg).option) * group.table.one);
  for (const { option, count } of rest) if (!group.isShort[option]) chargeLongOption(into, group, option, count, true);
}

interface Pair {
  short: number;
  long: number;
  count: number;
}

function isPair(group: Group, a: SpreadLeg, b: SpreadLeg): boolean {
  const [short, long] = group.isShort[a.option] ? [a, b] : [b, a];
  return group.isShort[short.option] === true && group.isShort[long.option] === false && short.count === long.count && canSpread(group, short.option, long.option);
}

/** One right, and the long option lasts at least as long; a group's options deliver the same. */
function canSpread({ table, leg }: Group, short: number, long: number): boolean {
  const [ofShort, ofLong] = [leg[short] as number, leg[long] as number];
  return table.isCall[ofShort] === table.isCall[ofLong] && (table.expiry[ofLong] as number) >= (table.expiry[ofShort] as number);
}

/** The first pair whose loss and the rest's add up to the whole's. */
function pairWithin(group: Group, legs: readonly SpreadLeg[]): Pair | null {
  const whole = lossOf(group, legs);
  if (whole === null) return null;
  for (const short of legs) {
    if (!group.isShort[short.option]) continue;
    for (const long of legs) {
      if (group.isShort[long.option] || !canSpread(group, short.option, long.option)) continue;
      for (const count of sizesOf(short.count, long.count, legs)) {
        const pair = { short: short.option, long: long.option, count };
        const apart = lossOf(group, [{ option: short.option, count }, { option: long.option, count }]);
        const left = apart === null || apart > whole ? null : lossOf(group, without(legs, pair));
        if (apart !== null && left !== null && apart + left <= whole) return pair;
      }
    }
  }
  return null;
}

/** All of a pair, then what is left of it where another leg takes its own number of contracts. */
function sizesOf(short: number, long: number, legs: readonly SpreadLeg[]): number[] {
  const sizes = [Math.min(short, long)];
  const [whole = 0] = sizes;
  if (legs.length > PART_LEGS_MAX) return sizes;
  for (const { count } of legs) if (count < whole && !sizes.includes(whole - count)) sizes.push(whole - count);
  return sizes;
}

function without(legs: readonly SpreadLeg[], { short, long, count }: Pair): SpreadLeg[] {
  const rest: SpreadLeg[] = [];
  for (const leg of legs) {
    const left = leg.option === short || leg.option === long ? leg.count - count : leg.count;
    if (left > 0) rest.push({ option: leg.option, count: left });
  }
  return rest;
}

/** Largest loss over every price, in prices for each unit of the multiplier; null when it has no limit. */
function lossOf({ table, leg, isShort }: Group, legs: readonly SpreadLeg[]): number | null {
  let beyond = 0;
  for (const { option, count } of legs) if (table.isCall[leg[option] as number] === 1) beyond += isShort[option] ? count : -count;
  if (beyond > 0) return null;
  let worst = 0;
  for (let at = -1; at < legs.length; at += 1) {
    const point = at < 0 ? 0 : (table.strike[leg[(legs[at] as SpreadLeg).option] as number] as number);
    let loss = 0;
    for (const { option, count } of legs) {
      const instrument = leg[option] as number;
      const by = point - (table.strike[instrument] as number);
      const pays = table.isCall[instrument] === 1 ? by : -by;
      if (pays > 0) loss += isShort[option] ? count * pays : -count * pays;
    }
    if (loss > worst) worst = loss;
  }
  return worst;
}

/** What nothing was paired with stands alone. */
export function chargeSingle(into: Stacks, group: Group, option: number, contracts: number): void {
  if (contracts <= 0) return;
  if (group.isShort[option]) chargeShortOption(into, group, option, contracts);
  else chargeLongOption(into, group, option, contracts, false);
}
