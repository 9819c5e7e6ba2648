import type { SpanScenario } from './parameters.ts';

/**
 * The sixteen scenarios of a file that defines none: price unchanged and up and down by thirds of the range, each with
 * volatility up and down; then two extreme moves, in part.
 */
export function usualScenarios(): SpanScenario[] {
  const paired = ['0', '1/3', '-1/3', '2/3', '-2/3', '1', '-1'].flatMap((price, at): SpanScenario[] => [
    { price, vol: '1', weight: '1', pairedWith: 2 * at + 2 },
    { price, vol: '-1', weight: '1', pairedWith: 2 * at + 1 },
  ]);
  return [...paired, { price: '3', vol: '0', weight: '0.33', pairedWith: 15 }, { price: '-3', vol: '0', weight: '0.33', pairedWith: 16 }];
}
