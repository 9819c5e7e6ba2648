import { Decimal } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';
import type { PoolMargin } from '../margin-model.ts';
import { distanceToZero, lineOf, stopWhereItTurns, type Direction, type Line, type Walk } from './line.ts';

/** Places of a call price: roots are rounded half-even to this, once. */
export const CALL_PRICE_PLACES = 10;
/** A book with more turns than this between here and the root is not searched further. */
const TURNS_MAX = 2_000;
const STEP = new Decimal(10).pow(-CALL_PRICE_PLACES);
/** Where every line runs on without a bend, a better pairing that starts to win later is looked for this far out. */
const FAR_TIMES = 1_000;

/** A pool as a function of one price. */
export interface Search {
  start: Decimal;
  /** The pool as it is. */
  first: Shocked;
  /** The pool with the instrument at another price. */
  at: (price: Decimal) => Shocked;
}

/** A pool's trees, and the node in them that is the instrument's price. */
export interface Shocked {
  margin: PoolMargin;
  leaf: Figure;
  depends: (figure: Figure) => boolean;
  /** Charges its pairings were chosen by, once they were asked for. */
  candidates: readonly Figure[] | null;
}

/**
 * Where the lines of the trees lead. A pool is charged under the pairing that asks least, so its excess is never
 * below what it would be under the pairing it has here. From above zero that pairing is followed, and paired anew only
 * where it meets zero. From below, between two bends of the charges a pairing may choose from, excess is the greatest of
 * straight lines: it can cross zero once on such a piece, and the lines lead back to that price.
 */
function followLines(search: Search, direction: Direction): Decimal | null {
  const { value } = pieceOf(search.first, search.start, direction).line;
  if (value.isZero()) return search.start;
  return value.isNegative() ? fromBelow(search, direction) : fromAbove(search, direction);
}

/** How often a search goes on behind a price that proved not to be one. */
const FALSE_ROOTS_MAX = 8;

/**
 * The nearest price at which excess is zero, or at which a cliff carries it across. Every answer is tried on the real
 * margin function: where a pairing was only the best found, the lines may lead past the crossing or short of it. Past
 * it, the crossing is closed in on; short of it, the search goes on from there.
 */
export function nearestRoot(search: Search, direction: Direction): Decimal | null {
  let from = search;
  for (let found = 0; found < FALSE_ROOTS_MAX; found += 1) {
    const root = followLines(from, direction);
    if (root === null || root.eq(search.start)) return root;
    const beyond = root.plus(STEP.times(2 * direction));
    const signBefore = excessSign(from.first);
    if (beyond.isNegative() || excessSign(from.at(root)) === 0) return root;
    const before = from.at(Decimal.max(root.minus(STEP.times(2 * direction)), 0));
    const after = from.at(beyond);
    if (excessSign(before) !== excessSign(after)) return root;
    if (excessSign(after) !== signBefore) return closeIn(from, root, signBefore);
    from = { start: beyond, first: after, at: from.at };
  }
  return null;
}

function excessSign({ margin }: Shocked): number {
  return signOf(margin.figures.excess.amount);
}

/** The crossing between the search's start and a price on the other side of the line, halved down to one step. */
function closeIn({ start, at }: Search, other: Decimal, signAtStart: number): Decimal {
  let [near, far] = [start, other];
  while (far.minus(near).abs().gt(STEP)) {
    const middle = near.plus(far).div(2).toDecimalPlaces(CALL_PRICE_PLACES, Decimal.ROUND_HALF_EVEN);
    if (middle.eq(near) || middle.eq(far)) break;
    if (excessSign(at(middle)) === signAtStart) near = middle;
    else far = middle;
  }
  return far;
}

function fromAbove({ start, first, at }: Search, direction: Direction): Decimal | null {
  let price = start;
  let shocked = first;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const { line, horizon } = pieceOf(shocked, price, direction);
    const distance = distanceAhead(line, direction);
    const root = distance && (!horizon || distance.lte(horizon)) ? price.plus(distance.times(direction)) : null;
    if (!root && !horizon) return null;
    const turning = root ?? price.plus((horizon as Decimal).times(direction));
    const beyond = justBeyond(turning, direction);
    if (beyond.isNegative()) return root && withinPrices(root);
    price = beyond;
    // Past a turn the same trees serve as long as everything they were built on holds; past a root they never do.
    const here = pieceOf(shocked, price, direction);
    if (root || !here.sameShape || !isAbove(here.line)) shocked = at(price);
    if (!isAbove(pieceOf(shocked, price, direction).line)) return withinPrices(turning);
  }
  return null;
}

