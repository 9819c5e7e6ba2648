import { exp, log } from '../pricing/elementary.ts';
import type { GridScenario, VenueGridSection } from './section.ts';

const DAYS_A_YEAR = 365;

/** What a scenario multiplies a volatility by. `years` to expiry; `moneyness` is ln(strike / forward). */
export function volMultiple(scenario: Pick<GridScenario, 'vol'>, years: number, moneyness: number, grid: Pick<VenueGridSection, 'vol' | 'skew'>): number {
  if (scenario.vol === 'linear' || scenario.vol === 'absolute') return grid.skew ? skewMultiple(scenario.vol, years, moneyness, grid.skew) : 1;
  if (scenario.vol === 'none' || !grid.vol) return 1;
  const days = years * DAYS_A_YEAR;
  const power = Number(days <= 30 ? grid.vol.powerUpTo30Days : grid.vol.powerBeyond);
  const term = exp(power * log(30 / Math.max(days, Number(grid.vol.floorDays))));
  return scenario.vol === 'up' ? 1 + Number(grid.vol.rangeUp) * term : Math.max(0, 1 - Number(grid.vol.rangeDown) * term);
}

/** The volatility after the scenario, never below zero; one shocked up is at least the pack's least. */
export function shockedVol(vol: number, scenario: Pick<GridScenario, 'vol'>, years: number, moneyness: number, grid: Pick<VenueGridSection, 'vol' | 'skew'>): number {
  const shocked = Math.max(0, vol * volMultiple(scenario, years, moneyness, grid));
  return scenario.vol === 'up' && grid.vol ? Math.max(shocked, Number(grid.vol.leastUp)) : shocked;
}

/**
 * Volatilities tilted along the strikes (linear) or raised away from the forward on both sides (absolute), up to a cap.
 * The cap bounds on the side of its own sign, so that a cap below zero bounds nothing on the other.
 */
function skewMultiple(kind: 'linear' | 'absolute', years: number, moneyness: number, skew: NonNullable<VenueGridSection['skew']>): number {
  const root = Math.sqrt(years);
  const width = Math.max(Number(skew.leastWidth), Number(skew.widthScale) * root * (Number(skew.vol0) + Number(skew.volSlope) * root));
  if (kind === 'absolute') {
    const cap = Number(skew.absoluteCap) + Number(skew.absoluteCapSlope) * root;
    return 1 + Math.min(cap, (cap * Math.abs(moneyness)) / width);
  }
  const cap = Number(skew.linearCap) + Number(skew.linearCapSlope) * root;
  const tilt = (cap * moneyness) / width;
  return 1 + (moneyness >= 0 ? Math.min(cap, tilt) : Math.max(-cap, tilt));
}

/** Share of an expiry's value that counts after a move: less of what is owned, more of what is owed. `rate` is not below 0. */
export function staticDiscount(isOwed: boolean, rate: number, years: number, discount: VenueGridSection['discount']): number {
  if (!discount) return 1;
  if (!isOwed) return Number(discount.long) * exp(-years * (rate * Number(discount.longRateMultiple) + Number(discount.longRateAdded)));
  return Math.min(1 / exp(-rate * years), Number(discount.short) / exp(-years * (rate * Number(discount.shortRateMultiple) + Number(discount.shortRateAdded))));
}
