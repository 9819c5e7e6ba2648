import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { Desk, PushMessage } from '../../shared/contract.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { FirstShare } from './book-reading.ts';
import { askAhead, callerOn } from './rpc.ts';
import { helpersBehind, startThread } from './threads.ts';

export interface OpenDeskOptions {
  /** Path of the book file; or of a calc pack, `*.json`, which is then looked at as if it were a book that nobody can change. */
  book: string;
  user: string;
  /** Who opens it, for the lock's holder line and the journal: `Plimsoll loopback 0.1.0`. */
  program: string;
  /** Answer questions without holding the book; nothing can be changed. */
  readOnly?: boolean;
  /** Make the book when there is none. */
  create?: boolean;
  /**
   * Show the lists of the last time at once, while the book is still being read and computed, and leave them for the next
   * time. For windows: whoever asks once, and acts on the answer, waits for what was computed now.
   */
  snapshot?: boolean;
  /** With `snapshot`, where there is none to show: how much of a large book is computed and shown before the rest. */
  first?: FirstShare;
}

/** A desk with its two threads running. */
export interface RunningDesk extends Desk {
  engineVersion: string;
  close(): Promise<void>;
}

/** What the two threads are told when they start. */
export interface ThreadStart {
  options: OpenDeskOptions;
  /** One Int32: 1 asks the running job to stop. Shared, because the book thread is busy while a job runs. */
  cancelFlag: SharedArrayBuffer;
}

/** The desk's end of its line to the book thread, and what was asked on it for the desk. */
export interface BookLine {
  port: MessagePort;
  ahead: readonly string[];
}

const OPENING = ['book.open', 'book.market'];

function startBookThread(start: ThreadStart, deskThread: Worker): Worker {
  const bookThread = startThread('book-thread', start);
  const { port1, port2 } = new MessageChannel();
  // The book is being read while the desk, which is the larger program, still starts.
  askAhead(port2, OPENING);
  bookThread.postMessage({ port: port1 }, [port1]);
  deskThread.postMessage({ port: port2, ahead: OPENING } satisfies BookLine, [port2]);
  return bookThread;
}

export function isCalcPack(path: string): boolean {
  return path.endsWith('.json');
}

/**
 * Opens a book behind two threads, so that no window ever waits: the book thread is the only one that touches SQLite,
 * the desk thread holds the book in memory and answers. Faults: everything `openBook` may say.
 */
export async function openDesk(options: OpenDeskOptions): Promise<Result<RunningDesk>> {
  helpersBehind();
  const start: ThreadStart = { options, cancelFlag: new SharedArrayBuffer(4) };
  const deskThread = startThread('desk-thread', start);
  const threads = isCalcPack(options.book) ? [deskThread] : [startBookThread(start, deskThread), deskThread];

  const caller = callerOn(deskThread);
  const listeners = new Set<(message: PushMessage) => void>();
  caller.onNotice((notice, value) => {
    for (const listener of listeners) listener({ push: notice, value } as PushMessage);
  });
  let closing = false;
  for (const thread of threads) {
    thread.on('error', (error) => caller.end('desk-stopped', `The desk stopped: ${error.message}`));
    thread.on('exit', () => {
      if (!closing) caller.end('desk-stopped', 'The desk stopped.');
    });
  }
  async function close(): Promise<void> {
    if (closing) return;
    await caller.ask('desk.close', {});
    closing = true;
    await Promise.all(threads.map((thread) => thread.terminate()));
    caller.end('desk-closed', 'The desk is closed.');
  }

  const opened = await caller.ask('desk.open', {});
  if (!opened.ok) {
    closing = true;
    await Promise.all(threads.map((thread) => thread.terminate()));
    return fail(opened.fault);
  }
  return succeed({
    ...(opened.value as { engineVersion: string }),
    ask: (channel, input) => caller.ask(channel, input) as Promise<Result<never>>,
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
  });
}
