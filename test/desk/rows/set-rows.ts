import type { TableName, TableRows } from '../../../shared/packed-rows/tables.ts';
import { changingRows, settingRows, type RowTable } from '../../../main/desk/rows/row-table.ts';
import { finish } from '../../../main/desk/rows/slices.ts';

/** The list as it is now, at once. */
export function setRows<Table extends TableName>(table: RowTable<Table>, rows: Iterable<TableRows[Table]>): void {
  finish(settingRows(table, [...rows]))();
}

/** Some rows anew, at once. */
export function changeRows<Table extends TableName>(table: RowTable<Table>, rows: Iterable<TableRows[Table]>): void {
  finish(changingRows(table, [...rows]))();
}
