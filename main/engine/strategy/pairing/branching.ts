import { findAllNext, nextOutside, ratesAlong } from './next.ts';
import type { Relaxation } from './relaxation.ts';

/** What a contract more or less in a use has cost, by direction: sums and how often it was seen. */
export interface Costs {
  down: Float64Array;
  downSeen: Float64Array;
  up: Float64Array;
  upSeen: Float64Array;
}

const WHOLE = 1e-6;
/** Keeps a direction that costs nothing from hiding what the other one costs. */
const LEAST = 1e-9;

export function noCosts(uses: number): Costs {
  return { down: new Float64Array(uses), downSeen: new Float64Array(uses), up: new Float64Array(uses), upSeen: new Float64Array(uses) };
}

/** What taking a use down or up by `by` contracts was seen to cost; more than that where the branch was cut short. */
export function learn({ down, downSeen, up, upSeen }: Costs, use: number, isDown: boolean, by: number, cost: number): void {
  const [sum, seen] = isDown ? [down, downSeen] : [up, upSeen];
  sum[use] = (sum[use] as number) + Math.max(0, cost) / by;
  seen[use] = (seen[use] as number) + 1;
}

/**
 * The use to decide on: the one whose both directions cost most together. Where a direction has not been tried, the first
 * step of it tells what it costs at least. Every option with parts of contracts has one outside its key.
 */
export function dearest(state: Relaxation, costs: Costs): number {
  const { rows, working, values, uses } = state;
  let best = -1;
  let most = -1;
  for (let line = 0; line < rows.length; line += 1) {
    const use = working[line] as number;
    if (use >= uses) continue;
    const value = values[line] as number;
    const part = value - Math.floor(value);
    if (part < WHOLE || part > 1 - WHOLE) continue;
    const [down, up] = ratesOf(state, costs, use, line);
    const score = Math.max(down * part, LEAST) * Math.max(up * (1 - part), LEAST);
    if (score > most) [best, most] = [use, score];
  }
  return best;
}

function ratesOf(state: Relaxation, costs: Costs, use: number, line: number): [down: number, up: number] {
  const mean = (sum: Float64Array, seen: Float64Array): number | null => ((seen[use] as number) > 0 ? (sum[use] as number) / (seen[use] as number) : null);
  const [down, up] = [mean(costs.down, costs.downSeen), mean(costs.up, costs.upSeen)];
  if (down !== null && up !== null) return [down, up];
  ratesAlong(state, line);
  const first = (below: boolean): number => {
    findAllNext(state, below);
    let least = nextOutside(state, line, below).at;
    const { at, having, some } = state.nexts;
    for (let index = 0; index < some; index += 1) least = Math.min(least, at[having[index] as number] as number);
    // Nothing can take it there: as dear as anything that matters.
    return least === Infinity ? state.program.counts.length : least;
  };
  return [down ?? first(false), up ?? first(true)];
}