function fromBelow({ start, first, at }: Search, direction: Direction): Decimal | null {
  let price = start;
  let shocked = first;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const { line, horizon } = pieceOf(shocked, price, direction, true);
    const distance = distanceAhead(line, direction);
    if (distance && (!horizon || distance.lte(horizon))) return leadBack(price.plus(distance.times(direction)), at, direction);
    const end = horizon ? price.plus(horizon.times(direction)) : farthest(price, direction);
    const beyond = justBeyond(end, direction);
    const inside = justBeyond(end, direction === 1 ? -1 : 1);
    if (beyond.isNegative()) return isBelow(at(Decimal.max(end, 0)), Decimal.max(end, 0), direction) ? null : leadBack(Decimal.max(end, 0), at, direction);
    price = beyond;
    shocked = at(price);
    if (!isBelow(shocked, price, direction)) return inside.isNegative() || isBelow(at(inside), inside, direction) ? withinPrices(end) : leadBack(inside, at, direction);
    if (!horizon) return null;
  }
  return null;
}

/** From a price at which excess is not negative back to where it turned so, along the lines of ever nearer pairings. */
function leadBack(from: Decimal, at: Search['at'], direction: Direction): Decimal | null {
  let root = from;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const inside = root.toDecimalPlaces(CALL_PRICE_PLACES, direction > 0 ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL);
    const { line } = pieceOf(at(inside), inside, direction === 1 ? -1 : 1);
    if (!isAbove(line) || line.slope.isZero()) return withinPrices(root);
    const next = inside.minus(line.value.div(line.slope));
    if (next.minus(root).abs().lt(STEP)) return withinPrices(next);
    root = next;
  }
  return withinPrices(root);
}

function farthest(price: Decimal, direction: Direction): Decimal {
  return direction < 0 ? new Decimal(0) : price.plus(1).times(FAR_TIMES);
}

function justBeyond(price: Decimal, direction: Direction): Decimal {
  return price.toDecimalPlaces(CALL_PRICE_PLACES, direction > 0 ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL).plus(STEP.times(direction));
}

function isAbove({ value }: Line): boolean {
  return value.gt(0);
}

function isBelow(shocked: Shocked, price: Decimal, direction: Direction): boolean {
  return pieceOf(shocked, price, direction).line.value.lt(0);
}

/** Made once for each pool, since most searches never ask. */
export function candidatesOf(shocked: Shocked): readonly Figure[] {
  shocked.candidates ??= shocked.margin.candidates.flatMap((made) => made());
  return shocked.candidates;
}

/** Excess as a line from here on. */
interface Piece {
  line: Line;
  /** How far the line holds; null when it does for every price ahead. */
  horizon: Decimal | null;
  /** Whether every branch that a rule took is the same at this price. */
  sameShape: boolean;
}

function pieceOf(shocked: Shocked, price: Decimal, direction: Direction, withCandidates = false): Piece {
  const { margin, leaf, depends } = shocked;
  const walk: Walk = { leaf, at: price, direction, depends, lines: new Map(), nearest: null };
  const line = lineOf(margin.figures.excess, walk);
  if (withCandidates) {
    // Read before the thresholds: charges made only now may bring some of their own.
    for (const figure of candidatesOf(shocked)) lineOf(figure, walk);
  }
  for (const threshold of margin.thresholds) stopWhereItTurns(threshold, walk);
  return { line, horizon: walk.nearest, sameShape: margin.thresholds.every((figure) => signOf(figure.amount) === signOf(lineOf(figure, walk).value)) };
}

function signOf(amount: Decimal): number {
  return amount.isZero() ? 0 : amount.isNegative() ? -1 : 1;
}

/** Distance to zero along the direction; null when the line leads away from it. */
function distanceAhead({ value, slope }: Line, direction: Direction): Decimal | null {
  const distance = distanceToZero(value, slope.times(direction));
  return distance && !distance.isNegative() ? distance : null;
}

/** A root below zero is no price. */
function withinPrices(price: Decimal): Decimal | null {
  const rounded = price.toDecimalPlaces(CALL_PRICE_PLACES, Decimal.ROUND_HALF_EVEN);
  return rounded.isNegative() && !rounded.isZero() ? null : rounded;
}
