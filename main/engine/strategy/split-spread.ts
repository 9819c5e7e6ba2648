import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import type { OptionHolding } from '../pool/holding.ts';
import type { Leg, PairedStrategy } from './pairing.ts';

/**
 * A group charged by its largest loss, told in parts a clerk knows: pairs that can be taken out without the total growing
 * are verticals, calendars and diagonals of their own; what remains is one group. The options of a group deliver the same.
 */
export function splitSpread(legs: readonly Leg<OptionHolding>[]): PairedStrategy[] {
  const { parts, rest } = legs.length > SPLIT_LEGS_MAX ? { parts: [], rest: legs } : pairsTakenOut(legs);
  if (rest.length === 0) return parts;
  const single = rest.every(({ holding }) => !holding.quantity.isNegative());
  if (single) return [...parts, ...rest.map((leg): PairedStrategy => ({ kind: 'single', legs: [leg] }))];
  const [first, second] = rest;
  return [...parts, { kind: rest.length === 2 && first && second && isPair(first, second) ? 'vertical' : 'spread', legs: rest }];
}

/** Larger groups stay whole: looking for parts would cost more time than the pairing itself. */
export const SPLIT_LEGS_MAX = 12;
/** Of groups up to here parts of a pair are tried too: an iron condor may have more contracts on one side. */
export const PART_LEGS_MAX = 6;

function isPair(a: Leg<OptionHolding>, b: Leg<OptionHolding>): boolean {
  const [short, long] = a.holding.quantity.isNegative() ? [a, b] : [b, a];
  return short.holding.quantity.isNegative() && !long.holding.quantity.isNegative() && short.quantity.eq(long.quantity) && lasts(short.holding, long.holding);
}

/** One right, and the long option lasts at least as long. */
function lasts({ terms: short }: OptionHolding, { terms: long }: OptionHolding): boolean {
  return short.right === long.right && long.expiry >= short.expiry;
}

/** A leg in whole numbers, which are as exact as decimals and much faster: contracts, and what one of them pays at each price at which the group can turn. */
interface Counted {
  holding: OptionHolding;
  isShort: boolean;
  count: bigint;
  pays: readonly bigint[];
}

interface Pair {
  short: Counted;
  long: Counted;
  count: bigint;
}

function pairsTakenOut(legs: readonly Leg<OptionHolding>[]): { parts: PairedStrategy[]; rest: readonly Leg<OptionHolding>[] } {
  const unit = wholesIn(legs.map(({ quantity }) => quantity));
  const inContracts = ({ holding }: Counted, count: bigint): Leg<OptionHolding> => ({ holding, quantity: new Decimal(count.toString()).div(unit) });
  const parts: PairedStrategy[] = [];
  let left = counted(legs, unit);
  for (let pair = pairWithin(left); pair; pair = pairWithin(left)) {
    const { short, long, count } = pair;
    parts.push({ kind: 'vertical', legs: [inContracts(short, count), inContracts(long, count)] });
    left = left.map((leg) => (leg === short || leg === long ? { ...leg, count: leg.count - count } : leg)).filter((leg) => leg.count > 0n);
  }
  return { parts, rest: parts.length === 0 ? legs : left.map((leg) => inContracts(leg, leg.count)) };
}

/** How many of the finest part of these are one. */
function wholesIn(amounts: readonly Decimal[]): Decimal {
  return new Decimal(10).pow(Math.max(0, ...amounts.map((amount) => amount.decimalPlaces())));
}

function counted(legs: readonly Leg<OptionHolding>[], unit: Decimal): Counted[] {
  const prices = legs.map(({ holding }) => fromDecimalText(holding.terms.strike));
  const perPrice = wholesIn(prices);
  const strikes = prices.map((price) => BigInt(price.times(perPrice).toFixed()));
  // Intrinsic values are straight between strikes, and below the lowest one down to nothing.
  const points = [...new Set([0n, ...strikes])];
  return legs.map(({ holding, quantity }, at) => {
    const strike = strikes[at] as bigint;
    const isCall = holding.terms.right === 'call';
    const pays = points.map((point) => atLeastNothing(isCall ? point - strike : strike - point));
    return { holding, isShort: holding.quantity.isNegative(), count: BigInt(quantity.times(unit).toFixed()), pays };
  });
}

/** The first pair whose loss and the rest's add up to the whole's; none where the loss has no limit. */
function pairWithin(legs: readonly Counted[]): Pair | null {
  const beyond = legs.reduce((total, { holding, isShort, count }) => (holding.terms.right === 'put' ? total : isShort ? total + count : total - count), 0n);
  if (beyond > 0n) return null;
  const losses = (legs[0]?.pays ?? []).map((_, point) => legs.reduce((total, { isShort, count, pays }) => (isShort ? total + count * (pays[point] as bigint) : total - count * (pays[point] as bigint)), 0n));
  const whole = largest(losses);
  for (const short of legs) {
    if (!short.isShort) continue;
    for (const long of legs) {
      if (long.isShort || !lasts(short.holding, long.holding)) continue;
      const each = short.pays.map((pays, point) => pays - (long.pays[point] as bigint));
      const loss = largest(each);
      const comesOut = (count: bigint): boolean => count > 0n && count * loss <= whole && count * loss + largest(losses.map((all, point) => all - count * (each[point] as bigint))) <= whole;
      const count = sizesOf(short, long, legs).find(comesOut);
      if (count !== undefined) return { short, long, count };
    }
  }
  return null;
}

/** All of a pair, or what is left of it where another leg of the group takes its own number of contracts. */
function sizesOf(short: Counted, long: Counted, legs: readonly Counted[]): bigint[] {
  const whole = short.count < long.count ? short.count : long.count;
  return legs.length > PART_LEGS_MAX ? [whole] : [whole, ...legs.map(({ count }) => whole - count)];
}

function largest(losses: readonly bigint[]): bigint {
  return losses.reduce((most, loss) => (loss > most ? loss : most), 0n);
}

function atLeastNothing(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
