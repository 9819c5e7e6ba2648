import { parentPort, workerData } from 'node:worker_threads';
import { figuresOn } from '../../main/engine/columns/strategy/figures.ts';
import { openStrategyLane, recomputeBeside } from '../../main/engine/columns/strategy/lane.ts';
import type { StrategyInstruments } from '../../main/engine/columns/strategy/instruments.ts';
import type { StrategyPools } from '../../main/engine/columns/strategy/pools.ts';
import { repriceAll } from '../../main/engine/columns/strategy/reprice.ts';
import type { Rung } from '../../main/engine/columns/sums/standing.ts';

/** What the second thread is given; figures, marks and the counter are shared memory. */
export interface ThreadData {
  table: StrategyInstruments;
  pools: StrategyPools;
  rungs: readonly Rung[];
  figures: SharedArrayBuffer;
  prices: SharedArrayBuffer;
  next: SharedArrayBuffer;
}

const { table, pools, rungs, figures, prices, next } = workerData as ThreadData;
const lane = openStrategyLane(table, pools, rungs, figuresOn(figures, pools.runs, pools.count));

// Told to: reprices, takes its share of pools, and says that none is left.
parentPort?.on('message', () => {
  repriceAll(table, new Float64Array(prices));
  recomputeBeside(lane, new Int32Array(next));
  parentPort?.postMessage('done');
});
