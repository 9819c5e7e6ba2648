import type { TriggerPrice } from '../../../shared/domain/margin-state.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import type { MarginModel } from '../margin-model.ts';
import { viewMarket, type MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { preparePool, type PreparedPool } from '../pool/prepare-pool.ts';
import { growing, nearestCrossings, type Raster } from '../trigger/nearest-crossing.ts';
import { CROSSING_PLACES, type Crossings } from './crossings.ts';
import type { Leg } from './leg.ts';
import { bracketsOf } from './tiers.ts';

/** A bracket pool with add-ons, as the search for its prices of trouble needs it. */
export interface SearchedPool {
  pool: PreparedPool;
  market: MarketView;
  rules: Rules;
  model: MarginModel;
  legs: readonly Leg[];
  /** Of the whole pool at the mark. */
  equity: Decimal;
  /** Maintenance × this is where the venue liquidates. */
  liquidationLevel: Decimal;
  /** Whether an add-on may jump as a price moves: one for concentration does. */
  jumps: boolean;
  /** What the venue alone would say: exact, and never nearer than what add-ons leave of a pool that stands. */
  ofVenue: (instrument: string) => Crossings;
}

/**
 * Parts that the way down to nothing, and to what the venue alone would say, is looked at in, and steps upwards. Where nothing
 * jumps, excess bends downwards nearly everywhere, so that of a pool that stands few prices need to be looked at. One that
 * does not may rise above the line for a short way only, and where an add-on jumps it may fall below it for one.
 */
const FEW = { parts: 2, factorUp: '4' };
const MANY = { parts: 8, factorUp: '1.5' };
const FARTHEST = 1_000;
/** Digits that a shocked price may have; nothing of a shocked pool is written down. */
const DECIMALS_WHILE_SHOCKED = 45;
/** Of the bounds of a feed that moves with a price: far finer than the price, so that a small one is not found beside its place. */
const BOUND_PLACES = 2 * CROSSING_PLACES;
const ONE = new Decimal(1);

/**
 * The prices of trouble of a pool whose requirement is more than the venue's: add-ons look at the pool as a whole, so the
 * real margin function is asked, add-ons and all, at the bounds of the market's tiers, on the way to what the venue alone
 * would say, and beyond. Bankruptcy is the venue's own: add-ons take no equity.
 */
export function searchedCrossings(found: SearchedPool): (instrument: string) => Crossings {
  const known = new Map<string, Crossings>();
  return (instrument) => {
    const before = known.get(instrument);
    if (before) return before;
    const made = crossingsOf(instrument, found);
    known.set(instrument, made);
    return made;
  };
}

function crossingsOf(instrument: string, found: SearchedPool): Crossings {
  const venue = found.ofVenue(instrument);
  const [leg] = found.legs.filter((one) => one.instrument === instrument);
  if (!leg || !leg.price.amount.gt(0)) return venue;
  const at = shockedPool(leg, found);
  const to = (level: Decimal, ofVenue: TriggerPrice): TriggerPrice => {
    const distance = (price: Decimal): Decimal => {
      const { equity, maintenance } = at(price);
      return equity.minus(maintenance.times(level));
    };
    return nearestCrossings({ start: leg.price.amount, at: distance, places: CROSSING_PLACES }, rasterOf(leg, [venue.call, venue.liquidation, ofVenue], found.jumps || distance(leg.price.amount).isNegative() ? MANY : FEW));
  };
  const call = to(ONE, venue.call);
  return { call, liquidation: found.liquidationLevel.eq(1) ? call : to(found.liquidationLevel, venue.liquidation), bankruptcy: venue.bankruptcy };
}

interface Standing {
  equity: Decimal;
  maintenance: Decimal;
}

/** The whole pool with one contract's price, and the bounds of its feed with it, elsewhere; each price computed once. */
function shockedPool(leg: Leg, { pool, market, rules, model, equity }: SearchedPool): (price: Decimal) => Standing {
  const { instrument } = leg;
  const start = leg.price.amount;
  const mark = market.input.marks.get(instrument);
  const bounds = market.input.bounds?.get(instrument);
  const known = new Map<string, Standing>();
  // A row without a price to count from has been paid out up to the mark, and gains or loses from there.
  const positions = pool.input.positions.map((row) => (row.instrument === instrument && (row.settledPrice ?? row.entryPrice) === null ? { ...row, settledPrice: toDecimalText(start) } : row));
  const input = { ...pool.input, positions };
  const at = (price: Decimal): Standing => {
    const moved = (text: string): string => toDecimalText(fromDecimalText(text).times(price).div(start).toDecimalPlaces(BOUND_PLACES));
    const view = viewMarket(
      {
        ...market.input,
        marks: mark ? new Map(market.input.marks).set(instrument, { ...mark, value: toDecimalText(price) }) : market.input.marks,
        ...(bounds ? { bounds: new Map(market.input.bounds).set(instrument, { low: moved(bounds.low), high: moved(bounds.high) }) } : {}),
      },
      DECIMALS_WHILE_SHOCKED,
    );
    const { figures } = model({ ...preparePool(pool.account, input, view, rules), cash: pool.cash, ...(pool.overlay ? { overlay: pool.overlay } : {}) }, view, rules);
    return { equity: figures.equity.amount, maintenance: figures.maintenance.amount };
  };
  // A leg that has too many digits at some price is set aside there, and its gain with it: that is no crossing.
  const still = equity.minus(at(start).equity);
  return (price) => {
    const text = price.toFixed();
    const before = known.get(text);
    if (before) return before;
    const there = at(price);
    const standing = { equity: there.equity.plus(still), maintenance: there.maintenance };
    known.set(text, standing);
    return standing;
  };
}

/** The bounds of the tiers, and parts of the way to what the venue alone would say. */
function rasterOf(leg: Leg, ofVenue: readonly TriggerPrice[], { parts: count, factorUp }: typeof FEW): Raster {
  const start = leg.price.amount;
  const ends = ofVenue.flatMap(({ down, up }) => [down, up]).flatMap((price) => (price === null || price === '0' ? [] : [new Decimal(price)]));
  const parts = [new Decimal(0), ...ends].flatMap((end) => Array.from({ length: count }, (_, index) => start.plus(end.minus(start).times(index + 1).div(count))));
  const bounds = boundsOf(leg).flatMap((bound) => [bound, bound.times('1.000001')]);
  const all = [...parts, ...bounds, ...growing(start, factorUp, FARTHEST)].filter((price) => price.gt(0));
  return { down: all, up: all };
}

/** Prices at which the leg passes into another tier, where its charge may jump there: everywhere else tiers join. */
function boundsOf({ market: { value }, quantity, multiplier, inverse, ...leg }: Leg): Decimal[] {
  const { rate } = value;
  const size = quantity.abs().times(multiplier);
  if (rate.kind !== 'tiers' || rate.by !== 'notional' || size.isZero()) return [];
  if (rate.apply === 'slices' || (rate.apply === 'amount' && rate.tiers.every(({ amount }) => amount === undefined))) return [];
  const worse = leg.worsePrice.amount.isZero() ? ONE : leg.price.amount.div(leg.worsePrice.amount);
  return bracketsOf(rate).flatMap(({ upTo }) => (upTo === null ? [] : [(inverse ? size.div(upTo) : upTo.div(size)).times(worse)]));
}
