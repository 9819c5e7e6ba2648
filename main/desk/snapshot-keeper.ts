import type { DeskState } from './desk-state.ts';
import { inSlices } from './rows/slices.ts';
import type { Caller } from './rpc.ts';
import { sectionsOf, snapshotVersion } from './snapshot-sections.ts';

/** Leaves a desk's lists beside its book for the next start. */
export interface SnapshotKeeper {
  /** The lists of this journal entry are there already; of none when they turned out to be wrong. */
  has(sequence: number | null): void;
  /** Leaves the lists of now, unless they are there: done when they have been written. */
  keep(state: DeskState): Promise<void>;
}

export function snapshotKeeper(book: Caller): SnapshotKeeper {
  let kept: number | null = null;
  let writing: Promise<unknown> = Promise.resolve();

  async function write(state: DeskState): Promise<void> {
    const { sequence, readOnly } = state.standing;
    if (readOnly || kept === sequence) return;
    kept = sequence;
    // Copied, not handed over: a thread that has given memory away looks at every column of numbers more slowly from then on.
    await book.ask('snapshot.keep', { sequence, version: snapshotVersion(), sections: await inSlices(sectionsOf(state)) });
  }

  return {
    has(sequence) {
      kept = sequence;
    },
    async keep(state) {
      const turn = writing.then(() => write(state));
      writing = turn;
      await turn;
    },
  };
}
