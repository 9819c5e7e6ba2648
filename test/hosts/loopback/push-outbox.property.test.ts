import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pushOutbox } from '../../../main/hosts/loopback/push-outbox.ts';
import type { PushMessage } from '../../../shared/contract.ts';
import { openChange, packChange, rowsOfChange } from '../../../shared/packed-rows/change.ts';
import { TABLES, type TableName } from '../../../shared/packed-rows/tables.ts';
import { drawnRow } from '../../shared/packed-rows/draw-rows.ts';

/** What a screen knows: it takes each message exactly as the contract says. */
type Screen = Map<string, unknown>;

function show(screen: Screen, message: PushMessage): void {
  if (message.push !== 'accounts.changed' && message.push !== 'queue.changed') return;
  const change = openChange(message.value);
  for (const slot of change.removed) screen.delete(`${change.table} ${slot}`);
  rowsOfChange(change).forEach((row, index) => screen.set(`${change.table} ${change.slots[index]}`, row));
  screen.set(`${change.table} up to`, change.to);
}

const rows = fc.array(drawnRow('accounts', fc.constantFrom('A', 'B')), { maxLength: 2 });
const message = (to: number) =>
  fc.record({ table: fc.constantFrom(...TABLES), rows, slots: fc.uniqueArray(fc.nat(4), { minLength: 5, maxLength: 5 }), gone: fc.nat(2) }).map(({ table, rows: given, slots, gone }): PushMessage => {
    const removed = slots.slice(given.length, given.length + gone);
    // What a field holds is nothing to the outbox; rows of accounts do for the queue.
    const value = packChange<TableName>({ table, from: to - 1, to, slots: slots.slice(0, given.length), rows: given, removed });
    return { push: `${table}.changed`, value };
  });

test('a slow browser ends up showing what a fast one shows', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 6 }).chain((received) => fc.tuple(...received.map((each, index) => fc.tuple(message(index + 1), fc.constant(each))))), (steps) => {
      const [fast, slow, outbox] = [new Map<string, unknown>(), new Map<string, unknown>(), pushOutbox()];
      for (const [each, received] of steps) {
        show(fast, each);
        outbox.add(each);
        if (received) for (const waiting of outbox.take()) show(slow, waiting);
      }
      for (const waiting of outbox.take()) show(slow, waiting);
      expect(slow).toEqual(fast);
    }),
    { numRuns: 1_000 },
  );
});

test('at most one message of a kind waits, and one per job of progress', () => {
  const outbox = pushOutbox();
  for (let done = 0; done < 10; done += 1) {
    for (const jobId of ['a', 'b']) outbox.add({ push: 'progress', value: { jobId, label: 'Reading', done, total: 10, unit: 'rows', state: 'running' } });
    outbox.add({ push: 'queue.changed', value: packChange({ table: 'queue', from: done, to: done + 1, slots: [], rows: [], removed: [done] }) });
  }
  const taken = outbox.take();
  expect(taken.flatMap((each) => (each.push === 'progress' ? [each.value] : []))).toMatchObject([{ jobId: 'a', done: 9 }, { jobId: 'b', done: 9 }]);
  const changes = taken.flatMap((each) => (each.push === 'queue.changed' ? [openChange(each.value)] : []));
  expect(changes.map(({ from, to, removed }) => [from, to, [...removed]])).toEqual([[0, 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]]);
  expect(outbox.size).toBe(0);
});

/** Rows of the queue, some hundreds of kilobytes of them. */
function largeChange(step: number, first: number, count: number): PushMessage {
  const slots = Array.from({ length: count }, (_, at) => first + at);
  const row = fc.sample(drawnRow('queue', fc.constant('A')), { numRuns: 1, seed: 1 })[0];
  if (!row) throw new Error('a row is drawn');
  return { push: 'queue.changed', value: packChange({ table: 'queue', from: step - 1, to: step, slots, rows: slots.map(() => row), removed: [] }) };
}

test('large changes wait side by side, in order, and as one for a browser that is far behind', () => {
  const outbox = pushOutbox();
  const rowsAt = (taken: readonly PushMessage[]) => taken.map((each) => (each.push === 'queue.changed' ? [...openChange(each.value).slots] : []));
  outbox.add(largeChange(1, 0, 2_000));
  outbox.add(largeChange(1, 2_000, 2_000));
  const waiting = rowsAt(outbox.take());
  expect(waiting.map(([first]) => first)).toEqual([0, 2_000]);
  for (let step = 1; step <= 60; step += 1) outbox.add(largeChange(step, 0, 2_000));
  const behind = outbox.take();
  expect(behind.length).toBeLessThan(60);
  const last = behind.at(-1);
  expect(last?.push === 'queue.changed' ? openChange(last.value).to : null).toBe(60);
});
