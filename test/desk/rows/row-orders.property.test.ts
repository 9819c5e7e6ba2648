import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { noOrders, orderedRows } from '../../../main/desk/rows/row-orders.ts';
import { emptyTable, rowsOf } from '../../../main/desk/rows/row-table.ts';
import { setRows } from './set-rows.ts';
import { finish } from '../../../main/desk/rows/slices.ts';
import { merged, sorted } from '../../../main/desk/rows/merge-sort.ts';
import { compareRows } from '../../../renderer/grid/row-order.ts';
import { accountColumns } from '../../../renderer/screens/accounts-columns.ts';
import { queueColumns } from '../../../renderer/screens/queue-columns.ts';
import type { Column } from '../../../renderer/grid/column.ts';
import { openOrder } from '../../../shared/packed-rows/order.ts';
import type { TableName, TableRows } from '../../../shared/packed-rows/tables.ts';
import { drawnRow } from '../../shared/packed-rows/draw-rows.ts';
import { valueOf } from '../desk-fixture.ts';

// The desk orders by values it keeps from one asking to the next; a grid that sorted by itself would look at every row
// anew. Both must put the rows the same, after any changes.

const columnsOf: { [Table in TableName]: readonly Column<TableRows[Table]>[] } = { accounts: accountColumns, queue: queueColumns };
const key = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G');

/** Lists one after the other, each in an order of its own, and by which columns each is looked at. */
function drawnDays<Table extends TableName>(table: Table) {
  const sort = fc.uniqueArray(fc.record({ column: fc.constantFrom(...columnsOf[table].filter(({ id }) => id !== 'rank')), descending: fc.boolean() }), { maxLength: 3, selector: ({ column }) => column.id });
  const day = fc.record({ rows: fc.uniqueArray(drawnRow(table, key), { selector: (row) => (row as unknown as Record<string, string>)[table === 'accounts' ? 'account' : 'key'] }), sort });
  return fc.tuple(fc.array(sort, { minLength: 1, maxLength: 2 }), fc.array(day, { minLength: 1, maxLength: 4 })).map(([sorts, days]) => days.map(({ rows, sort: own }, index) => ({ rows, sort: sorts[index % sorts.length] ?? own })));
}

test.each(['accounts', 'queue'] as const)('the desk orders %s as the grid would sort them, after any changes', (table) => {
  fc.assert(
    fc.property(drawnDays(table), (days) => {
      const [list, orders] = [emptyTable(table), noOrders()];
      for (const { rows, sort } of days) {
        setRows(list, rows as never[]);
        const asked = sort.map(({ column, descending }) => ({ field: column.field ?? column.id, descending }));
        const order = openOrder(valueOf(finish(orderedRows(list, orders, asked))));
        const state = sort.map(({ column, descending }, sortIndex) => ({ colId: column.id, sort: descending ? ('desc' as const) : ('asc' as const), sortIndex }));
        const expected = rowsOf(list).toSorted((a, b) => compareRows(a as never, b as never, state, columnsOf[table] as never));
        expect(Array.from(order.slots, (slot) => list.rows[slot])).toEqual(expected);
        expect(Array.from(order.places, (place) => rowsOf(list)[place - 1])).toEqual(expected);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('rows that say the same again are not told again, and a row that comes back has its old slot', () => {
  const [list] = [emptyTable('accounts')];
  const [a, b] = fc.sample(fc.tuple(drawnRow('accounts', fc.constant('A')), drawnRow('accounts', fc.constant('B'))), 1)[0] ?? [];
  setRows(list, [a, b] as never[]);
  const before = [...list.changedAt];
  setRows(list, [structuredClone(a), b] as never[]);
  expect(list.changedAt).toEqual(before);
  setRows(list, [b] as never[]);
  setRows(list, [b, a] as never[]);
  expect([...list.natural]).toEqual([1, 0]);
});

test('a list cut into many runs is sorted as a whole, equals staying as they were', () => {
  const byTens = (a: number, b: number): number => Math.floor(a / 10) - Math.floor(b / 10);
  fc.assert(
    fc.property(fc.array(fc.nat(400), { minLength: 900, maxLength: 3_000 }), fc.array(fc.nat(400), { maxLength: 700 }), (list, more) => {
      const [left, right] = [list, more].map((each) => finish(sorted(Uint32Array.from(each), byTens))) as [Uint32Array, Uint32Array];
      expect([...left]).toEqual(list.toSorted(byTens));
      expect([...finish(merged(left, right, byTens))]).toEqual([...list, ...more].toSorted(byTens));
    }),
    { numRuns: 60 },
  );
});

test('an order by a field that rows do not have is refused by name', () => {
  expect(finish(orderedRows(emptyTable('queue'), noOrders(), [{ field: 'rank', descending: false }]))).toMatchObject({ ok: false, fault: { code: 'unknown-field' } });
});
