import type { Row } from './program.ts';
import type { Relaxation } from './relaxation.ts';

/**
 * The most that can be gained within the bounds that branching has set, by the prices of the rows alone: true whatever
 * they are, so that a basis that has lost its figures to rounding cuts nothing away. `certificate.ts` does the same
 * without bounds, in whole numbers.
 */
export function thinkableGain({ program: { gains, losses, counts }, rows, prices, uses, options, usesFrom, usesOf, lower, upper, scratch: net, lossRates: left }: Relaxation): number {
  for (let loss = 0; loss < losses; loss += 1) left[loss] = 1;
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
    const from = usesFrom[option] as number;
    const to = usesFrom[option + 1] as number;
    let open = counts[option] as number;
    for (let index = from; index < to; index += 1) open -= lower[usesOf[index] as number] as number;
    most += placed(usesOf, from, to, open, net, lower, upper);
  }
  return most;
}

/** What contracts still open gain at best: in the best use as far as its bound goes, then in the next. */
function placed(usesOf: number[], from: number, to: number, count: number, net: number[], lower: number[], upper: number[]): number {
  if (count === 0) return 0;
  let best = -Infinity;
  let room = 0;
  for (let index = from; index < to; index += 1) {
    const use = usesOf[index] as number;
    const free = (upper[use] as number) - (lower[use] as number);
    if (free <= 0 || (net[use] as number) <= best) continue;
    best = net[use] as number;
    room = free;
  }
  if (room >= count) return best * count;
  let open = count;
  let gain = 0;
  // Best first, and of equals the one made first; few uses are gone through before every contract has its place.
  let before = Infinity;
  let at = -1;
  while (open > 0) {
    let next = -1;
    for (let index = from; index < to; index += 1) {
      const use = usesOf[index] as number;
      const own = net[use] as number;
      if (!((upper[use] as number) > (lower[use] as number)) || own > before || (own === before && index <= at)) continue;
      if (next < 0 || own > (net[usesOf[next] as number] as number)) next = index;
    }
    if (next < 0) break;
    const use = usesOf[next] as number;
    before = net[use] as number;
    at = next;
    const taken = Math.min(open, (upper[use] as number) - (lower[use] as number));
    gain += taken * before;
    open -= taken;
  }
  // Fewer places than contracts, or more asked for than there are: nothing can be so.
  return open === 0 ? gain : -Infinity;
}
