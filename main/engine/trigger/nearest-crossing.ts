import type { TriggerPrice } from '../../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';

/** A pool's distance to a line (money, zero on it) as a function of one price, for searches where it is no known line. */
export interface PriceFunction {
  start: Decimal;
  /** The real margin function with the price there; asked for prices above zero alone, of at most `places` decimals. */
  at: (price: Decimal) => Decimal;
  /** Decimals of the prices that are looked for. */
  places: number;
}

/** Prices to look at on each side of the start, in any order: between two of them the function is taken to cross once at most. */
export interface Raster {
  down: readonly Decimal[];
  up: readonly Decimal[];
}

const HALVINGS_MAX = 200;
/** Every so many guesses the middle is taken, so that a curve cannot keep the secant at one of its ends. */
const MIDDLE_EVERY = 3;

/**
 * The prices nearest below and above the start at which the function is zero, or changes its sign at a jump: the first
 * price on the other side, to the last decimal. Standing on zero is there already, on both sides. Prices end above zero:
 * at nothing at all options have no price, and a line that is only met there is met by no price.
 */
export function nearestCrossings(found: PriceFunction, { down, up }: Raster): TriggerPrice {
  const { start, at, places } = found;
  const now: End = { price: start, distance: at(start) };
  if (now.distance.isZero()) return { down: toDecimalText(start), up: toDecimalText(start) };
  const smallest = new Decimal(10).pow(-places);
  const below = prices(down, places).filter((price) => price.lt(start) && price.gt(smallest));
  const last = start.gt(smallest) ? [smallest] : [];
  return { down: nearest(found, now, [...below.toReversed(), ...last]), up: nearest(found, now, prices(up, places).filter((price) => price.gt(start))) };
}

/** So many prices below and above the start, a share of it apart. */
export function evenRaster(start: Decimal, share: string, farthest: number): Raster {
  const step = start.times(share);
  const below = Math.ceil(1 / Number(share)) - 1;
  const above = Math.ceil((farthest - 1) / Number(share));
  const from = (count: number, sign: 1 | -1): Decimal[] => Array.from({ length: count }, (_, index) => start.plus(step.times(sign * (index + 1))));
  return { down: from(below, -1), up: from(above, 1) };
}

/** Prices above the start that grow by a factor each, up to `farthest` times the start. */
export function growing(start: Decimal, factor: string, farthest: number): Decimal[] {
  const found: Decimal[] = [];
  for (let next = start.times(factor); next.lte(start.times(farthest)); next = next.times(factor)) found.push(next);
  return found;
}

/** Rising, each once, with the decimals that are looked for. */
function prices(raster: readonly Decimal[], places: number): Decimal[] {
  const rising = raster.map((price) => price.toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN)).toSorted((a, b) => a.cmp(b));
  return rising.filter((price, index) => index === 0 || !price.eq(rising[index - 1] as Decimal));
}

function nearest({ at, places }: PriceFunction, now: End, way: readonly Decimal[]): string | null {
  const side = now.distance.isNegative();
  let near = now;
  for (const price of way) {
    const distance = at(price);
    if (distance.isZero()) return toDecimalText(price);
    if (distance.isNegative() !== side) return toDecimalText(closeIn(near, { price, distance }, at, places));
    near = { price, distance };
  }
  return null;
}

interface End {
  price: Decimal;
  distance: Decimal;
}

/** Secants between two prices on different sides, which land on the crossing of a straight line at once; halving where it is none. */
function closeIn(near: End, far: End, at: PriceFunction['at'], places: number): Decimal {
  const step = new Decimal(10).pow(-places);
  for (let turn = 1; turn <= HALVINGS_MAX && far.price.minus(near.price).abs().gt(step); turn += 1) {
    const price = guess(near, far, turn % MIDDLE_EVERY === 0, step, places);
    const distance = at(price);
    if (distance.isZero()) return price;
    if (distance.isNegative() === near.distance.isNegative()) near = { price, distance };
    else far = { price, distance };
  }
  return far.price;
}

/** Strictly between both ends: a secant that lands on one of them is moved one step inside, which ends the search from the other side. */
function guess(near: End, far: End, middle: boolean, step: Decimal, places: number): Decimal {
  const [low, high] = near.price.lt(far.price) ? [near.price.plus(step), far.price.minus(step)] : [far.price.plus(step), near.price.minus(step)];
  const share = middle ? new Decimal('0.5') : near.distance.div(near.distance.minus(far.distance));
  const price = near.price.plus(far.price.minus(near.price).times(share)).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN);
  return Decimal.max(low, Decimal.min(high, price));
}
