import { parentPort } from 'node:worker_threads';
import { assert } from '../../shared/result.ts';
import { packFile } from '../books/writing/pack-file.ts';
import type { RowShape } from '../import/columns/cut-rows.ts';
import { cutAllIntoRing, leaveRing, ringOf } from '../import/columns/row-ring.ts';
import { IS_GONE, IS_PACKED, type FileWork } from './file-help.ts';
import { goBehind } from './threads.ts';

/**
 * The file thread: cuts the rows of a large file while the book thread understands them, and then packs the file while
 * that one compares it with the book and writes it. It lives as long as one file takes.
 */

const port = parentPort;
assert(port !== null, 'the file thread is started by the book thread');
goBehind();

port.on('message', (work: FileWork) => {
  if (work.do === 'cut') cut(work);
  else pack(work);
});

function cut({ bytes, ring: memory, shape }: { bytes: Uint8Array; ring: SharedArrayBuffer; shape: RowShape }): void {
  const ring = ringOf(memory);
  try {
    cutAllIntoRing(ring, bytes, shape);
  } catch (error) {
    // The other thread cuts the rest itself.
    leaveRing(ring);
    throw error;
  }
}

function pack({ bytes, packed, state }: { bytes: Uint8Array; packed: SharedArrayBuffer; state: Int32Array }): void {
  let came = IS_GONE;
  try {
    const made = packFile(bytes);
    packed.grow(made.length);
    new Uint8Array(packed).set(made);
    came = IS_PACKED;
  } finally {
    // Without it the book packs the file itself.
    Atomics.store(state, 0, came);
    Atomics.notify(state, 0);
    port?.close();
  }
}
