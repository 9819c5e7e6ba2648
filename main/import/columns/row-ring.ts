import { CHUNK_ROWS, rowCutter, rowsCutHere, type RowShape, type RowSource } from './cut-rows.ts';
import { chunkBytes, COUNT, rowChunk, type RowChunk } from './row-chunk.ts';

/**
 * Chunks in memory that two threads share: one cuts rows into them, the other takes them in the same order and gives
 * them back. Neither waits while there is room, or a row.
 */
export interface RowRing {
  memory: SharedArrayBuffer;
  state: Int32Array;
  chunks: RowChunk[];
}

/** How many chunks were ever filled, or `GONE` when no more will be. */
const MADE = 0;
/** How many were given back, or `STOPPED` when no more are wanted. */
const GIVEN_BACK = 1;
const ROWS = 2;
const GONE = -1;
const STOPPED = -1;
const STATE_BYTES = 16;
/** The one that understands rows has most to do where the file begins: so many may be cut ahead of it. */
const CHUNKS = 48;
/** Whoever has cut nothing for so long is taken for gone; the rows are then cut here. */
const PATIENCE_MS = 2_000;

export function rowRing(rows = CHUNK_ROWS, chunks = CHUNKS): RowRing {
  const memory = new SharedArrayBuffer(STATE_BYTES + chunks * chunkBytes(rows));
  new Int32Array(memory)[ROWS] = rows;
  return ringOf(memory);
}

/** The ring in memory that another thread made. */
export function ringOf(memory: SharedArrayBuffer): RowRing {
  const state = new Int32Array(memory, 0, STATE_BYTES / 4);
  const rows = state[ROWS] as number;
  const count = Math.floor((memory.byteLength - STATE_BYTES) / chunkBytes(rows));
  return { memory, state, chunks: Array.from({ length: count }, (_, place) => rowChunk(memory, STATE_BYTES + place * chunkBytes(rows), rows)) };
}

/** Cuts all rows of a file into the ring, one chunk a step; each step says how many chunks were given back when there was no room for another, else null. */
export function* cutIntoRing({ state, chunks }: RowRing, bytes: Uint8Array, shape: RowShape): Generator<number | null> {
  const cut = rowCutter(bytes, shape);
  for (let made = 0; ; ) {
    const givenBack = Atomics.load(state, GIVEN_BACK);
    if (givenBack === STOPPED) return;
    if (made - givenBack === chunks.length) {
      yield givenBack;
      continue;
    }
    const { about } = cut(chunks[made % chunks.length] as RowChunk);
    made += 1;
    tell(state, MADE, made);
    if (about[COUNT] === 0) return;
    yield null;
  }
}

/** The same from beginning to end, for a thread that has nothing else to do. */
export function cutAllIntoRing(ring: RowRing, bytes: Uint8Array, shape: RowShape): void {
  for (const givenBack of cutIntoRing(ring, bytes, shape)) if (givenBack !== null) Atomics.wait(ring.state, GIVEN_BACK, givenBack);
}

/** Says that nothing more will be cut into the ring. */
export function leaveRing({ state }: RowRing): void {
  tell(state, MADE, GONE);
}

/**
 * The rows that are cut into the ring. Until the thread that cuts them is there and has overtaken this one, they are cut
 * here: cells are numbered in the order of the file, so that both give them the same numbers. `wait` answers false when
 * nothing came of waiting.
 */
export function rowsOfRing(ring: RowRing, bytes: Uint8Array, shape: RowShape, wait: (ring: RowRing, made: number) => boolean = waitForChunk): RowSource {
  const { state, chunks } = ring;
  let here: RowSource | null = rowsCutHere(bytes, shape, state[ROWS]);
  let taken = 0;

  function chunk(): RowChunk | null {
    for (;;) {
      const made = Atomics.load(state, MADE);
      if (made > taken) {
        here = null;
        return chunks[taken % chunks.length] as RowChunk;
      }
      if (here) return here.next();
      if (made === GONE || !wait(ring, made)) return null;
    }
  }

  return {
    next() {
      // What was taken the last time has been read.
      tell(state, GIVEN_BACK, taken);
      const next = chunk();
      if (next) taken += 1;
      return next;
    },
    end: () => tell(state, GIVEN_BACK, STOPPED),
  };
}

function waitForChunk({ state }: RowRing, made: number): boolean {
  return Atomics.wait(state, MADE, made, PATIENCE_MS) !== 'timed-out';
}

function tell(state: Int32Array, word: number, value: number): void {
  Atomics.store(state, word, value);
  Atomics.notify(state, word);
}
