import type { TriggerPrice } from '../../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';
import type { LegCharge } from './charge.ts';
import { isShort, type Leg } from './leg.ts';
import { ratedPrice } from './notional.ts';
import { added, greater, lesser, line, nearestZero, scaled, type Pieces } from './pieces.ts';
import { sizeRates } from './size-rates.ts';
import type { BracketTerms } from './terms.ts';
import { bracketsOf, mayBeNegative } from './tiers.ts';

/** A pool as its prices of trouble need it: totals, and each leg with what it is worth and asked. */
export interface PoolAtMark {
  equity: Decimal;
  maintenance: Decimal;
  /** Maintenance × this is where the venue liquidates. */
  liquidationLevel: Decimal;
  legs: readonly { leg: Leg; charge: LegCharge; gain: Figure }[];
  terms: BracketTerms;
}

/** Prices of one instrument at which a pool meets a line, all other prices unchanged. */
export interface Crossings {
  /** Equity meets maintenance. */
  call: TriggerPrice;
  /** Equity meets the level at which the venue liquidates. */
  liquidation: TriggerPrice;
  /** Nothing is left. */
  bankruptcy: TriggerPrice;
}

/** Places of a price that was solved for. Half-even. */
export const CROSSING_PLACES = 10;
const NONE: TriggerPrice = { down: null, up: null };
const ZERO = new Decimal(0);

/** A pool with what every instrument's prices need worked out once. */
interface Sorted extends PoolAtMark {
  byInstrument: ReadonlyMap<string, PoolAtMark['legs']>;
  byGroup: ReadonlyMap<string, PoolAtMark['legs']>;
  /** Cost of liquidation before it meets its most; zero where the venue has none. */
  rewardAtMark: Decimal;
}

/** The prices of trouble of a pool, by instrument; each worked out when it is first asked for. */
export function crossingsIn(pool: PoolAtMark): (instrument: string) => Crossings {
  const known = new Map<string, Crossings>();
  let sorted: Sorted | null = null;
  return (instrument) => {
    const before = known.get(instrument);
    if (before) return before;
    sorted ??= {
      ...pool,
      byInstrument: Map.groupBy(pool.legs, ({ leg }) => leg.instrument),
      byGroup: Map.groupBy(pool.legs, ({ leg }) => leg.group),
      rewardAtMark: rewardOf(pool.legs, pool.terms),
    };
    const made = crossingsOf(instrument, sorted);
    known.set(instrument, made);
    return made;
  };
}

/**
 * The nearest prices below and above the mark. Between the bounds of its tiers a leg's worth and requirement are straight
 * lines in the price (of a contract paid in coin, in 1 ÷ price), so inside a bracket the price has a closed form; the
 * bracket is the one at the solved price, because pieces end at their bounds. Where a tier's step carries equity below
 * the line, the bound is the answer. Roundings of a venue, which are far below a price's last place, are left out.
 */
function crossingsOf(instrument: string, pool: Sorted): Crossings {
  const own = pool.byInstrument.get(instrument) ?? [];
  const [first] = own;
  if (!first) return { call: NONE, liquidation: NONE, bankruptcy: NONE };
  const { price, inverse } = first.leg;
  const start = inverse ? new Decimal(1).div(price.amount) : price.amount;
  const ownGain = own.reduce((total, { gain }) => total.plus(gain.amount), ZERO);
  const equity = added([line(pool.equity.minus(ownGain), ZERO), ...own.map(({ leg, gain }) => gainLine(leg, gain.amount, start))]);
  const maintenance = maintenancePieces(own, pool);
  const at = (level: Decimal): TriggerPrice => {
    const distance = level.isZero() ? equity : added([equity, scaled(maintenance, level.neg())]);
    const [below, above] = ([-1, 1] as const).map((direction) => priceAt(nearestZero(distance, start, direction), inverse));
    // At nothing at all a pool may be used up, but is not called: there it is asked nothing either.
    const [nearer, farther] = [below, above].map((price) => (price === '0' && !level.isZero() ? null : (price ?? null))) as [string | null, string | null];
    return inverse ? { down: farther, up: nearer } : { down: nearer, up: farther };
  };
  const call = at(new Decimal(1));
  return { call, liquidation: pool.liquidationLevel.eq(1) ? call : at(pool.liquidationLevel), bankruptcy: at(ZERO) };
}

function priceAt(x: Decimal | null, inverse: boolean): string | null {
  if (x === null || (inverse && x.lte(0))) return null;
  const price = (inverse ? new Decimal(1).div(x) : x).toDecimalPlaces(CROSSING_PLACES, Decimal.ROUND_HALF_EVEN);
  return price.isNegative() && !price.isZero() ? null : toDecimalText(price);
}

function rateIntoPool({ conversion }: Leg): Decimal {
  return conversion.reduce((total, { amount }) => total.times(amount), new Decimal(1));
}

/** The leg's worth, funding included. What was paid out up to the mark moves with the price from here on. */
function gainLine(leg: Leg, gain: Decimal, start: Decimal): Pieces {
  const unit = leg.multiplier.times(rateIntoPool(leg));
  const funding = (leg.fundingShare?.amount ?? ZERO).times(leg.quantity);
  const slope = (leg.inverse ? leg.quantity.neg() : leg.quantity).minus(funding).times(unit);
  return line(gain.minus(slope.times(start)), slope);
}

