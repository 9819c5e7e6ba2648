import type { ColumnState } from 'ag-grid-community';
import { statusSeverity, type MarginStatus } from '../../shared/domain/status.ts';
import { compareDecimalText } from '../format/decimal-text.ts';
import { isNumeric, type Column, type ColumnKind } from './column.ts';

const isAbsent = (value: string | null | undefined): value is null | undefined => value === null || value === undefined;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const compareStatus = (a: string, b: string): number => statusSeverity(a as MarginStatus) - statusSeverity(b as MarginStatus);

function orderOf(kind: ColumnKind): (a: string, b: string) => number {
  if (kind === 'status') return compareStatus;
  return isNumeric(kind) ? compareDecimalText : compareText;
}

/**
 * Orders two values of a column: numbers by value, statuses by severity. What is absent goes last whichever way the
 * column is sorted, so the answer, which the grid turns round for a descending column, is turned round here too.
 */
export function compareValues(kind: ColumnKind, a: string | null | undefined, b: string | null | undefined, descending: boolean): number {
  if (isAbsent(a) || isAbsent(b)) return isAbsent(a) && isAbsent(b) ? 0 : isAbsent(a) === descending ? -1 : 1;
  return orderOf(kind)(a, b);
}

/** The order in which the grid's sorting puts two rows; 0 when it doesn't tell them apart or there is no sorting. */
export function compareRows<Row>(a: Row, b: Row, state: readonly ColumnState[], columns: readonly Column<Row>[]): number {
  const sorted = state.filter((each) => each.sort).sort((left, right) => (left.sortIndex ?? 0) - (right.sortIndex ?? 0));
  for (const { colId, sort } of sorted) {
    const column = columns.find((each) => each.id === colId);
    if (!column) continue;
    const descending = sort === 'desc';
    const order = compareValues(column.kind, column.read(a), column.read(b), descending);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}
