import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPackedStore, type Ask } from '../../../renderer/desk/packed-store.ts';
import { noOrders, orderedRows } from '../../../main/desk/rows/row-orders.ts';
import { changedSlots, emptyTable, packSlots, rowsOf, type RowTable } from '../../../main/desk/rows/row-table.ts';
import { setRows } from '../../desk/rows/set-rows.ts';
import { finish } from '../../../main/desk/rows/slices.ts';
import { openOrder } from '../../../shared/packed-rows/order.ts';
import type { RowSort } from '../../../shared/packed-rows/sort.ts';
import { TABLE_FIELDS } from '../../../shared/packed-rows/tables.ts';
import { succeed } from '../../../shared/result.ts';
import type { AccountRow } from '../../../shared/views.ts';
import { valueOf } from '../../desk/desk-fixture.ts';
import { drawnRow } from '../../shared/packed-rows/draw-rows.ts';

// The store at one end, the desk's list at the other, and between them a line on which questions take their time and
// messages may be lost. Whatever happens on the way, the store must end with what the desk has.

type Step = { step: 'change'; rows: unknown[] } | { step: 'push' } | { step: 'lose' } | { step: 'sort'; descending: boolean } | { step: 'answer' };

const key = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ step: fc.constant('change' as const), rows: fc.uniqueArray(drawnRow('accounts', key), { selector: ({ account }) => account }) }),
  fc.record({ step: fc.constant('push' as const) }),
  fc.record({ step: fc.constant('lose' as const) }),
  fc.record({ step: fc.constant('sort' as const), descending: fc.boolean() }),
  fc.record({ step: fc.constant('answer' as const) }),
  fc.record({ step: fc.constant('answer' as const) }),
);

/** The desk's end of the line: answers wait until they are let through, as they were when they were asked for. */
function deskEnd(): { list: RowTable<'accounts'>; ask: Ask; letThrough: () => Promise<boolean>; settle: () => Promise<void>; push: () => Uint8Array } {
  const list = emptyTable('accounts');
  const orders = noOrders();
  const waiting: (() => void)[] = [];
  let told = 0;
  const ask = ((channel: string, input: never) => {
    const { sort, slots } = input as { sort: []; slots: number[] };
    const answer = channel === 'rows.order' ? finish(orderedRows(list, orders, sort)) : succeed(packSlots(list, 0, list.version, slots));
    return new Promise((resolve) => waiting.push(() => resolve(answer)));
  }) as unknown as Ask;
  return {
    list,
    ask,
    async letThrough() {
      const first = waiting.shift();
      first?.();
      await new Promise((resolve) => setImmediate(resolve));
      return first !== undefined;
    },
    async settle() {
      while (await this.letThrough());
    },
    push() {
      const bytes = packSlots(list, told, list.version, changedSlots(list, told));
      told = list.version;
      return bytes;
    },
  };
}

/** What the desk would answer now, ordering everything anew. */
function slotsOf(list: RowTable<'accounts'>, sort: readonly RowSort[]): number[] {
  return Array.from(openOrder(valueOf(finish(orderedRows(list, noOrders(), sort)))).slots);
}

/** A row as a plain object: what it says, not how it is kept. */
function plain(row: AccountRow): Record<string, unknown> {
  return Object.fromEntries(TABLE_FIELDS.accounts.map(({ name }) => [name, row[name as keyof AccountRow]]));
}

test('whatever is late or lost on the way, a store ends with the rows the desk has, and ranked with its order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const desk = deskEnd();
      const store = createPackedStore('accounts', desk.ask);
      void store.load();
      let sort: RowSort[] = [];
      for (const each of steps) {
        if (each.step === 'change') setRows(desk.list, each.rows as never[]);
        else if (each.step === 'push') store.take(desk.push());
        else if (each.step === 'lose') desk.push();
        else if (each.step === 'answer') await desk.letThrough();
        else void store.sortBy((sort = [{ field: 'equity', descending: each.descending }]));
      }
      // The line is quiet in the end: a last change arrives, and everything that was asked is answered.
      setRows(desk.list, rowsOf(desk.list).slice(1));
      store.take(desk.push());
      await desk.settle();
      void store.rank();
      await desk.settle();
      expect(Array.from(store.order())).toEqual(slotsOf(desk.list, sort));
      expect(store.rows().map(plain)).toEqual(slotsOf(desk.list, sort).map((slot) => desk.list.rows[slot]));
      expect(store.count()).toBe(rowsOf(desk.list).length);
      for (const name of ['A', 'B', 'C', 'D', 'E']) {
        const row = store.row(name);
        expect(row && plain(row)).toEqual(rowsOf(desk.list).find(({ account }) => account === name));
      }
    }),
    { numRuns: 1_000 },
  );
});
