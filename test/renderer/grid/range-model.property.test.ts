import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellCount, contains, everything, extend, rectangleOf, sameRange, single, wholeRow, type CellRange, type Direction, type Extent } from '../../../renderer/grid/range-model.ts';

const RUNS = { numRuns: 2_000 };
const extents = fc.record({ rows: fc.integer({ min: 1, max: 40 }), columns: fc.integer({ min: 1, max: 20 }) });
const placeIn = ({ rows, columns }: Extent): fc.Arbitrary<{ row: number; column: number }> =>
  fc.record({ row: fc.integer({ min: 0, max: rows - 1 }), column: fc.integer({ min: 0, max: columns - 1 }) });
const ranges = extents.chain((extent) => fc.tuple(fc.constant(extent), fc.record({ anchor: placeIn(extent), head: placeIn(extent) })));
const directions = fc.constantFrom<Direction>('Up', 'Down', 'Left', 'Right');

function cellsOf(range: CellRange, extent: Extent): number {
  let count = 0;
  for (let row = 0; row < extent.rows; row += 1) {
    for (let column = 0; column < extent.columns; column += 1) if (contains(range, { row, column })) count += 1;
  }
  return count;
}

test('a range holds exactly as many cells as it counts, whichever corner it was drawn from', () => {
  fc.assert(
    fc.property(ranges, ([extent, range]) => {
      expect(cellsOf(range, extent)).toBe(cellCount(range));
      expect(rectangleOf({ anchor: range.head, head: range.anchor })).toEqual(rectangleOf(range));
    }),
    { numRuns: 1_000 },
  );
});

test('extending keeps the anchor and never leaves the grid', () => {
  fc.assert(
    fc.property(ranges, directions, fc.boolean(), ([extent, range], direction, toEdge) => {
      const next = extend(range, direction, toEdge, extent);
      expect(next.anchor).toEqual(range.anchor);
      expect(next.head.row >= 0 && next.head.row < extent.rows && next.head.column >= 0 && next.head.column < extent.columns).toBe(true);
      expect(Math.abs(next.head.row - range.head.row) + Math.abs(next.head.column - range.head.column) <= (toEdge ? 40 : 1)).toBe(true);
    }),
    RUNS,
  );
});

test('extending to an edge lands on it', () => {
  fc.assert(
    fc.property(ranges, ([extent, range]) => {
      expect(extend(range, 'Down', true, extent).head.row).toBe(extent.rows - 1);
      expect(extend(range, 'Up', true, extent).head.row).toBe(0);
      expect(extend(range, 'Right', true, extent).head.column).toBe(extent.columns - 1);
      expect(extend(range, 'Left', true, extent).head.column).toBe(0);
    }),
    RUNS,
  );
});

test('one cell, one row and everything count as they should', () => {
  fc.assert(
    fc.property(extents, (extent) => {
      expect(cellCount(single({ row: 0, column: 0 }))).toBe(1);
      expect(cellCount(wholeRow(extent.rows - 1, extent))).toBe(extent.columns);
      expect(cellCount(everything(extent))).toBe(extent.rows * extent.columns);
    }),
    RUNS,
  );
});

test('no range is the same as no range only', () => {
  const one = single({ row: 1, column: 2 });
  expect([sameRange(null, null), sameRange(one, null), sameRange(one, single({ row: 1, column: 2 })), sameRange(one, single({ row: 2, column: 2 }))]).toEqual([true, false, true, false]);
});
