import type { PushMessage } from '../../shared/contract.ts';
import { bookInfo, type DeskState } from './desk-state.ts';

/** What changed between two moments of the desk, as the messages that tell it. */
export function changesBetween(before: Pick<DeskState, 'accountRows' | 'queue'>, after: DeskState): PushMessage[] {
  const { sequence } = after.standing;
  const rows = [...after.accountRows.values()].filter((row) => differs(row, before.accountRows.get(row.account)));
  const removed = [...before.accountRows.keys()].filter((account) => !after.accountRows.has(account));
  const queueBefore = new Map(before.queue.map((row) => [row.key, row]));
  const queue = after.queue.filter((row) => differs(row, queueBefore.get(row.key)));
  const messages: PushMessage[] = [{ push: 'book.changed', value: bookInfo(after) }];
  if (rows.length > 0 || removed.length > 0) messages.push({ push: 'accounts.changed', value: { sequence, rows, removed } });
  if (queue.length > 0 || before.queue.length !== after.queue.length) {
    messages.push({ push: 'queue.changed', value: { sequence, rows: queue, order: after.queue.map((row) => row.key) } });
  }
  return messages;
}

function differs<T>(row: T, before: T | undefined): boolean {
  return before === undefined || JSON.stringify(row) !== JSON.stringify(before);
}
