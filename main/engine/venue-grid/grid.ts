import { Decimal } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';
import { exp } from '../pricing/elementary.ts';
import { outOfMoneyPrice } from '../pricing/european.ts';
import { moneyness, type GridContents, type GridExpiry, type GridFuture, type GridOption } from './legs.ts';
import type { GridScenario, VenueGridSection } from './section.ts';
import { shockedVol, staticDiscount } from './shocks.ts';

/** Places that time values and discounts are kept to: beyond them they are noise of doubles. */
const PLACES = 15;
/** Places of an amount in coin that had to be divided. */
export const COIN_PLACES = 20;
const LEAST_MOVE = new Decimal('1e-9');
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
  /** What counts of their sum, before a far move is dampened. */
  counted: Decimal;
  /** The most that a far move is dampened by; null where it is not. */
  allowance: Figure | null;
  total: Decimal;
}

type Priced = Pick<VenueGridSection, 'vol' | 'skew' | 'inverse'>;

/**
 * The price of one option after a move, in what it is paid out in: Black (1976) on the moved forward, discounted by the
 * expiry's rate; in coin, that divided by the moved spot (or undiscounted by the moved forward, where a venue prices by
 * it). Only the time value, which a call and a put of one strike share, is a double: parity holds exactly, and a box is
 * worth what its strikes say.
 */
export function optionPrice(option: GridOption, expiry: GridExpiry, scenario: GridScenario, grid: Priced): Decimal {
  const vol = shockedVol(option.vol, scenario, expiry.years, moneyness(option, expiry.forward.price.amount), grid);
  const forward = expiry.forward.price.amount.times(scenario.price);
  const timeValue = new Decimal(outOfMoneyPrice(Number(forward), Number(option.strike), vol * Math.sqrt(expiry.years))).toDecimalPlaces(PLACES);
  const inTheMoney = option.terms.right === 'call' ? forward.minus(option.strike) : option.strike.minus(forward);
  const price = Decimal.max(0, inTheMoney).plus(timeValue);
  if (!expiry.isInverse) return price.times(discountOf(expiry));
  // Where the coin is worth nothing a put on it is owed without end: as for futures, a thousand-millionth stands for nothing.
  const moved = new Decimal(scenario.price).isZero() ? LEAST_MOVE : new Decimal(scenario.price);
  const byForward = grid.inverse?.pricedBy === 'forward';
  const coin = (byForward ? expiry.forward : expiry.spot).price.amount.times(moved);
  return price.times(byForward ? 1 : discountOf(expiry)).div(coin).toDecimalPlaces(COIN_PLACES);
}

function discountOf({ rate, years }: GridExpiry): Decimal {
  return new Decimal(exp(-rate * years)).toDecimalPlaces(PLACES);
}

/** Units × price over the options of an expiry, in the pool's currency. */
export function expiryValue(expiry: GridExpiry, scenario: GridScenario, grid: Priced): Decimal {
  return expiry.options.reduce((total, option) => total.plus(option.units.times(optionPrice(option, expiry, scenario, grid))), ZERO).times(expiry.into);
}

export function valueNow(expiry: GridExpiry, grid: Pick<VenueGridSection, 'inverse'>): Decimal {
  return expiryValue(expiry, UNMOVED, pricedAlike(grid));
}

/** The price of one option as the market stands, in what it is paid out in. */
export function priceNow(option: GridOption, expiry: GridExpiry, grid: Pick<VenueGridSection, 'inverse'>): Decimal {
  return optionPrice(option, expiry, UNMOVED, pricedAlike(grid));
}

/** Without the shocks of volatilities. */
function pricedAlike({ inverse }: Pick<VenueGridSection, 'inverse'>): Priced {
  return inverse ? { inverse } : {};
}

/** In the pool's currency. A linear future gains units × price × move; an inverse one, in coin, units / price × (1 − 1 / (1 + move)). */
export function futureGain({ units, quote, isInverse, into }: GridFuture, price: Decimal): Decimal {
  const mark = quote.price.amount;
  if (!isInverse) return units.times(mark).times(price.minus(1));
  return (price.isZero() ? units.div(mark).times(-1e9) : units.div(mark).times(new Decimal(1).minus(new Decimal(1).div(price)))).toDecimalPlaces(COIN_PLACES).times(into);
}

/** `moving` is the value of the collateral that moves with the spot. */
export function runScenario(scenario: GridScenario, contents: GridContents, now: ReadonlyMap<GridExpiry, Decimal>, moving: Decimal, grid: VenueGridSection, allowance: Figure | null): ScenarioResult {
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
  const counted = sum.times(scenario.counts);
  const dampened = allowance ? Decimal.min(allowance.amount, counted.abs()) : ZERO;
  return { scenario, expiries, futures, collateral, counted, allowance, total: counted.isNegative() ? counted.plus(dampened) : counted.minus(dampened) };
}

/** Forwards apart from spot: what each expiry alone loses in the worse of two moves, scaled by its life. Zero or less. */
export function basisLoss(contents: GridContents, now: ReadonlyMap<GridExpiry, Decimal>, grid: VenueGridSection): { total: Decimal; parts: { expiry: GridExpiry; loss: Decimal; scale: Decimal }[] } {
  const { basis } = grid;
  if (!basis) return { total: ZERO, parts: [] };
  const parts = contents.expiries.map((expiry) => {
    // The forward moves alone: what is divided by the spot is divided by the spot of now.
    const alone = (price: string): Decimal => (expiry.isInverse && grid.inverse?.pricedBy !== 'forward' ? new Decimal(price) : new Decimal(1));
    const moves = [basis.up, basis.down].map((price) => expiryValue(expiry, { ...UNMOVED, price }, grid).times(alone(price)).minus(now.get(expiry) ?? ZERO));
    const scale = new Decimal(basis.added).plus(new Decimal(basis.multiple).times(expiry.years)).toDecimalPlaces(PLACES);
    return { expiry, loss: Decimal.min(ZERO, ...moves), scale };
  });
  return { total: parts.reduce((sum, { loss, scale }) => sum.plus(loss.times(scale)), ZERO), parts };
}
