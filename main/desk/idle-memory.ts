import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back what a large piece of work has left behind. A thread that idles makes no garbage, and without that V8 sees no
 * reason to look for any: after a book of a million positions that is 150 MB in each thread for as long as it is open.
 */
export interface IdleMemory {
  /** Somebody asked for something: not now. */
  busy(): void;
  /** There is something to give back, once nobody has asked for a while. */
  giveBack(): void;
  /** The same at once, where it is much: between the pieces of a work that goes on for minutes with nobody waiting. */
  giveBackNow(): void;
}

const QUIET_MS = 1_000;
/** Less than this is not worth stopping for. */
const WORTH_BYTES = 64 * 1024 * 1024;

export function idleMemory(): IdleMemory {
  let timer: NodeJS.Timeout | null = null;
  let kept = 0;
  function giveBack(): void {
    timer ??= setTimeout(() => {
      timer = null;
      giveBackNow();
    }, QUIET_MS);
    timer.unref();
  }
  function giveBackNow(): void {
    if (heapBytes() < kept + WORTH_BYTES) return;
    collect();
    kept = heapBytes();
  }
  return { busy: () => void timer?.refresh(), giveBack, giveBackNow };
}

function heapBytes(): number {
  const { total_heap_size: heap, external_memory: beside } = getHeapStatistics();
  return heap + beside;
}

let collector: ((how: { type: string; execution: string; flavor: string }) => void) | null = null;

/** Stops the thread for some 50 to 100 ms when much is held, so it is for when nobody waits. */
function collect(): void {
  if (!collector) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as typeof collector;
  }
  // This flavour also hands back the pages that V8 would otherwise keep for next time.
  collector?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
