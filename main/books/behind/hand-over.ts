import type { MessagePort } from 'node:worker_threads';
import { BYTES_AT_ONCE, type Batch } from './batches.ts';

/** What a thread that writes is started with. */
export interface WriteThread {
  path: string;
  /** Where batches come from, and the word how it ends. */
  port: MessagePort;
  /** Shared: room for the records of as many batches as may wait, since what is handed over anew each time stays until somebody clears it away. */
  slots: Uint8Array;
  /** Shared: the counters below. */
  state: Int32Array;
}

/** So many batches may wait to be written: more only take memory. */
export const AHEAD_MAX = 6;
export const SLOT_BYTES = 2 * BYTES_AT_ONCE;

/** A batch on its way: its records lie in the slot of its number, or come with it where they are too many. */
export interface Message {
  writes: string;
  records: number | Uint8Array;
  large?: NonNullable<Batch['large']>;
}

/** Where the records of a batch lie: one that is being written and those that wait have a slot each. */
export function slotOf({ slots }: Pick<WriteThread, 'slots'>, batch: number, length: number): Uint8Array {
  const from = (batch % (AHEAD_MAX + 1)) * SLOT_BYTES;
  return slots.subarray(from, from + length);
}

/** Places in `state`: how many messages were sent, how many batches are done, how far the thread is with the transaction, and how it ended. */
export const BATCHES_SENT = 0;
export const BATCHES_DONE = 1;
export const PHASE = 2;
export const STATE = 3;
/** Values of the phase, which is 0 before: from the first to the second the thread holds the book's write lock. */
export const HAS_BEGUN = 1;
export const IS_COMMITTED = 2;
/** Values of how it ended, 0 before. */
export const ENDED = 1;
export const FAILED = 2;

/** What went wrong there: SQLite's code if it was its trouble. */
export interface Failure {
  message: string;
  code: string | null;
}
