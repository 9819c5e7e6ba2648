/** A holder of securities that may be sold and loans that may not, all in money. */
export interface Leveraged {
  equity: number;
  securities: number;
  loans: number;
}

/** A price drop as a fraction and the part of its securities that each holder sells at it. */
export interface FixedPoint {
  drop: number;
  sold: number[];
  iterations: number;
}

const ITERATIONS_MAX = 10_000;

/**
 * The drop at which what holders sell makes just that drop: √(coefficient × money sold), at most everything. A holder above
 * the bound sells what brings its leverage back to it, and all where its loans alone are above it. Sales never shrink as
 * the drop grows, so going up from no drop ends at the least such drop, and down from the largest at the greatest.
 */
export function dropOfForcedSales(holders: readonly Leveraged[], bound: number, coefficient: number, from: 'none' | 'largest'): FixedPoint {
  const impact = (volume: number): number => Math.min(1, Math.sqrt(coefficient * volume));
  let drop = from === 'none' ? 0 : impact(holders.reduce((sum, { securities }) => sum + securities, 0));
  let iterations = 0;
  let sold = holders.map((holder) => shareToSell(holder, bound, drop));
  while (iterations < ITERATIONS_MAX) {
    iterations += 1;
    const next = impact(sold.reduce((sum, share, index) => sum + share * (holders[index]?.securities ?? 0), 0));
    if (next === drop) break;
    drop = next;
    sold = holders.map((holder) => shareToSell(holder, bound, drop));
  }
  return { drop, sold, iterations };
}

function shareToSell({ equity, securities, loans }: Leveraged, bound: number, drop: number): number {
  const left = securities * (1 - drop);
  const own = equity - securities * drop;
  if (left + loans <= bound * own) return 0;
  if (left <= 0) return 1;
  return Math.min(1, 1 - (bound * own - loans) / left);
}
