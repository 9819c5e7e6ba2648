import { Decimal } from '../../../shared/money.ts';
import { exp } from '../pricing/elementary.ts';
import { outOfMoneyPrice } from '../pricing/european.ts';
import { moneyness, type GridContents, type GridExpiry, type GridFuture, type GridOption } from './legs.ts';
import type { GridScenario, VenueGridSection } from './section.ts';
import { shockedVol, staticDiscount } from './shocks.ts';

/** Places that time values and discounts are kept to: beyond them they are noise of doubles. */
const PLACES = 15;
const ZERO = new Decimal(0);
const UNMOVED: GridScenario = { price: '1', vol: 'none', counts: '1', tail: false };

/** What one scenario does to a pool, in its currency: each part, and what counts of their sum. */
export interface ScenarioResult {
  scenario: GridScenario;
  /** `gain` is charged as a loss in a skew scenario. */
  expiries: { expiry: GridExpiry; value: Decimal; now: Decimal; discount: Decimal; gain: Decimal }[];
  futures: { future: GridFuture; gain: Decimal }[];
  /** Gain of the collateral that moves with the spot. */
  collateral: Decimal;
  total: Decimal;
}

/**
 * The price of one option in the pool's currency after a move: Black (1976) on the moved forward, discounted by the
 * expiry's rate. Only the time value, which a call and a put of one strike share, is a double: parity holds exactly, and
 * a box is worth what its strikes say.
 */
export function optionPrice(option: GridOption, expiry: GridExpiry, scenario: GridScenario, grid: Pick<VenueGridSection, 'vol' | 'skew'>): Decimal {
  const vol = shockedVol(option.vol, scenario, expiry.years, moneyness(option, expiry.forward.price.amount), grid);
  const forward = expiry.forward.price.amount.times(scenario.price);
  const timeValue = new Decimal(outOfMoneyPrice(Number(forward), Number(option.strike), vol * Math.sqrt(expiry.years))).toDecimalPlaces(PLACES);
  const inTheMoney = option.terms.right === 'call' ? forward.minus(option.strike) : option.strike.minus(forward);
  return Decimal.max(0, inTheMoney).plus(timeValue).times(discountOf(expiry));
}

function discountOf({ rate, years }: GridExpiry): Decimal {
  return new Decimal(exp(-rate * years)).toDecimalPlaces(PLACES);
}

/** Units × price over the options of an expiry. */
export function expiryValue(expiry: GridExpiry, scenario: GridScenario, grid: Pick<VenueGridSection, 'vol' | 'skew'>): Decimal {
  return expiry.options.reduce((total, option) => total.plus(option.units.times(optionPrice(option, expiry, scenario, grid))), ZERO);
}

export function valueNow(expiry: GridExpiry): Decimal {
  return expiryValue(expiry, UNMOVED, {});
}

/** A linear future gains units × price × move; an inverse one, in coin, units / price × (1 − 1 / (1 + move)). */
export function futureGain({ units, quote, isInverse }: GridFuture, price: Decimal): Decimal {
  const mark = quote.price.amount;
  if (!isInverse) return units.times(mark).times(price.minus(1));
  return price.isZero() ? units.div(mark).times(-1e9) : units.div(mark).times(new Decimal(1).minus(new Decimal(1).div(price))).toDecimalPlaces(PLACES + 5);
}

/** `moving` is the value of the collateral that moves with the spot. */
export function runScenario(scenario: GridScenario, contents: GridContents, now: ReadonlyMap<GridExpiry, Decimal>, moving: Decimal, grid: VenueGridSection): ScenarioResult {
  const isSkew = scenario.vol === 'linear' || scenario.vol === 'absolute';
  const price = new Decimal(scenario.price);
  const expiries = contents.expiries.map((expiry) => {
    const value = expiryValue(expiry, scenario, grid);
    const discount = new Decimal(staticDiscount(!value.gt(0), expiry.rate, expiry.years, grid.discount)).toDecimalPlaces(PLACES);
    const before = now.get(expiry) ?? ZERO;
    const gain = value.times(discount).minus(before);
    return { expiry, value, now: before, discount, gain: isSkew ? gain.abs().neg() : gain };
  });
  const futures = contents.futures.map((future) => ({ future, gain: isSkew ? ZERO : futureGain(future, price) }));
  const collateral = isSkew ? ZERO : moving.times(price.minus(1));
  const sum = [...expiries, ...futures].reduce((total, { gain }) => total.plus(gain), collateral);
  return { scenario, expiries, futures, collateral, total: sum.times(scenario.counts) };
}

/** Forwards apart from spot: what each expiry alone loses in the worse of two moves, scaled by its life. Zero or less. */
export function basisLoss(contents: GridContents, now: ReadonlyMap<GridExpiry, Decimal>, grid: VenueGridSection): { total: Decimal; parts: { expiry: GridExpiry; loss: Decimal; scale: Decimal }[] } {
  const { basis } = grid;
  if (!basis) return { total: ZERO, parts: [] };
  const parts = contents.expiries.map((expiry) => {
    const moves = [basis.up, basis.down].map((price) => expiryValue(expiry, { ...UNMOVED, price }, grid).minus(now.get(expiry) ?? ZERO));
    const scale = new Decimal(basis.added).plus(new Decimal(basis.multiple).times(expiry.years)).toDecimalPlaces(PLACES);
    return { expiry, loss: Decimal.min(ZERO, ...moves), scale };
  });
  return { total: parts.reduce((sum, { loss, scale }) => sum.plus(loss.times(scale)), ZERO), parts };
}
