import type { Sliced } from '../engine/columns/sliced.ts';
import type { StrategyLane } from '../engine/columns/strategy/lane.ts';
import { pairAlone, pairTogether, sharedWork, type SharedWork } from '../engine/columns/strategy/share.ts';
import { startThread } from './threads.ts';

export interface PairingStart {
  lane: StrategyLane;
  work: SharedWork;
}

/** A thread takes some 60 ms to begin with, as long as so many groups take to pair. */
const GROUPS_MIN = 2_000;

/** Pairs a lane with the help of a second thread where there is enough to do; this one goes on answering. */
export function* pairByTwo(lane: StrategyLane): Sliced<void> {
  if (lane.pools.runs < GROUPS_MIN) return yield* pairAlone(lane);
  const work = sharedWork();
  const thread = startThread('pairing-thread', { lane, work } satisfies PairingStart);
  // What went wrong there is known from the shared memory already.
  thread.on('error', () => undefined);
  thread.unref();
  try {
    yield* pairTogether(lane, work);
  } finally {
    void thread.terminate();
  }
}
