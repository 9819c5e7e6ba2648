import { Decimal } from '../../../shared/money.ts';
import type { OptionHolding } from '../pool/holding.ts';
import { ZERO } from './context.ts';
import type { Leg, PairedStrategy } from './pairing.ts';
import { intrinsic, strikesOf } from './spread.ts';
import { canSpread } from './vertical.ts';

/**
 * A group charged by its largest loss, told in parts a clerk knows: pairs that can be taken out without the total growing
 * are verticals, calendars and diagonals of their own; what remains is one group.
 */
export function splitSpread(legs: readonly Leg<OptionHolding>[]): PairedStrategy[] {
  const parts: PairedStrategy[] = [];
  let rest = [...legs];
  const small = rest.length <= SPLIT_LEGS_MAX;
  for (let pair = small ? pairWithin(rest) : null; pair; pair = pairWithin(rest)) {
    parts.push({ kind: 'vertical', legs: pair });
    rest = without(rest, pair);
  }
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
  return short.holding.quantity.isNegative() && !long.holding.quantity.isNegative() && short.quantity.eq(long.quantity) && canSpread(short.holding, long.holding);
}

/** The first pair whose loss and the rest's add up to the whole's. */
function pairWithin(legs: readonly Leg<OptionHolding>[]): Leg<OptionHolding>[] | null {
  const whole = lossOf(legs);
  if (whole === null) return null;
  for (const short of legs.filter(({ holding }) => holding.quantity.isNegative())) {
    for (const long of legs.filter(({ holding }) => !holding.quantity.isNegative())) {
      if (!canSpread(short.holding, long.holding)) continue;
      for (const quantity of sizesOf(short, long, legs)) {
        const pair = [{ holding: short.holding, quantity }, { holding: long.holding, quantity }];
        const [apart, left] = [lossOf(pair), lossOf(without(legs, pair))];
        if (apart !== null && left !== null && apart.plus(left).lte(whole)) return pair;
      }
    }
  }
  return null;
}

/** All of a pair, or what is left of it where another leg of the group takes its own number of contracts. */
function sizesOf(short: Leg, long: Leg, legs: readonly Leg[]): Decimal[] {
  const whole = Decimal.min(short.quantity, long.quantity);
  if (legs.length > PART_LEGS_MAX) return [whole];
  const texts = new Set([whole, ...legs.map(({ quantity }) => whole.minus(quantity))].filter((size) => size.gt(0)).map((size) => size.toFixed()));
  return [...texts].map((text) => new Decimal(text));
}

function without(legs: readonly Leg<OptionHolding>[], taken: readonly Leg<OptionHolding>[]): Leg<OptionHolding>[] {
  return legs.flatMap(({ holding, quantity }) => {
    const left = quantity.minus(taken.find((leg) => leg.holding === holding)?.quantity ?? ZERO);
    return left.gt(0) ? [{ holding, quantity: left }] : [];
  });
}

/** Largest loss of a group over every price, in the options' currency for each unit of the multiplier; null when it has no limit. */
function lossOf(legs: readonly Leg<OptionHolding>[]): Decimal | null {
  const signed = ({ holding, quantity }: Leg<OptionHolding>): Decimal => (holding.quantity.isNegative() ? quantity : quantity.neg());
  const beyond = legs.filter(({ holding }) => holding.terms.right === 'call').reduce((total: Decimal, leg) => total.plus(signed(leg)), ZERO);
  if (beyond.gt(0)) return null;
  return strikesOf(legs).reduce((worst: Decimal, point) => {
    const loss = legs.reduce((total: Decimal, leg) => total.plus(signed(leg).times(intrinsic(leg.holding, point))), ZERO);
    return Decimal.max(worst, loss);
  }, ZERO);
}
