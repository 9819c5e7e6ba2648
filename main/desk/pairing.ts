import type { Worker } from 'node:worker_threads';
import type { Sliced } from '../engine/columns/sliced.ts';
import type { StrategyLane } from '../engine/columns/strategy/lane.ts';
import { pairAlone, pairTogether, sharedWork, type SharedWork } from '../engine/columns/strategy/share.ts';
import { startThread } from './threads.ts';

export interface PairingStart {
  lane: StrategyLane;
  work: SharedWork;
}

/** A thread takes 0.2 s to be there, as long as it takes to pair so many positions with another of their group. */
const PAIRED_MIN = 20_000;

/** Pairs a lane with the help of a second thread, which begins at once, where there is enough to do. */
export function pairByTwo(lane: StrategyLane, least = PAIRED_MIN): Sliced<void> {
  const { instrument, runs } = lane.pools;
  if (instrument.length - runs < least) return pairAlone(lane);
  const work = sharedWork();
  const thread = startThread('pairing-thread', { lane, work } satisfies PairingStart);
  // What went wrong there is known from the shared memory already.
  thread.on('error', () => undefined);
  thread.unref();
  return withThread(thread, pairTogether(lane, work));
}

function* withThread(thread: Worker, work: Sliced<void>): Sliced<void> {
  try {
    yield* work;
  } finally {
    void thread.terminate();
  }
}
