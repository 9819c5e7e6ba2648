import type { PushMessage } from '../../../shared/contract.ts';
import { mergeChanges } from '../../../shared/packed-rows/change.ts';

/**
 * Messages waiting for one browser: at most one per kind (of progress, one per job), each standing for all that came
 * since the last was sent. Rows not named in a message stand as they were, so two messages are merged row by row:
 * the newest of each row wins and none is lost.
 */
export interface PushOutbox {
  add(message: PushMessage): void;
  /** Everything that waits, oldest kind first, and forgets it. */
  take(): PushMessage[];
  readonly size: number;
}

export function pushOutbox(): PushOutbox {
  const waiting = new Map<string, PushMessage>();

  return {
    add(message) {
      const slot = message.push === 'progress' ? `progress ${message.value.jobId}` : message.push;
      const earlier = waiting.get(slot);
      waiting.set(slot, earlier ? merged(earlier, message) : message);
    },
    take() {
      const messages = [...waiting.values()];
      waiting.clear();
      return messages;
    },
    get size() {
      return waiting.size;
    },
  };
}

/** One message that does to a screen what the earlier and then the later would have done. */
function merged(earlier: PushMessage, later: PushMessage): PushMessage {
  const isRows = (later.push === 'accounts.changed' || later.push === 'queue.changed') && later.push === earlier.push;
  return isRows ? { push: later.push, value: mergeChanges(earlier.value, later.value) } : later;
}
