import { americanPrice, earlyExerciseKind, extrapolate, STEPS } from './american.ts';
import { escrowedSpot, type CashDividend } from './dividends.ts';
import { exp, logRatio } from './elementary.ts';
import { blackScholes, forwardPrice } from './european.ts';
import type { LatticeToday } from './lattice.ts';
import { normalDensity, normalDistribution } from './normal.ts';

/**
 * Price and sensitivities of one option on one unit. Delta and gamma by spot; vega for volatility up by 1.00 (÷ 100 for a
 * point); theta for one year of time passing (÷ 365 for a day), usually negative; rho for the rate up by 1.00.
 */
export interface Greeks {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
  readonly rho: number;
}

/** The derivative of Black's undiscounted price by the forward: ±Φ(±d₁). One half at the strike without volatility. */
export function blackDelta(forward: number, strike: number, volSqrtT: number, isCall: boolean): number {
  const deviations = deviationsInTheMoney(forward, strike, volSqrtT);
  return isCall ? normalDistribution(deviations) : -normalDistribution(-deviations);
}

/** d₁ = ln(forward ÷ strike) ÷ σ√T + σ√T ÷ 2; its limits where volatility, strike or forward is zero. */
function deviationsInTheMoney(forward: number, strike: number, volSqrtT: number): number {
  if (volSqrtT > 0 && forward > 0 && strike > 0) return logRatio(forward, strike) / volSqrtT + 0.5 * volSqrtT;
  if (forward === strike) return 0;
  return forward > strike ? Infinity : -Infinity;
}

/** Closed form. Without volatility or time, gamma and vega are zero and delta is that of what will be exercised. */
export function europeanGreeks(spot: number, strike: number, years: number, volatility: number, rate: number, dividendYield: number, isCall: boolean): Greeks {
  const rootT = Math.sqrt(years);
  const total = volatility * rootT;
  const sign = isCall ? 1 : -1;
  const d1 = deviationsInTheMoney(forwardPrice(spot, rate, dividendYield, years), strike, total);
  const carried = spot * exp(-dividendYield * years);
  const density = total > 0 ? normalDensity(d1) : 0;
  const inUnits = sign * carried * normalDistribution(sign * d1);
  const inStrike = sign * strike * exp(-rate * years) * normalDistribution(sign * (d1 - total));
  return {
    price: blackScholes(spot, strike, years, volatility, rate, dividendYield, isCall),
    delta: sign * exp(-dividendYield * years) * normalDistribution(sign * d1),
    gamma: density > 0 ? (carried * density) / (spot * spot * total) : 0,
    vega: carried * density * rootT,
    theta: dividendYield * inUnits - rate * inStrike - (density > 0 ? (carried * density * volatility) / (2 * rootT) : 0),
    rho: years * inStrike,
  };
}

const VOLATILITY_BUMP = 1e-3;
const RATE_BUMP = 1e-4;

/**
 * American: delta and gamma as slopes of the price, with cash dividends from the lattice; theta from the equation that price,
 * delta and gamma obey while waiting is best, zero where exercise is; vega and rho by pricing with volatility and rate a
 * little up and down. With cash dividends, delta and gamma are by the spot and theta is that between dividends.
 */
export function americanGreeks(
  spot: number,
  strike: number,
  years: number,
  volatility: number,
  rate: number,
  dividendYield: number,
  isCall: boolean,
  dividends: readonly CashDividend[] = [],
  steps: number = STEPS,
): Greeks {
  const priceAt = (volatility: number, rate: number) => americanPrice(spot, strike, years, volatility, rate, dividendYield, isCall, dividends, steps);
  const price = priceAt(volatility, rate);
  const base = escrowedSpot(spot, years, rate, dividends);
  const kind = earlyExerciseKind(years, rate, dividendYield, isCall);
  if (!(years > 0 && volatility > 0 && base > 0) || (kind === 'never' && !(isCall && base < spot))) {
    // A put that is never exercised early may still have dividends: they lower the spot it is an option on.
    const greeks = europeanGreeks(base, strike, years, volatility, rate, dividendYield, isCall);
    return base === spot ? { ...greeks, price } : { ...greeks, price, rho: slope(priceAt, volatility, rate, 'rate') };
  }
  if (kind === 'boundary' && base === spot) bySpot(today, price, spot, volatility * Math.sqrt(years), (moved) => americanPrice(moved, strike, years, volatility, rate, dividendYield, isCall));
  else extrapolate(today, base, strike, years, volatility, rate, dividendYield, isCall, dividends, steps);
  const { delta, gamma } = today;
  const exercised = isCall ? spot - strike : strike - spot;
  const decay = (rate - dividendYield) * base * delta + 0.5 * volatility * volatility * base * base * gamma;
  return {
    price,
    delta,
    gamma,
    vega: slope(priceAt, volatility, rate, 'volatility'),
    theta: price > exercised ? rate * price - decay : 0,
    rho: slope(priceAt, volatility, rate, 'rate'),
  };
}

/** First and second slope of a price that is smooth in the spot, over a hundredth of the spot's spread. */
function bySpot(found: LatticeToday, price: number, spot: number, total: number, priceAt: (spot: number) => number): void {
  const step = spot * Math.min(0.01, 0.01 * total);
  const up = priceAt(spot + step) - price;
  const down = price - priceAt(spot - step);
  found.delta = (up + down) / (2 * step);
  found.gamma = (up - down) / (step * step);
}

const today: LatticeToday = { price: 0, delta: 0, gamma: 0 };

function slope(priceAt: (volatility: number, rate: number) => number, volatility: number, rate: number, by: 'volatility' | 'rate'): number {
  if (by === 'rate') return (priceAt(volatility, rate + RATE_BUMP) - priceAt(volatility, rate - RATE_BUMP)) / (2 * RATE_BUMP);
  const bump = volatility > VOLATILITY_BUMP ? VOLATILITY_BUMP : 0.5 * volatility;
  return (priceAt(volatility + bump, rate) - priceAt(volatility - bump, rate)) / (2 * bump);
}
