import { parentPort, workerData } from 'node:worker_threads';
import type { StrategyLane } from '../../main/engine/columns/strategy/lane.ts';
import { repriceAll } from '../../main/engine/columns/strategy/reprice.ts';
import { pairFor, type SharedWork } from '../../main/engine/columns/strategy/share.ts';

/** What the second thread is given; figures, marks and the counters are shared memory. */
export interface ThreadData {
  lane: StrategyLane;
  prices: SharedArrayBuffer;
  work: SharedWork;
}

const { lane, prices, work } = workerData as ThreadData;

// Told to: reprices, and takes its share of the groups.
parentPort?.on('message', () => {
  repriceAll(lane.table, new Float64Array(prices));
  pairFor(lane, work);
});
