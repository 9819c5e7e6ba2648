import type { CutRows } from '../../../main/import/columns/cut-rows.ts';
import { cutIntoRing, leaveRing, rowRing, rowsOfRing } from '../../../main/import/columns/row-ring.ts';

/** How two threads share a file's rows: how many of each there are in the ring, and how far the one gets meanwhile. */
export interface Lockstep {
  rows: number;
  chunks: number;
  /** Steps of the thread that cuts, before each time that the other wants rows; over and over. When that one waits there is always one more. */
  turns: readonly number[];
  /** Its end comes after so many of its steps, and it says so or not. */
  gone?: { after: number; says: boolean };
}

/** The two threads as one, in an order that is given: what else only luck would bring about. */
export function inLockstep(bytes: Uint8Array, { rows, chunks, turns, gone }: Lockstep, stopped: () => void = () => undefined): CutRows {
  return (shape) => {
    const ring = rowRing(rows, chunks);
    const cutting = cutIntoRing(ring, bytes, shape);
    let steps = 0;
    let turn = 0;
    function step(): boolean {
      if (gone && steps >= gone.after) {
        if (gone.says) leaveRing(ring);
        return gone.says;
      }
      steps += 1;
      cutting.next();
      return true;
    }
    const source = rowsOfRing(ring, bytes, shape, step);
    return {
      next() {
        for (let left = turns[turn++ % turns.length] ?? 0; left > 0; left -= 1) step();
        return source.next();
      },
      end() {
        source.end();
        // Nobody wants any more: the thread that cuts ends at its next step.
        if (cutting.next().done) stopped();
      },
    };
  };
}

/** A copy of the bytes in memory as threads share it. */
export function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
