import type { Row } from './program.ts';
import type { Relaxation } from './relaxation.ts';

/**
 * The most that can be gained within the bounds that branching has set, by the prices of the rows alone: true whatever
 * they are, so that a basis that has lost its figures to rounding cuts nothing away. `certificate.ts` does the same
 * without bounds, in whole numbers.
 */
export function thinkableGain({ program: { gains, losses, counts }, rows, prices, uses, options, usesFrom, usesOf, lower, upper, scratch: net, lossRates: left }: Relaxation): number {
  left.fill(1, 0, losses);
  for (let use = 0; use < uses; use += 1) net[use] = gains[use] as number;
  let most = 0;
  for (let row = 0; row < rows.length; row += 1) {
    const { from, coefficients, limit, loss } = rows[row] as Row;
    // Over the rows of a loss prices add up to 1 at most, since it is paid once.
    const price = loss < 0 ? Math.max(0, prices[row] as number) : Math.min(left[loss] as number, Math.max(0, prices[row] as number));
    if (price === 0) continue;
    if (loss >= 0) left[loss] = (left[loss] as number) - price;
    most += price * limit;
    for (let index = 0; index < coefficients.length; index += 1) net[from + index] = (net[from + index] as number) - price * (coefficients[index] as number);
  }
  for (let use = 0; use < uses; use += 1) most += (lower[use] as number) * (net[use] as number);
  for (let option = 0; option < options; option += 1) {
    const [from, to] = [usesFrom[option] as number, usesFrom[option + 1] as number];
    let open = counts[option] as number;
    for (let index = from; index < to; index += 1) open -= lower[usesOf[index] as number] as number;
    most += placed(usesOf, from, to, open, net, lower, upper);
  }
  return most;
}

/** What contracts still open gain at best: in the best use as far as its bound goes, then in the next. */
function placed(usesOf: Int32Array, from: number, to: number, count: number, net: Float64Array, lower: Float64Array, upper: Float64Array): number {
  if (count === 0) return 0;
  let [best, room] = [-Infinity, 0];
  for (let index = from; index < to; index += 1) {
    const use = usesOf[index] as number;
    const free = (upper[use] as number) - (lower[use] as number);
    if (free > 0 && (net[use] as number) > best) [best, room] = [net[use] as number, free];
  }
  if (room >= count) return best * count;
  const inOrder = [...usesOf.subarray(from, to)].toSorted((a, b) => (net[b] as number) - (net[a] as number));
  let [open, gain] = [count, 0];
  for (const use of inOrder) {
    const taken = Math.max(0, Math.min(open, (upper[use] as number) - (lower[use] as number)));
    gain += taken * (net[use] as number);
    open -= taken;
  }
  // Fewer places than contracts, or more asked for than there are: nothing can be so.
  return open === 0 ? gain : -Infinity;
}
