import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { TriggerPrice } from '../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import type { AccountInput, MarketInput, PoolInput } from './input.ts';
import type { Figure } from './figure/figure.ts';
import type { PoolMargin } from './margin-model.ts';
import { viewMarket } from './market/market-view.ts';
import type { PackShelf } from './packs/shelf.ts';
import { marginPoolOf } from './sweep.ts';
import { distanceToZero } from './trigger/closed-form.ts';
import { dependenceOn, lineOf, stopWhereItTurns, stopWhereTheyMeet, type Direction, type Line, type Walk } from './trigger/line.ts';

export { longCallPrice, marketValueAtCall, shortCallPrice } from './trigger/closed-form.ts';

/** Places of a call price: roots are rounded half-even to this, once. */
export const CALL_PRICE_PLACES = 10;
/** A book with more turns than this between here and the root is not searched further. */
const TURNS_MAX = 2_000;
const STEP = new Decimal(10).pow(-CALL_PRICE_PLACES);
/** Shocked prices have more decimals than quoted ones; nothing of a shocked pool is written down. */
const DECIMALS_WHILE_SHOCKED = 45;

/**
 * The prices of one instrument, nearest below and above its mark, at which equity equals house maintenance in a pool that
 * holds it (or options on it), all other prices frozen. Found on the real margin function, piece by piece, so the roots
 * are exact, then rounded. Where a rule's cliff carries excess across zero without touching it, the cliff's price is the
 * answer. Null where there is none, and where the instrument has no mark. With several pools, the nearest of them.
 */
export function callPrice(account: AccountInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId): TriggerPrice {
  const down: Decimal[] = [];
  const up: Decimal[] = [];
  for (const pool of account.pools) {
    // A pool that is kept at its requirement is never called; its losses are in the excess of the pool that keeps it.
    if (pool.id === account.sweep?.to) continue;
    const search = searchOf(account, pool, market, shelf, instrument);
    const below = search && nearestRoot(search, -1);
    const above = search && nearestRoot(search, 1);
    if (below) down.push(below);
    if (above) up.push(above);
  }
  return { down: down.length === 0 ? null : toDecimalText(Decimal.max(...down)), up: up.length === 0 ? null : toDecimalText(Decimal.min(...up)) };
}

/** A pool as a function of one price. */
interface Search {
  start: Decimal;
  /** The pool as it is. */
  first: Shocked;
  /** The pool with the instrument at another price. */
  at: (price: Decimal) => Shocked;
}

/** A pool's trees, and the node in them that is the instrument's price. */
interface Shocked {
  margin: PoolMargin;
  leaf: Figure;
  depends: (figure: Figure) => boolean;
}

function searchOf(account: AccountInput, pool: PoolInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId): Search | null {
  const mark = market.marks.get(instrument);
  const start = viewMarket(market).price(instrument)?.amount;
  if (!mark || !start) return null;
  const at = (price: Decimal): Shocked => {
    const marks = new Map(market.marks).set(instrument, { ...mark, value: toDecimalText(price) });
    const view = viewMarket({ ...market, marks }, DECIMALS_WHILE_SHOCKED);
    const margin = marginPoolOf(account, pool, view, shelf);
    const leaf = view.price(instrument) as Figure;
    return { margin, leaf, depends: dependenceOn(leaf) };
  };
  const first = at(start);
  return first.depends(first.margin.figures.excess) ? { start, first, at } : null;
}

/**
 * Walks from piece to piece until excess crosses zero. Past a turn the same trees serve, followed at the new price, as long
 * as everything they were built on still holds there; otherwise the pool is computed anew.
 */
function nearestRoot({ start, first, at }: Search, direction: Direction): Decimal | null {
  let price = start;
  let here = pieceOf(first, price, direction);
  let shocked = first;
  if (here.line.value.isZero()) return price;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const { line, horizon } = here;
    const distance = distanceAhead(line, direction);
    if (distance && (!horizon || distance.lte(horizon))) return withinPrices(price.plus(distance.times(direction)));
    if (!horizon) return null;
    const turning = price.plus(horizon.times(direction));
    const beyond = turning.toDecimalPlaces(CALL_PRICE_PLACES, direction > 0 ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL).plus(STEP.times(direction));
    if (beyond.isNegative()) return null;
    const expected = line.value.plus(line.slope.times(horizon.times(direction)));
    price = beyond;
    here = pieceOf(shocked, price, direction);
    if (!here.sameShape) {
      shocked = at(price);
      here = pieceOf(shocked, price, direction);
    }
    // Zero passed inside the step, by a kink or by a cliff: the turning price is where it happened.
    if (here.line.value.isZero() || expected.isNegative() !== here.line.value.isNegative()) return withinPrices(turning);
  }
  return null;
}

/** Excess as a line from here on. */
interface Piece {
  line: Line;
  /** How far the line holds; null when it does for every price ahead. */
  horizon: Decimal | null;
  /** Whether the pool, computed at this price, would have trees of the same shape. */
  sameShape: boolean;
}

function pieceOf({ margin, leaf, depends }: Shocked, price: Decimal, direction: Direction): Piece {
  const walk: Walk = { leaf, at: price, direction, depends, lines: new Map(), nearest: null };
  const line = lineOf(margin.figures.excess, walk);
  for (const threshold of margin.thresholds) stopWhereItTurns(threshold, walk);
  for (const ordering of margin.orderings) {
    for (const [index, saving] of ordering.entries()) {
      stopWhereItTurns(saving, walk);
      const next = ordering[index + 1];
      if (next) stopWhereTheyMeet(saving, next, walk);
    }
  }
  return { line, horizon: walk.nearest, sameShape: holdsHere(margin, walk) };
}

/** Every branch that was taken, and every order in which pairs were taken, is the same at the walk's price. */
function holdsHere({ thresholds, orderings }: PoolMargin, walk: Walk): boolean {
  const now = (figure: Figure): Decimal => lineOf(figure, walk).value;
  if (thresholds.some((figure) => signOf(figure.amount) !== signOf(now(figure)))) return false;
  return orderings.every((ordering) =>
    ordering.every((saving, index) => {
      const next = ordering[index + 1];
      return signOf(saving.amount) === signOf(now(saving)) && (!next || saving.amount.cmp(next.amount) === now(saving).cmp(now(next)));
    }),
  );
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
