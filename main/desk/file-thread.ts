import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { assert } from '../../shared/result.ts';
import { packFile } from '../books/writing/pack-file.ts';
import type { RowShape } from '../import/columns/cut-rows.ts';
import { cutAllIntoRing, leaveRing, ringOf } from '../import/columns/row-ring.ts';
import { DIGEST, IS_GONE, IS_THERE, PACKED, type FileWork } from './file-help.ts';
import { goBehind } from './threads.ts';

/**
 * The file thread: cuts the rows of a large file while the book thread understands them, and then digests and packs it while
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
    // The other thread cuts the rest itself; what is asked of this one besides is still done.
    leaveRing(ring);
    console.error('Plimsoll: the file thread could not cut rows.', error);
  }
}

function pack({ bytes, sha256, packed, state }: { bytes: Uint8Array; sha256: Uint8Array; packed: SharedArrayBuffer; state: Int32Array }): void {
  try {
    sha256.set(createHash('sha256').update(bytes).digest());
    tell(state, DIGEST, IS_THERE);
    const made = packFile(bytes);
    packed.grow(made.length);
    new Uint8Array(packed).set(made);
    tell(state, PACKED, IS_THERE);
  } finally {
    // What is not there is made without it.
    for (const place of [DIGEST, PACKED]) if (Atomics.load(state, place) !== IS_THERE) tell(state, place, IS_GONE);
    port?.close();
  }
}

function tell(state: Int32Array, place: number, what: number): void {
  Atomics.store(state, place, what);
  Atomics.notify(state, place);
}