/** The pool's maintenance as a function of x: everything else stands still. */
function maintenancePieces(own: PoolAtMark['legs'], pool: Sorted): Pieces {
  const { terms } = pool;
  const chargeAtMark = (entries: PoolAtMark['legs']): Decimal => entries.reduce((total, { charge }) => total.plus(charge.maintenance.amount), ZERO);
  const moving = own.map(({ leg }) => ({ leg, pieces: chargePieces(leg, terms) }));
  const reward = rewardPieces(own, pool);
  if (terms.netting.value !== 'greaterSide') {
    const still = pool.maintenance.minus(chargeAtMark(own)).minus(reward.atMark);
    return added([line(still, ZERO), ...moving.map(({ pieces }) => pieces), reward.pieces]);
  }
  const group = pool.byGroup.get(own[0]?.leg.group ?? '') ?? [];
  const sideAtMark = (short: boolean): Decimal => chargeAtMark(group.filter(({ leg }) => isShort(leg) === short));
  const still = pool.maintenance.minus(Decimal.max(sideAtMark(false), sideAtMark(true))).minus(reward.atMark);
  const side = (short: boolean): Pieces => {
    const others = chargeAtMark(group.filter(({ leg }) => isShort(leg) === short && leg.instrument !== own[0]?.leg.instrument));
    return added([line(others, ZERO), ...moving.filter(({ leg }) => isShort(leg) === short).map(({ pieces }) => pieces)]);
  };
  return added([line(still, ZERO), greater(side(false), side(true)), reward.pieces]);
}

/** What a leg is asked as a function of x, in the pool's currency. */
function chargePieces(leg: Leg, terms: BracketTerms): Pieces {
  const { rate, closingFee: fee = '0' } = leg.market.value;
  const size = leg.quantity.abs();
  const worse = terms.maintenancePrice.value === 'worse' ? worseFactor(leg) : new Decimal(1);
  const unit = size.times(leg.multiplier);
  // Notional value as a + b × x: at entry it does not move.
  const entry = ratedPrice(leg, terms.notionalAt.value, leg.price);
  const fixed = entry === leg.price ? null : leg.inverse ? unit.div(entry.amount) : unit.times(entry.amount);
  const notional = (factor: Decimal, constant = ZERO): Pieces => (fixed ? line(fixed.times(factor).plus(constant), ZERO) : line(constant, unit.times(worse).times(factor)));
  const ruled = rate.kind === 'tiers' ? tierPieces(leg, fixed, unit.times(worse), notional) : ratedPieces(leg, rate, size, notional);
  const loss = line(ZERO, unit.times(worse.minus(1).abs()));
  return scaled(added([ruled, notional(new Decimal(fee)), loss]), rateIntoPool(leg));
}

function tierPieces(leg: Leg, fixed: Decimal | null, unit: Decimal, notional: (factor: Decimal, constant?: Decimal) => Pieces): Pieces {
  const { rate } = leg.market.value;
  if (rate.kind !== 'tiers') return line(ZERO, ZERO);
  const brackets = bracketsOf(rate);
  const asked = ({ maintenance, amount }: (typeof brackets)[number]): Pieces => notional(maintenance, amount.neg());
  const constant = rate.by === 'contracts' ? leg.quantity.abs() : (fixed ?? (unit.isZero() ? ZERO : null));
  const floored = brackets.some(mayBeNegative);
  const floor = (pieces: Pieces): Pieces => (floored ? greater(pieces, line(ZERO, ZERO)) : pieces);
  if (constant) {
    const bracket = brackets.find(({ upTo }) => upTo === null || constant.lte(upTo)) ?? brackets.at(-1);
    return bracket ? floor(asked(bracket)) : line(ZERO, ZERO);
  }
  return floor(brackets.flatMap((bracket) => asked(bracket).map((piece) => ({ ...piece, from: bracket.from.div(unit) }))));
}

function ratedPieces(leg: Leg, rate: Exclude<Leg['market']['value']['rate'], { kind: 'tiers' }>, size: Decimal, notional: (factor: Decimal, constant?: Decimal) => Pieces): Pieces {
  const { maintenance, perPosition } = sizeRates(leg, rate, size);
  const factor = maintenance.reduce((total, { amount }) => total.times(amount), new Decimal(1));
  return notional(factor, perPosition && !size.isZero() ? perPosition.amount : ZERO);
}

/** How the worse price stands to the mark; the feed's bounds are taken to move with it. */
function worseFactor({ price, worsePrice, inverse }: Leg): Decimal {
  if (price.amount.isZero()) return new Decimal(1);
  return inverse ? price.amount.div(worsePrice.amount) : worsePrice.amount.div(price.amount);
}

/** Cost of liquidation of some legs for each unit of x; zero where the venue has none. */
function rewardSlope({ leg }: PoolAtMark['legs'][number], { liquidationReward }: BracketTerms): Decimal {
  return liquidationReward ? leg.quantity.abs().times(leg.multiplier).times(rateIntoPool(leg)).times(liquidationReward.value.rate) : ZERO;
}

function rewardOf(legs: PoolAtMark['legs'], terms: BracketTerms): Decimal {
  if (!terms.liquidationReward) return ZERO;
  return legs.reduce((total, entry) => total.plus(rewardSlope(entry, terms).times(entry.leg.inverse ? new Decimal(1).div(entry.leg.price.amount) : entry.leg.price.amount)), ZERO);
}

/** What liquidating the account would cost, which moves with the notional value of all its legs up to its most. */
function rewardPieces(own: PoolAtMark['legs'], { terms, rewardAtMark }: Sorted): { pieces: Pieces; atMark: Decimal } {
  if (!terms.liquidationReward) return { pieces: line(ZERO, ZERO), atMark: ZERO };
  const { most } = terms.liquidationReward.value;
  const all = line(rewardAtMark.minus(rewardOf(own, terms)), own.reduce((total, entry) => total.plus(rewardSlope(entry, terms)), ZERO));
  if (most === undefined) return { pieces: all, atMark: rewardAtMark };
  return { pieces: lesser(all, line(new Decimal(most), ZERO)), atMark: Decimal.min(rewardAtMark, most) };
}
