import type { GridApi } from 'ag-grid-community';

/** Makes every column `factor` times as wide; those that take what is left go along by themselves. */
export function scaleWidths(api: GridApi, factor: number): void {
  if (factor === 1) return;
  const columns = (api.getColumns() ?? []).filter((column) => !column.getFlex());
  api.setColumnWidths(columns.map((column) => ({ key: column, newWidth: Math.round(column.getActualWidth() * factor) })));
}
