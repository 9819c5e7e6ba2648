import { leaveWork, pairAlone, pairTogether, sharedWork, type Pairing, type SharedWork } from '../engine/columns/strategy/share.ts';
import type { StrategyLane } from '../engine/columns/strategy/lane.ts';
import { startThread } from './threads.ts';

/** What the pairing thread is told. */
export interface PairingWork {
  lane: StrategyLane;
  work: SharedWork;
}

/** A second thread that pairs while the lanes of a book are opened. */
export interface PairingHelp {
  pairing: Pairing;
  /** The lanes are open: from now on one thread pairs alone. */
  end(): void;
}

/** A thread takes 0.2 s of a processor to be there: as long as it takes to pair so many positions with others of their group. */
const PAIRED_MIN = 20_000;

/** Help where a book of so many positions is worth it. It is on its way while the desk still reads them. */
export function pairingHelp(positions: number, least = PAIRED_MIN): PairingHelp {
  let thread = positions < least ? null : startThread('pairing-thread', null);
  const shared: SharedWork[] = [];
  // Whatever ends it, a fault or too little memory: what it had taken is done here.
  thread?.on('error', (error) => console.error('Plimsoll: the pairing thread ended.', error));
  thread?.once('exit', () => {
    thread = null;
    for (const work of shared) leaveWork(work);
  });
  thread?.unref();
  return {
    pairing(lane) {
      if (!thread || lane.pools.instrument.length - lane.pools.runs < least) return pairAlone(lane);
      const work = sharedWork();
      shared.push(work);
      thread.postMessage({ lane, work } satisfies PairingWork);
      return pairTogether(lane, work);
    },
    end() {
      void thread?.terminate();
      thread = null;
    },
  };
}
