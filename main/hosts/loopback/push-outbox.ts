import type { PushMessage } from '../../../shared/contract.ts';

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
  if (earlier.push === 'accounts.changed' && later.push === 'accounts.changed') {
    const rows = new Map(earlier.value.rows.map((row) => [row.account, row]));
    const removed = new Set(earlier.value.removed);
    for (const account of later.value.removed) {
      rows.delete(account);
      removed.add(account);
    }
    for (const row of later.value.rows) {
      rows.set(row.account, row);
      removed.delete(row.account);
    }
    return { push: 'accounts.changed', value: { sequence: later.value.sequence, rows: [...rows.values()], removed: [...removed] } };
  }
  if (earlier.push === 'queue.changed' && later.push === 'queue.changed') {
    const rows = new Map([...earlier.value.rows, ...later.value.rows].map((row) => [row.key, row]));
    // A row that left the order is kept all the same: it may come back, unchanged since and so not named again.
    return { push: 'queue.changed', value: { ...later.value, rows: [...rows.values()] } };
  }
  return later;
}
