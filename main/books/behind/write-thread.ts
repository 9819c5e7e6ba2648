import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { BATCHES_DONE, BATCHES_SENT, ENDED, FAILED, HAS_BEGUN, IS_COMMITTED, PHASE, slotOf, STATE, type Failure, type Message, type WriteThread } from './hand-over.ts';
import type { Writer } from './writer.ts';
import { openWriter } from './writer.ts';
import { sqliteCode } from '../sql/connect.ts';

/** The thread that writes one entry: it takes batches until it is told how the transaction ends, and lives no longer. */

const start = workerData as WriteThread;
const { path, port, state } = start;

let writer: Writer | null = null;
try {
  writer = openWriter(path);
  Atomics.store(state, PHASE, HAS_BEGUN);
  for (let taken = 0; ; taken += 1) {
    const message = next(taken);
    if (typeof message === 'string') {
      writer.end(message, () => Atomics.store(state, PHASE, IS_COMMITTED));
      break;
    }
    const { records } = message;
    writer.take({ ...message, records: typeof records === 'number' ? slotOf(start, taken, records) : records });
    Atomics.add(state, BATCHES_DONE, 1);
    Atomics.notify(state, BATCHES_DONE);
  }
  finish(ENDED);
} catch (error) {
  port.postMessage({ message: error instanceof Error ? error.message : String(error), code: sqliteCode(error) } satisfies Failure);
  try {
    writer?.end('ROLLBACK', () => undefined);
  } finally {
    finish(FAILED);
  }
}
port.close();

function next(taken: number): Message | 'COMMIT' | 'ROLLBACK' {
  for (;;) {
    const received: { message: Message | 'COMMIT' | 'ROLLBACK' } | undefined = receiveMessageOnPort(port);
    if (received) return received.message;
    // Sent and not yet there is looked for again; else it waits for the next.
    if (Atomics.load(state, BATCHES_SENT) === taken) Atomics.wait(state, BATCHES_SENT, taken);
  }
}

function finish(how: number): void {
  Atomics.store(state, STATE, how);
  Atomics.notify(state, STATE);
  Atomics.add(state, BATCHES_DONE, 1);
  Atomics.notify(state, BATCHES_DONE);
}
