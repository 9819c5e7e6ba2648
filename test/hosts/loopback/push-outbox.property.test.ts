import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pushOutbox } from '../../../main/hosts/loopback/push-outbox.ts';
import type { PushMessage } from '../../../shared/contract.ts';
import type { AccountRow, QueueRow } from '../../../shared/views.ts';

/** What a screen knows: it takes each message exactly as the contract says. */
interface Screen {
  accounts: Map<string, unknown>;
  queueRows: Map<string, unknown>;
  order: string[];
}

const emptyScreen = (): Screen => ({ accounts: new Map(), queueRows: new Map(), order: [] });

function show(screen: Screen, message: PushMessage): void {
  if (message.push === 'accounts.changed') {
    for (const account of message.value.removed) screen.accounts.delete(account);
    for (const row of message.value.rows) screen.accounts.set(row.account, row);
  } else if (message.push === 'queue.changed') {
    for (const row of message.value.rows) screen.queueRows.set(row.key, row);
    screen.order = message.value.order;
  }
}

/** The queue as a person sees it: the rows that the order names. */
const queueOf = ({ order, queueRows }: Screen): unknown[] => order.map((key) => queueRows.get(key));

const name = fc.constantFrom('A', 'B', 'C', 'D');
const accountsChanged = fc
  .record({ sequence: fc.nat(), rows: fc.uniqueArray(fc.record({ account: name, equity: fc.nat().map(String) }), { selector: ({ account }) => account }), removed: fc.uniqueArray(name) })
  .map(({ sequence, rows, removed }): PushMessage => {
    const changed = new Set(rows.map(({ account }) => account));
    return { push: 'accounts.changed', value: { sequence, rows: rows as unknown as AccountRow[], removed: removed.filter((account) => !changed.has(account)) } };
  });
const queueChanged = fc
  .record({ sequence: fc.nat(), rows: fc.uniqueArray(fc.record({ key: name, rank: fc.nat() }), { selector: ({ key }) => key }), others: fc.uniqueArray(name) })
  .map(({ sequence, rows, others }): PushMessage => {
    const order = [...new Set([...rows.map(({ key }) => key), ...others])];
    return { push: 'queue.changed', value: { sequence, rows: rows as unknown as QueueRow[], order } };
  });

test('a slow browser ends up showing what a fast one shows', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(accountsChanged, queueChanged), fc.boolean()), { maxLength: 12 }), (steps) => {
      const [fast, slow, outbox] = [emptyScreen(), emptyScreen(), pushOutbox()];
      // Both have asked for everything once; afterwards the slow one receives only now and then.
      for (const screen of [fast, slow]) for (const key of ['A', 'B', 'C', 'D']) screen.queueRows.set(key, { key, rank: -1 });
      for (const [message, received] of steps) {
        show(fast, message);
        outbox.add(message);
        if (received) for (const waiting of outbox.take()) show(slow, waiting);
      }
      for (const waiting of outbox.take()) show(slow, waiting);
      expect(slow.accounts).toEqual(fast.accounts);
      expect(queueOf(slow)).toEqual(queueOf(fast));
    }),
    { numRuns: 2000 },
  );
});

test('at most one message of a kind waits, and one per job of progress', () => {
  const outbox = pushOutbox();
  for (let done = 0; done < 10; done += 1) {
    for (const jobId of ['a', 'b']) outbox.add({ push: 'progress', value: { jobId, label: 'Reading', done, total: 10, unit: 'rows', state: 'running' } });
  }
  expect(outbox.take().map(({ value }) => value)).toMatchObject([{ jobId: 'a', done: 9 }, { jobId: 'b', done: 9 }]);
  expect(outbox.size).toBe(0);
});
