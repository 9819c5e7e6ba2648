import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packCell, readCell, type PackedCell } from '../../../shared/packed-rows/cell.ts';
import { mergeChanges, openChange, packChange, rowsOfChange, tableOf, type RowChange } from '../../../shared/packed-rows/change.ts';
import { openOrder, packOrder } from '../../../shared/packed-rows/order.ts';
import { TABLES, type TableName } from '../../../shared/packed-rows/tables.ts';
import { amount, drawnRow } from './draw-rows.ts';

const key = fc.string({ minLength: 1, maxLength: 8 });

function drawnChange(table: TableName): fc.Arbitrary<RowChange<TableName>> {
  return fc.record({ rows: fc.array(drawnRow(table, key), { maxLength: 4 }), places: fc.uniqueArray(fc.nat(9), { minLength: 10, maxLength: 10 }), gone: fc.nat(4), from: fc.nat(100), to: fc.nat(100) }).map(({ rows, places, gone, from, to }) => ({
    table, rows, from, to, slots: places.slice(0, rows.length), removed: places.slice(rows.length, rows.length + gone),
  }));
}

const change = fc.constantFrom(...TABLES).chain(drawnChange);

test('whatever rows hold, they come out of their bytes as they went in', () => {
  fc.assert(
    fc.property(change, fc.nat(7), (given, offset) => {
      const bytes = packChange(given);
      // A host may hand over a view into a larger piece of memory, at any place.
      const moved = Buffer.alloc(bytes.length + offset).subarray(offset);
      moved.set(bytes);
      const opened = openChange(moved);
      expect(tableOf(moved)).toBe(given.table);
      expect({ ...opened, slots: [...opened.slots], removed: [...opened.removed], rows: rowsOfChange(opened) }).toMatchObject({ table: given.table, from: given.from, to: given.to, slots: Array.from(given.slots), removed: Array.from(given.removed), rows: given.rows });
    }),
    { numRuns: 1_000 },
  );
});

test('an amount keeps every digit, whether it fits a double or not', () => {
  const cell: PackedCell = { number: 0, tag: 0, text: '' };
  fc.assert(
    fc.property(amount, (text) => {
      packCell('amount', text, cell);
      expect(readCell('amount', cell.number, cell.tag, cell.text)).toBe(text);
    }),
    { numRuns: 5_000 },
  );
});

/** What a screen knows after some changes: its rows by slot. */
function shownAfter(changes: readonly Uint8Array[]): Map<number, unknown> {
  const rows = new Map<number, unknown>();
  for (const opened of changes.map(openChange)) {
    for (const slot of opened.removed) rows.delete(slot);
    rowsOfChange(opened).forEach((row, index) => rows.set(opened.slots[index] ?? -1, row));
  }
  return rows;
}

test('two changes merged do to a screen what they do one after the other', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TABLES).chain((table) => fc.tuple(drawnChange(table), drawnChange(table), drawnChange(table))), ([first, second, third]) => {
      const [shown, earlier, later] = [packChange(first), packChange(second), packChange(third)];
      const merged = mergeChanges(earlier, later);
      expect(shownAfter([shown, merged])).toEqual(shownAfter([shown, earlier, later]));
      expect([openChange(merged).from, openChange(merged).to]).toEqual([Math.min(second.from, third.from), third.to]);
    }),
    { numRuns: 1_000 },
  );
});

test('an order comes out of its bytes as it went in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { maxLength: 20 }), fc.nat(1_000), (slots, version) => {
      const order = { table: 'queue' as const, version, slots: Uint32Array.from(slots), places: Uint32Array.from(slots, (slot) => slot + 1) };
      expect(openOrder(packOrder(order))).toEqual(order);
    }),
    { numRuns: 1_000 },
  );
});

test('bytes that are no packed rows are refused, not read', () => {
  expect(() => openChange(new Uint8Array(64).fill(7))).toThrow('no packed rows');
  const bytes = packChange({ table: 'accounts', from: 0, to: 1, slots: [], rows: [], removed: [4] });
  expect(() => openChange(bytes.subarray(0, bytes.length - 1))).toThrow('another length');
  expect(() => openOrder(new Uint8Array([9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toThrow('no order');
});
