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

/** Beyond the first, rows are not merged; beyond the second a browser is so far behind that it gets them all as one. */
const MERGED_BYTES = 65_536;
const WAITING_BYTES_MAX = 16 * 1024 * 1024;

type RowMessage = Extract<PushMessage, { value: Uint8Array }>;

export function pushOutbox(): PushOutbox {
  const waiting = new Map<string, PushMessage[]>();

  return {
    add(message) {
      const slot = message.push === 'progress' ? `progress ${message.value.jobId}` : message.push;
      const earlier = waiting.get(slot);
      if (earlier && isRows(message)) addRows(earlier as RowMessage[], message);
      else waiting.set(slot, [message]);
    },
    take() {
      const messages = [...waiting.values()].flat();
      waiting.clear();
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

function addRows(waiting: RowMessage[], message: RowMessage): void {
  const last = waiting.at(-1);
  if (last && last.value.length + message.value.length <= MERGED_BYTES) waiting[waiting.length - 1] = merged(last, message);
  else waiting.push(message);
  if (waiting.reduce((bytes, { value }) => bytes + value.length, 0) > WAITING_BYTES_MAX) waiting.splice(0, waiting.length, waiting.reduce(merged));
}

/** One message that does to a screen what the earlier and then the later would have done. */
function merged({ push, value }: RowMessage, later: RowMessage): RowMessage {
  return { push, value: mergeChanges(value, later.value) };
}
