import { findAllNext, nextOutside, ratesAlong } from './next.ts';
import type { Relaxation } from './relaxation.ts';
import type { Costs } from './room.ts';

const WHOLE = 1e-6;
/** Keeps a direction that costs nothing from hiding what the other one costs. */
const LEAST = 1e-9;

/** Nothing seen yet, in the room of the search. */
export function noCosts({ costs, uses }: Relaxation): Costs {
  const { down, downSeen, up, upSeen } = costs;
  for (let use = 0; use < uses; use += 1) {
    down[use] = 0;
    downSeen[use] = 0;
    up[use] = 0;
    upSeen[use] = 0;
  }
  return costs;
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
  const { rows, working, values, uses, rates } = state;
  let best = -1;
  let most = -1;
  for (let line = 0; line < rows.length; line += 1) {
    const use = working[line] as number;
    if (use >= uses) continue;
    const value = values[line] as number;
    const part = value - Math.floor(value);
    if (part < WHOLE || part > 1 - WHOLE) continue;
    ratesOf(state, costs, use, line);
    const score = Math.max(rates.down * part, LEAST) * Math.max(rates.up * (1 - part), LEAST);
    if (score <= most) continue;
    best = use;
    most = score;
  }
  return best;
}

/** What the use of a line was seen to cost on its way down and up, or what the first step there costs at least: into `rates`. */
function ratesOf(state: Relaxation, { down, downSeen, up, upSeen }: Costs, use: number, line: number): void {
  const { rates } = state;
  const timesDown = downSeen[use] as number;
  const timesUp = upSeen[use] as number;
  if (timesDown === 0 || timesUp === 0) ratesAlong(state, line);
  rates.down = timesDown > 0 ? (down[use] as number) / timesDown : firstStep(state, line, false);
  rates.up = timesUp > 0 ? (up[use] as number) / timesUp : firstStep(state, line, true);
}

function firstStep(state: Relaxation, line: number, below: boolean): number {
  findAllNext(state, below);
  nextOutside(state, line, below);
  let least = state.outside.at;
  const { at, having, some } = state.nexts;
  for (let index = 0; index < some; index += 1) least = Math.min(least, at[having[index] as number] as number);
  // Nothing can take it there: as dear as anything that matters.
  return least === Infinity ? state.program.counts.length : least;
}
