import type { GridApi } from 'ag-grid-community';
import { isNumeric, type Column } from './column.ts';
import { rectangleOf, type CellRange } from './range-model.ts';
import type { RangeCell } from './range-stats.ts';
import type { RowSlot } from './row-slot.ts';
import { toTsv, type CopiedCell } from './tsv.ts';

/** More cells than this are not added up while a person drags over them. */
const STATS_CELLS_MAX = 200_000;

/** The columns of a range in the order they are displayed, and its rows. */
function cellsOf<Row>(api: GridApi<RowSlot<Row>>, range: CellRange, columns: readonly Column<Row>[]): { columns: Column<Row>[]; rows: Row[] } {
  const { top, bottom, left, right } = rectangleOf(range);
  const byId = new Map(columns.map((column) => [column.id, column]));
  const shown = api.getAllDisplayedColumns().slice(left, right + 1);
  const rows: Row[] = [];
  for (let index = top; index <= bottom; index += 1) {
    const slot = api.getDisplayedRowAtIndex(index)?.data;
    if (slot) rows.push(slot.row);
  }
  return { columns: shown.flatMap((column) => byId.get(column.getColId()) ?? []), rows };
}

function copied<Row>(column: Column<Row>, row: Row): CopiedCell {
  const numeric = isNumeric(column.kind);
  const text = numeric || !column.show ? (column.read(row) ?? '') : column.show(row);
  return { text, numeric };
}

/** The range as tab-separated text: numbers with every digit, words as shown. */
export function rangeAsTsv<Row>(api: GridApi<RowSlot<Row>>, range: CellRange, columns: readonly Column<Row>[], withHeaders: boolean): string {
  const cells = cellsOf(api, range, columns);
  const rows = cells.rows.map((row) => cells.columns.map((column) => copied(column, row)));
  return toTsv(rows, withHeaders ? cells.columns.map((column) => column.header) : undefined);
}

/** The range's cells for the statistics; null when there are too many to count on every move of the mouse. */
export function rangeCells<Row>(api: GridApi<RowSlot<Row>>, range: CellRange, columns: readonly Column<Row>[]): RangeCell[] | null {
  const cells = cellsOf(api, range, columns);
  if (cells.rows.length * cells.columns.length > STATS_CELLS_MAX) return null;
  return cells.rows.flatMap((row) =>
    cells.columns.map((column) => ({ amount: isNumeric(column.kind) ? column.read(row) : null, unit: column.unit?.(row) ?? column.kind })),
  );
}
