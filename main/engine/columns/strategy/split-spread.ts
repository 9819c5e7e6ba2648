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
  if (legs.length === 2 && chargePair(into, group, legs)) return;
  let rest = legs;
  if (rest.length <= SPLIT_LEGS_MAX) {
    for (let pair = pairWithin(group, rest); pair; pair = pairWithin(group, rest)) {
      chargeVertical(into, group, pair.short, pair.long, pair.count);
      rest = without(rest, pair);
      if (rest.length === 0) return;
    }
  }
  const short = rest.find(({ option }) => group.isShort[option]);
  if (short && rest.length === 2 && chargePair(into, group, rest)) return;
  if (short) chargeLoss(into, (lossOf(group, rest) ?? 0) * multiplierOf(group, short.option) * group.table.one);
  for (const { option, count } of rest) if (!group.isShort[option]) chargeLongOption(into, group, option, count, short !== undefined);
}

/** Charges two legs that are one vertical; false where they are not. */
function chargePair(into: Stacks, group: Group, legs: readonly SpreadLeg[]): boolean {
  const [first, second] = legs as [SpreadLeg, SpreadLeg];
  const [short, long] = group.isShort[first.option] ? [first, second] : [second, first];
  if (!group.isShort[short.option] || group.isShort[long.option] || short.count !== long.count || !canSpread(group, short.option, long.option)) return false;
  chargeVertical(into, group, short.option, long.option, short.count);
  return true;
}

interface Pair {
  short: number;
  long: number;
  count: number;
}

/** One right, and the long option lasts at least as long; a group's options deliver the same. */
function canSpread({ table, leg }: Group, short: number, long: number): boolean {
  const ofShort = leg[short] as number;
  const ofLong = leg[long] as number;
  return table.isCall[ofShort] === table.isCall[ofLong] && (table.expiry[ofLong] as number) >= (table.expiry[ofShort] as number);
}

/** The first pair whose loss and the rest's add up to the whole's: all of it, then what is left of it where another leg takes its own number. */
function pairWithin(group: Group, legs: readonly SpreadLeg[]): Pair | null {
  const whole = lossOf(group, legs);
  if (whole === null) return null;
  const inParts = legs.length <= PART_LEGS_MAX;
  for (let first = 0; first < legs.length; first += 1) {
    const { option: short, count: shorts } = legs[first] as SpreadLeg;
    if (!group.isShort[short]) continue;
    for (let second = 0; second < legs.length; second += 1) {
      const { option: long, count: longs } = legs[second] as SpreadLeg;
      if (group.isShort[long] || !canSpread(group, short, long)) continue;
      const most = Math.min(shorts, longs);
      if (comesOut(group, legs, whole, short, long, most)) return { short, long, count: most };
      if (!inParts) continue;
      for (let other = 0; other < legs.length; other += 1) {
        const { count } = legs[other] as SpreadLeg;
        if (count < most && comesOut(group, legs, whole, short, long, most - count)) return { short, long, count: most - count };
      }
    }
  }
  return null;
}

function comesOut(group: Group, legs: readonly SpreadLeg[], whole: number, short: number, long: number, count: number): boolean {
  const apart = count * lossOfPair(group, short, long);
  if (apart > whole) return false;
  const left = lossOf(group, legs, short, long, count);
  return left !== null && apart + left <= whole;
}

/** Largest loss of a short and a long contract of one right, in prices for each unit of the multiplier. */
function lossOfPair({ table, leg }: Group, short: number, long: number): number {
  const by = (table.strike[leg[long] as number] as number) - (table.strike[leg[short] as number] as number);
  return Math.max(0, table.isCall[leg[short] as number] === 1 ? by : -by);
}

function without(legs: readonly SpreadLeg[], { short, long, count }: Pair): SpreadLeg[] {
  const rest: SpreadLeg[] = [];
  for (const leg of legs) {
    const left = leg.option === short || leg.option === long ? leg.count - count : leg.count;
    if (left > 0) rest.push({ option: leg.option, count: left });
  }
  return rest;
}

/** Largest loss over every price, in prices for each unit of the multiplier, of what a pair leaves; null when it has no limit. */
function lossOf({ table, leg, isShort }: Group, legs: readonly SpreadLeg[], short = -1, long = -1, taken = 0): number | null {
  const size = legs.length;
  let beyond = 0;
  for (let index = 0; index < size; index += 1) {
    const { option, count } = legs[index] as SpreadLeg;
    const left = option === short || option === long ? count - taken : count;
    if (table.isCall[leg[option] as number] === 1) beyond += isShort[option] ? left : -left;
  }
  if (beyond > 0) return null;
  let worst = 0;
  for (let at = -1; at < size; at += 1) {
    const point = at < 0 ? 0 : (table.strike[leg[(legs[at] as SpreadLeg).option] as number] as number);
    let loss = 0;
    for (let index = 0; index < size; index += 1) {
      const { option, count } = legs[index] as SpreadLeg;
      const left = option === short || option === long ? count - taken : count;
      const instrument = leg[option] as number;
      const by = point - (table.strike[instrument] as number);
      const pays = table.isCall[instrument] === 1 ? by : -by;
      if (pays > 0) loss += isShort[option] ? left * pays : -left * pays;
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
