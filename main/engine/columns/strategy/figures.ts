/** Amounts of a run or a pool, in the instruments' unit of money. */
export const AMOUNTS = ['stock', 'options', 'gross', 'reach', 'regT', 'exchange', 'exchangeInitial', 'initial', 'maintenance'] as const;
export type AmountName = (typeof AMOUNTS)[number];

/**
 * Figures by run and by pool: market value of stock and of options, Σ |market value|, the bound on all sums, and the requirement stacks.
 * Whole numbers, so that the pool's are its runs' added up in any order, and a run that changes is taken off and added
 * again without a trace.
 */
export interface LaneFigures {
  runs: Record<AmountName, Float64Array>;
  /** How each run was paired: see charge-group.ts. */
  how: Uint8Array;
  pools: Record<AmountName, Float64Array>;
  /** Index into MARGIN_STATUSES, or SLOW: the explaining engine computes the pool. */
  status: Uint8Array;
  /** Runs of each pool that are not in the lane, and those whose pairing is the best found but not proved. */
  notInLane: Int32Array;
  notProved: Int32Array;
}

export const SLOW = 255;

function figuresBytes(runs: number, pools: number): number {
  return (runs + pools) * AMOUNTS.length * 8 + pools * 9 + runs;
}

function figuresOn(buffer: SharedArrayBuffer, runs: number, pools: number): LaneFigures {
  let at = 0;
  const amounts = (length: number): Record<AmountName, Float64Array> =>
    Object.fromEntries(AMOUNTS.map((name) => {
      const array = new Float64Array(buffer, at, length);
      at += 8 * length;
      return [name, array];
    })) as Record<AmountName, Float64Array>;
  const [ofRuns, ofPools] = [amounts(runs), amounts(pools)];
  const counts = [0, 1].map((index) => new Int32Array(buffer, at + 4 * index * pools, pools)) as [Int32Array, Int32Array];
  at += 8 * pools;
  return { runs: ofRuns, pools: ofPools, notInLane: counts[0], notProved: counts[1], status: new Uint8Array(buffer, at, pools), how: new Uint8Array(buffer, at + pools, runs) };
}

/** Figures that a lane handed to another thread has in common with it. */
export function laneFigures(runs: number, pools: number): LaneFigures {
  return figuresOn(new SharedArrayBuffer(figuresBytes(runs, pools)), runs, pools);
}
