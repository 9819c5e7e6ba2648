import { atOnce, type Sliced } from '../sliced.ts';
import { addUp, computeRuns, type StrategyLane } from './lane.ts';

/** Pairs every run of a lane that was just opened: others may begin at once, this thread when what is returned is done. */
export type Pairing = (lane: StrategyLane) => Sliced<void>;

/** Runs that a thread takes at a time: well under a millisecond but for the largest, and for the first, by code that never ran, which it takes one by one. */
const RUNS_AT_ONCE = 8;
const FIRST_RUNS = 64;
const NEXT = 0;
const DONE = 1;
const LEFT = 2;
const WAIT_MS = 1;

/** What several threads have in common that pair one lane: how many runs were taken, how many are done, whether a thread is gone. */
export type SharedWork = Int32Array<SharedArrayBuffer>;

export function sharedWork(): SharedWork {
  return new Int32Array(new SharedArrayBuffer(12));
}

/** Takes the next few runs until none is left. Lanes of all threads are over the same figures, at the same marks. */
export function* pairShare(lane: StrategyLane, work: SharedWork): Sliced<void> {
  const { runs } = lane.pools;
  for (;;) {
    const most = Atomics.load(work, NEXT) < FIRST_RUNS ? 1 : RUNS_AT_ONCE;
    const from = Atomics.add(work, NEXT, most);
    if (from >= runs) return;
    const to = Math.min(runs, from + most);
    computeRuns(lane, from, to);
    Atomics.add(work, DONE, to - from);
    Atomics.notify(work, DONE);
    yield;
  }
}

/** The part of a thread that pairs for another. */
export function pairFor(lane: StrategyLane, work: SharedWork): void {
  atOnce(pairShare(lane, work));
}

/** Says that a thread which had a share of the work is gone, and may have taken runs with it. */
export function leaveWork(work: SharedWork): void {
  Atomics.store(work, LEFT, 1);
}

/**
 * This thread's share, and what comes of all of them: others hold a few runs each for the moment that it may have to wait.
 * Where one is gone that had taken runs, nobody knows which, and all are done again by this thread.
 */
export function* pairTogether(lane: StrategyLane, work: SharedWork): Sliced<void> {
  yield* pairShare(lane, work);
  for (let done = Atomics.load(work, DONE); done < lane.pools.runs; done = Atomics.load(work, DONE)) {
    if (Atomics.load(work, LEFT) === 1) return yield* pairAlone(lane);
    Atomics.wait(work, DONE, done, WAIT_MS);
    yield;
  }
  yield* addUp(lane);
}

/** Without help. */
export function pairAlone(lane: StrategyLane): Sliced<void> {
  return pairTogether(lane, sharedWork());
}
