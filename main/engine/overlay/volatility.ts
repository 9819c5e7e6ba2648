import { expm1 } from '../pricing/elementary.ts';
import type { MoveTerms } from './section.ts';

/** One step: λ × the variance before + (1 − λ) × the square of the return. */
export function ewmaVariance(before: number, lambda: number, dailyReturn: number): number {
  return lambda * before + (1 - lambda) * dailyReturn * dailyReturn;
}

/** Variances day by day, the last one today's. The first is that of all returns, so that no single day sets the start. */
export function ewmaVariances(returns: readonly number[], lambda: number): number[] {
  const start = returns.reduce((sum, daily) => sum + daily * daily, 0) / Math.max(1, returns.length);
  const variances: number[] = [];
  let variance = start;
  for (const daily of returns) {
    variance = ewmaVariance(variance, lambda, daily);
    variances.push(variance);
  }
  return variances.length === 0 ? [0] : variances;
}

/**
 * Past returns as they would be today: each times today's volatility by the volatility known before it. A day before which
 * nothing moved keeps its return.
 */
export function filteredReturns(returns: readonly number[], lambda: number): number[] {
  const variances = ewmaVariances(returns, lambda);
  const today = Math.sqrt(variances.at(-1) ?? 0);
  const start = returns.reduce((sum, daily) => sum + daily * daily, 0) / Math.max(1, returns.length);
  return returns.map((daily, index) => {
    const then = Math.sqrt(index === 0 ? start : (variances[index - 1] ?? start));
    return then > 0 ? (daily * today) / then : daily;
  });
}

/** The value that a share of the sizes does not exceed: the ⌈share × count⌉-th smallest, no interpolation. */
export function quantileOfSize(values: readonly number[], share: number): number {
  const sizes = values.map(Math.abs).toSorted((a, b) => a - b);
  // A share such as 0.99 of 100 is the 99th, whatever doubles make of the product.
  const rank = Math.max(1, Math.ceil(share * sizes.length - 1e-9));
  return sizes[Math.min(rank, sizes.length) - 1] ?? 0;
}

/** How far a price may move over the terms' days, as a fraction; null without returns. */
export function moveOf(returns: readonly number[], terms: MoveTerms): number | null {
  if (returns.length === 0) return null;
  const root = Math.sqrt(Number(terms.days));
  if (terms.method === 'filteredHistory') return root * quantileOfSize(filteredReturns(returns, Number(terms.lambda)), Number(terms.quantile));
  const sigma = Math.sqrt(ewmaVariances(returns, Number(terms.lambda)).at(-1) ?? 0);
  return root * expm1(Number(terms.multiple) * sigma);
}
