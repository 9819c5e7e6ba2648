import type { Program, Row } from './program.ts';

/** Binary places kept of a price. Whatever the prices, they prove a bound, so that rounding them only loosens it. */
const PRICE_PLACES = 40;

/**
 * The most quanta that any whole numbers can gain, proved in whole-number arithmetic without trusting the search: for any
 * prices of rows that are not negative, and add up to no more than 1 over a loss's rows, the gain is at most
 * Σ price × limit + Σ contracts × the best of (gain − priced use). Rounded down, since gains are whole numbers of quanta.
 */
export function provedBound(program: Program, rows: readonly Row[], prices: readonly number[]): bigint {
  const { counts, optionOf, gains, quantum } = program;
  const whole = fittingPrices(program, rows, prices);
  const one = 1n << BigInt(PRICE_PLACES);
  const net = Array.from(gains, (gain) => BigInt(Math.round(gain / quantum)) * one);
  let bound = 0n;
  rows.forEach(({ from, coefficients, limit, loss }, row) => {
    const price = whole[row] as bigint;
    if (price === 0n) return;
    const scale = loss >= 0 ? quantum : 1;
    bound += price * BigInt(limit);
    coefficients.forEach((coefficient, index) => {
      if (coefficient !== 0) net[from + index] = (net[from + index] as bigint) - price * BigInt(Math.round(coefficient / scale));
    });
  });
  const best = Array.from(counts, (): bigint | null => null);
  optionOf.forEach((option, use) => {
    const own = net[use] as bigint;
    const soFar = best[option];
    if (soFar === null || soFar === undefined || own > soFar) best[option] = own;
  });
  best.forEach((own, option) => {
    bound += BigInt(counts[option] as number) * (own ?? 0n);
  });
  return bound >> BigInt(PRICE_PLACES);
}

/** Prices in parts of a quantum: of a loss's rows for each quantum of the row, of other rows for each contract or lot. */
function fittingPrices({ losses, quantum }: Program, rows: readonly Row[], prices: readonly number[]): bigint[] {
  const left = Array.from({ length: losses }, () => 1n << BigInt(PRICE_PLACES));
  return rows.map(({ loss }, row) => {
    const price = Math.max(0, prices[row] ?? 0);
    if (loss < 0) return wholeOf(price / quantum);
    const own = wholeOf(price);
    const most = left[loss] as bigint;
    const fitting = own < most ? own : most;
    left[loss] = most - fitting;
    return fitting;
  });
}

function wholeOf(price: number): bigint {
  let places = PRICE_PLACES;
  let scaled = price;
  // A double holds 53 binary places: more than that are filled up with nothing.
  while (places > 0 && scaled < 2 ** 50) {
    scaled *= 2;
    places -= 1;
  }
  return BigInt(Math.round(scaled)) << BigInt(places);
}
