import { createHash } from 'node:crypto';
import type { CutRows, RowShape } from '../import/columns/cut-rows.ts';
import { rowRing, rowsOfRing } from '../import/columns/row-ring.ts';
import { startThread } from './threads.ts';

/** What the file thread is told to do. */
export type FileWork =
  | { do: 'cut'; bytes: Uint8Array; ring: SharedArrayBuffer; shape: RowShape }
  | { do: 'pack'; bytes: Uint8Array; sha256: Uint8Array; packed: SharedArrayBuffer; state: Int32Array };

/** A second thread that works on one large file beside the book thread. Whatever it does not do is done without it. */
export interface FileHelp {
  cutRows: CutRows;
  /** Has the file digested and packed, as a book keeps it; so has cutting its rows. */
  pack(): void;
  /** The file's digest in hexadecimal, as soon as it is there; made here where nobody makes it. */
  sha256(): string;
  /** The packed bytes, as soon as they are there; undefined where nobody packs them. */
  packed: () => Uint8Array | undefined;
  /** Nothing more is wanted. */
  end(): void;
}

/** Places in the state of a file: whether its digest is there, and its packed bytes. */
export const DIGEST = 0;
export const PACKED = 1;
export const IS_THERE = 1;
export const IS_GONE = 2;
/** A thread that has not packed a file after so long is taken for gone. */
const PATIENCE_MS = 10_000;

/** Help with a file whose bytes are shared. The thread is on its way while the file's beginning is still looked at. */
export function fileHelp(bytes: Uint8Array): FileHelp {
  const thread = startThread('file-thread', null);
  const state = new Int32Array(new SharedArrayBuffer(8));
  const sha256 = new Uint8Array(new SharedArrayBuffer(SHA256_BYTES));
  const packed = new SharedArrayBuffer(0, { maxByteLength: bytes.length + ROOM });
  let isPacking = false;
  thread.on('error', (error) => console.error('Plimsoll: the file thread ended.', error));
  thread.once('exit', () => {
    for (const place of [DIGEST, PACKED]) Atomics.compareExchange(state, place, 0, IS_GONE);
  });
  thread.unref();
  const tell = (work: FileWork): void => thread.postMessage(work);

  function pack(): void {
    if (!isPacking) tell({ do: 'pack', bytes, sha256, packed, state });
    isPacking = true;
  }

  function isThere(place: number): boolean {
    if (isPacking) Atomics.wait(state, place, 0, PATIENCE_MS);
    return isPacking && Atomics.load(state, place) === IS_THERE;
  }

  return {
    cutRows(shape) {
      const ring = rowRing();
      tell({ do: 'cut', bytes, ring: ring.memory, shape });
      // Behind it, while the other thread still puts in order what it has read.
      pack();
      return rowsOfRing(ring, bytes, shape);
    },
    pack,
    sha256: () => (isThere(DIGEST) ? Buffer.from(sha256).toString('hex') : createHash('sha256').update(bytes).digest('hex')),
    packed: () => (isThere(PACKED) ? new Uint8Array(packed, 0, packed.byteLength) : undefined),
    end() {
      isPacking = false;
      void thread.terminate();
    },
  };
}

const SHA256_BYTES = 32;
/** What packing adds to a file that cannot be made smaller is less than this. */
const ROOM = 1024 * 1024;
