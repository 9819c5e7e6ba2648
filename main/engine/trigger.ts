import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { TriggerPrice } from '../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import type { AccountInput, MarketInput, PoolInput } from './input.ts';
import type { Figure } from './figure/figure.ts';
import type { PoolMargin } from './margin-model.ts';
import { viewMarket } from './market/market-view.ts';
import type { PackShelf } from './packs/shelf.ts';
import { marginPool } from './pool-margin.ts';
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
  /** The pool with the instrument at a price, and the node of that price in its trees. */
  at: (price: Decimal) => Shocked;
}
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
    const margin = marginPool(account, pool, view, shelf);
    const leaf = view.price(instrument) as Figure;
    return { margin, leaf, depends: dependenceOn(leaf) };
  };
  const { margin, depends } = at(start);
  return depends(margin.figures.excess) ? { start, at } : null;
}

/** Walks from piece to piece until excess crosses zero. */
function nearestRoot({ start, at }: Search, direction: Direction): Decimal | null {
  let price = start;
  let shocked = at(price);
  if (shocked.margin.figures.excess.amount.isZero()) return price;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const { line, horizon } = piece(shocked, price, direction);
    const distance = distanceAhead(line, direction);
    if (distance && (!horizon || distance.lte(horizon))) return withinPrices(price.plus(distance.times(direction)));
    if (!horizon) return null;
    const turning = price.plus(horizon.times(direction));
    const beyond = turning.toDecimalPlaces(CALL_PRICE_PLACES, direction > 0 ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL).plus(STEP.times(direction));
    if (beyond.isNegative()) return null;
    const expected = line.value.plus(line.slope.times(horizon.times(direction)));
    price = beyond;
    shocked = at(price);
    const found = shocked.margin.figures.excess.amount;
    // Zero passed inside the step, by a kink or by a cliff: the turning price is where it happened.
    if (found.isZero() || expected.isNegative() !== found.isNegative()) return withinPrices(turning);
  }
  return null;
}

/** Excess as a line from here on, and how far the line holds; null when it holds for every price ahead. */
function piece({ margin, leaf, depends }: Shocked, price: Decimal, direction: Direction): { line: Line; horizon: Decimal | null } {
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
  return { line, horizon: walk.nearest };
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
