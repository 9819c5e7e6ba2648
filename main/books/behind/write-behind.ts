import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Book } from '../book.ts';
import { connect, sqliteCode, sqliteError, statement } from '../sql/connect.ts';
import type { Transaction } from '../writing/entry.ts';
import { batched, type Batch } from './batches.ts';
import { AHEAD_MAX, BATCHES_DONE, BATCHES_SENT, FAILED, HAS_BEGUN, IS_COMMITTED, PHASE, SLOT_BYTES, slotOf, STATE, type Failure, type Message, type WriteThread } from './hand-over.ts';

/** So long may a thread take to begin; where another program holds the book for a moment, some seconds are that. */
const BEGINNING_MAX_MS = 10_000;
/** One that has said nothing for so long is looked after. A commit to a slow disk may take any time. */
const SILENCE_MS = 2_000;
/** What has just committed has still to say so. */
const LAST_WORD_MS = 500;
/** What is committed stands, whatever becomes of moving it out of the write-ahead log; so long is that waited for. */
const CLEARING_MAX_MS = 10 * 60_000;
/** It needs little room for what lasts a moment. */
const YOUNG_MB = 6;

/** The other thread ended by itself, of too little memory for one: nothing of the entry is left, and it can be written anew. */
export class WriterGone extends Error {}

/**
 * A transaction that another thread writes, on a connection of its own, while this one makes what is to be written. Here
 * the book is read as it was before the entry: nothing that an entry does depends on what it has written itself.
 */
export function transactionBehind(book: Book): Transaction {
  const thread = startWriting(book.path);
  const writes = batched(thread.send);
  try {
    // What is read here from now on is read once.
    book.db.pragma('shrink_memory');
    statement(book.db, 'BEGIN').run();
  } catch (error) {
    thread.end('ROLLBACK');
    throw error;
  }
  function stopReading(): void {
    if (book.db.inTransaction) statement(book.db, 'ROLLBACK').run();
  }
  return {
    writes,
    commit() {
      // Else pages that are read here could not be moved out of the write-ahead log.
      stopReading();
      writes.flush();
      thread.end('COMMIT');
    },
    rollBack() {
      stopReading();
      thread.end('ROLLBACK');
    },
  };
}

function startWriting(path: string): { send: (batch: Batch) => void; end: (how: 'COMMIT' | 'ROLLBACK') => void } {
  const state = new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT));
  const { port1, port2 } = new MessageChannel();
  const suffix = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const slots = new Uint8Array(new SharedArrayBuffer((AHEAD_MAX + 1) * SLOT_BYTES));
  const start: WriteThread = { path, port: port2, slots, state };
  const worker = new Worker(new URL(`./write-thread${suffix}`, import.meta.url), { name: 'write-thread', workerData: start, transferList: [port2], resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  // What goes wrong there is told through the port, to whoever waits for it here.
  worker.on('error', () => undefined);
  let sent = 0;
  let isOver = false;

  /** This thread hears of no event while it waits, so it looks for what the other holds for as long as it lives: the book's write lock. */
  function wait(place: number, value: number): void {
    const before = Atomics.load(state, PHASE);
    if (Atomics.wait(state, place, value, before === 0 ? BEGINNING_MAX_MS : SILENCE_MS) !== 'timed-out') return;
    if (Atomics.load(state, PHASE) !== before || (before === HAS_BEGUN && !isUnlocked(path))) return;
    if (Atomics.wait(state, STATE, 0, LAST_WORD_MS) !== 'timed-out' || Atomics.load(state, PHASE) !== before) return;
    // Were it only late, it must not begin any more.
    void worker.terminate();
    close();
    throw new WriterGone('The thread that writes the book is gone.');
  }
  function post(message: Message | 'COMMIT' | 'ROLLBACK'): void {
    port1.postMessage(message);
    sent += 1;
    Atomics.store(state, BATCHES_SENT, sent);
    Atomics.notify(state, BATCHES_SENT);
  }
  const isCommitted = (): boolean => Atomics.load(state, PHASE) === IS_COMMITTED;
  function close(): Failure | null {
    isOver = true;
    const failure = Atomics.load(state, STATE) === FAILED ? ((receiveMessageOnPort(port1)?.message ?? UNTOLD) as Failure) : null;
    port1.close();
    return failure;
  }
  function closeOrThrow(): void {
    const failure = close();
    if (failure) throw failure.code === null ? new Error(failure.message) : sqliteError(failure.message, failure.code);
  }
  return {
    send({ records, ...others }) {
      const isSmall = records.length <= SLOT_BYTES;
      if (isSmall) slotOf(start, sent, records.length).set(records);
      post({ ...others, records: isSmall ? records.length : records.slice() });
      for (;;) {
        const done = Atomics.load(state, BATCHES_DONE);
        if (Atomics.load(state, STATE) === FAILED) return closeOrThrow();
        if (sent - done <= AHEAD_MAX) return;
        wait(BATCHES_DONE, done);
      }
    },
    end(how) {
      if (isOver) return;
      post(how);
      try {
        while (Atomics.load(state, STATE) === 0 && !isCommitted()) wait(STATE, 0);
      } catch (error) {
        if (how === 'COMMIT') throw error;
      }
      if (isCommitted()) {
        Atomics.wait(state, STATE, 0, CLEARING_MAX_MS);
        close();
        // Where nothing is to be left, nothing is left, whatever went wrong there.
      } else if (how === 'COMMIT') closeOrThrow();
      else if (!isOver) close();
    },
  };
}

const UNTOLD: Failure = { message: 'The thread that writes the book did not say what went wrong.', code: null };

/** Whether nobody is writing to the book. */
function isUnlocked(path: string): boolean {
  const db = connect(path);
  try {
    db.pragma('busy_timeout = 0');
    db.exec('BEGIN IMMEDIATE; ROLLBACK');
    return true;
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY') === true) return false;
    throw error;
  } finally {
    db.close();
  }
}
