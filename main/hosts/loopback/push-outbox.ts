import type { PushMessage } from '../../../shared/contract.ts';
import { mergeChanges } from '../../../shared/packed-rows/change.ts';

/**
 * Messages waiting for one browser: one per kind (of progress, one per job), which stands for all that came since the last
 * was sent. Rows not named in a message stand as they were, so that small ones of a kind are merged row by row: the newest
 * of each row wins and none is lost. Large ones wait side by side, since they are parts of one change mostly, which have no
 * row in common, and merging those of ten thousand rows one by one would take seconds.
 */
export interface PushOutbox {
  add(message: PushMessage): void;
  /** Everything that waits, oldest kind first, and forgets it. */
  take(): PushMessage[];
  /** How many kinds wait. */
  readonly size: number;
}

/** Beyond the first, rows are not merged; beyond the second a browser is so far behind that it gets them all as one, and again when they have doubled. */
const MERGED_BYTES = 65_536;
const WAITING_BYTES_MAX = 16 * 1024 * 1024;

type RowMessage = Extract<PushMessage, { value: Uint8Array }>;

export function pushOutbox(): PushOutbox {
  const waiting = new Map<string, PushMessage[]>();
  let mostBytes = WAITING_BYTES_MAX;

  return {
    add(message) {
      const slot = message.push === 'progress' ? `progress ${message.value.jobId}` : message.push;
      const earlier = waiting.get(slot);
      if (earlier && isRows(message)) mostBytes = addRows(earlier as RowMessage[], message, mostBytes);
      else waiting.set(slot, [message]);
    },
    take() {
      const messages = [...waiting.values()].flat();
      waiting.clear();
      mostBytes = WAITING_BYTES_MAX;
      return messages;
    },
    get size() {
      return waiting.size;
    },
  };
}

function isRows(message: PushMessage): message is RowMessage {
  return message.push === 'accounts.changed' || message.push === 'queue.changed';
}

/** Answers how many bytes may wait from now on. */
function addRows(waiting: RowMessage[], message: RowMessage, mostBytes: number): number {
  const last = waiting.at(-1);
  if (last && last.value.length + message.value.length <= MERGED_BYTES) waiting[waiting.length - 1] = merged([last, message]);
  else waiting.push(message);
  if (waiting.reduce((bytes, { value }) => bytes + value.length, 0) <= mostBytes) return mostBytes;
  const one = merged(waiting);
  waiting.splice(0, waiting.length, one);
  return Math.max(mostBytes, 2 * one.value.length);
}

/** One message that does to a screen what these would have done one after the other. */
function merged(messages: readonly RowMessage[]): RowMessage {
  const [first, ...later] = messages as [RowMessage, ...RowMessage[]];
  return { push: first.push, value: mergeChanges(first.value, ...later.map(({ value }) => value)) };
}
