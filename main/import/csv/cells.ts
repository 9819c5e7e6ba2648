import type { DecimalText } from '../../../shared/money.ts';
import type { RowTrouble } from '../facts/collect.ts';
import type { RowCursor } from '../text/csv-rows.ts';
import type { Columns } from '../text/headers.ts';
import { readAmount } from '../values/amount.ts';

/** The text of a field; empty where the file has no such column or the row ends before it. */
export function cellOf<Field extends string>(cells: readonly string[], columns: Columns<Field>, field: Field): string {
  const index = columns[field];
  return index < 0 ? '' : (cells[index]?.trim() ?? '');
}

/** An amount; null where there is none, undefined where the cell holds something else. */
export function amountCell<Field extends string>(cells: readonly string[], columns: Columns<Field>, field: Field): DecimalText | null | undefined {
  return readAmount(cellOf(cells, columns, field));
}

/**
 * Where a row has text beyond its header's last column. An amount with an unquoted thousands comma does that, and
 * everything behind it then stands in the wrong column.
 */
export function spillsOver(cells: readonly string[], columnCount: number): boolean {
  for (let index = columnCount; index < cells.length; index += 1) if (cells[index]?.trim() !== '') return true;
  return false;
}

/** What is said about the row a cursor stands on. */
export function rowTrouble(cursor: RowCursor, code: string, reason: string, column?: string): RowTrouble {
  return { line: cursor.line, code, reason, column, text: cursor.rowText() };
}
