import type { Channel, Input, Output, PushMessage } from '../../shared/contract.ts';
import type { AccountRow, BookInfo, HostInfo, Progress, QueueRow } from '../../shared/views.ts';
import { faultLine, type Result } from '../../shared/result.ts';
import type { ConnectedDesk, Connection } from './connect.ts';
import { createPackedStore, type PackedStore } from './packed-store.ts';
import { createValueStore, type ValueStore } from './value-store.ts';

/** A job's last report, beside its first: from the two follows how fast it goes. */
export interface Job {
  progress: Progress;
  atMs: number;
  first: { done: number; atMs: number };
}

/** Everything the renderer holds of the desk: what it asked once, kept current by the desk's messages. */
export interface DeskState {
  ask: <C extends Channel>(channel: C, input: Input<C>) => Promise<Result<Output<C>>>;
  /** The same without the sign that somebody waits: for what goes on beside, and is told where it will be shown. */
  askBeside: DeskState['ask'];
  connection: ValueStore<Connection>;
  host: ValueStore<HostInfo | null>;
  book: ValueStore<BookInfo | null>;
  accounts: PackedStore<AccountRow>;
  queue: PackedStore<QueueRow>;
  jobs: ValueStore<ReadonlyMap<string, Job>>;
  /** How many questions have been waiting for longer than a person should without a sign. */
  waiting: ValueStore<number>;
  /** Why the first questions failed, when they did. */
  trouble: ValueStore<string | null>;
}

const SLOW_MS = 500;

/** Counts a question as waiting once it has taken longer than half a second, until it is answered. */
async function withSlowSign<T>(waiting: ValueStore<number>, work: Promise<T>): Promise<T> {
  let slow = false;
  const timer = setTimeout(() => {
    slow = true;
    waiting.set(waiting.get() + 1);
  }, SLOW_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (slow) waiting.set(waiting.get() - 1);
  }
}

function takeProgress(state: DeskState, progress: Progress): void {
  const atMs = performance.now();
  const first = state.jobs.get().get(progress.jobId)?.first ?? { done: progress.done, atMs };
  state.jobs.set(new Map(state.jobs.get()).set(progress.jobId, { progress, atMs, first }));
}

function take(state: DeskState, message: PushMessage): void {
  switch (message.push) {
    case 'book.changed':
      return state.book.set(message.value);
    case 'accounts.changed':
      return state.accounts.take(message.value);
    case 'queue.changed':
      return state.queue.take(message.value);
    case 'progress':
      return takeProgress(state, message.value);
  }
}

/** Asks everything the shell shows. Done at the start and after every reconnection, since pushes may have been missed. */
async function refresh(state: DeskState): Promise<void> {
  const [host, book, queue, accounts] = await Promise.all([
    state.ask('host.info', {}),
    state.ask('book.info', {}),
    state.queue.load(),
    state.accounts.load(),
  ]);
  if (host.ok) state.host.set(host.value);
  if (book.ok) state.book.set(book.value);
  const failed = [host, book, queue, accounts].find((answer) => !answer.ok);
  state.trouble.set(failed && !failed.ok ? faultLine(failed.fault) : null);
}

/** Connects the stores to a desk: from here on they follow it. */
export function createDeskState(desk: ConnectedDesk): DeskState {
  const waiting = createValueStore(0);
  const askBeside: DeskState['ask'] = (channel, input) => desk.ask(channel, input);
  const ask: DeskState['ask'] = (channel, input) => withSlowSign(waiting, askBeside(channel, input));
  const state: DeskState = {
    ask,
    askBeside,
    connection: createValueStore<Connection>('connecting'),
    host: createValueStore<HostInfo | null>(null),
    book: createValueStore<BookInfo | null>(null),
    accounts: createPackedStore('accounts', ask),
    queue: createPackedStore('queue', ask),
    jobs: createValueStore<ReadonlyMap<string, Job>>(new Map()),
    waiting,
    trouble: createValueStore<string | null>(null),
  };
  desk.onPush((message) => take(state, message));
  // The first questions don't wait for the message channel: they are what the person is waiting for.
  void refresh(state);
  let lost = false;
  desk.onConnection((connection) => {
    if (connection === 'disconnected') lost = true;
    if (connection === 'connected' && lost) {
      lost = false;
      void refresh(state);
    }
    state.connection.set(connection);
  });
  return state;
}
