import type { SortComparatorFn } from 'ag-grid-community';
import { expect, test } from 'vitest';
import { columnDefOf } from '../../../renderer/grid/column-defs.ts';
import { cellText, cellTooltip } from '../../../renderer/grid/cell-text.ts';
import type { Column, ColumnKind } from '../../../renderer/grid/column.ts';

type Row = { value: string | null };
const column = (kind: ColumnKind, more: Partial<Column<Row>> = {}): Column<Row> => ({
  id: 'value',
  header: 'Value',
  hint: 'The value',
  kind,
  width: 100,
  read: (row) => row.value,
  absent: () => 'There is no usable mark',
  ...more,
});
const hooks = { inRange: () => false, takesKey: () => false, onEdit: () => Promise.resolve(), sorts: true };

/** The values in the order the grid would show them. */
function sorted(kind: ColumnKind, values: readonly (string | null)[], descending: boolean): (string | null)[] {
  const compare = columnDefOf(column(kind), hooks).comparator as SortComparatorFn;
  const none = undefined as never;
  return [...values].sort((a, b) => compare(a, b, none, none, descending) * (descending ? -1 : 1));
}

test('numbers are ordered by value, not by spelling', () => {
  expect(sorted('money', ['9', '-10', '100', '-9.5'], false)).toEqual(['-10', '-9.5', '9', '100']);
});

test('what is absent comes last, whichever way a column is sorted', () => {
  expect(sorted('money', [null, '2', '1'], false)).toEqual(['1', '2', null]);
  expect(sorted('money', [null, '1', '2'], true)).toEqual(['2', '1', null]);
});

test('statuses are ordered by severity', () => {
  expect(sorted('status', ['warning', 'bankrupt', 'healthy', 'indeterminate'], true)).toEqual(['bankrupt', 'indeterminate', 'warning', 'healthy']);
});

test('a status is a shape and a word', () => {
  expect(cellText(column('status'), { value: 'call' })).toBe('◆ Call');
});

test('a blank cell says why in its tooltip', () => {
  expect(cellText(column('price'), { value: null })).toBe('');
  expect(cellTooltip(column('price'), { value: null })).toBe('There is no usable mark');
});

test('the tooltip has the full precision where the cell rounds, and nothing where it does not', () => {
  expect(cellTooltip(column('money', { unit: () => 'USD' }), { value: '-1234.5678' })).toBe('-1,234.5678 USD');
  expect(cellTooltip(column('money'), { value: '-1234.5' })).toBeNull();
  expect(cellTooltip(column('money'), { value: '1234.56' })).toBeNull();
  expect(cellTooltip(column('percent'), { value: '0.3' })).toBeNull();
  expect(cellTooltip(column('percent'), { value: '0.05255' })).toBe('5.255%');
  expect(cellTooltip(column('money'), { value: '0' })).toBeNull();
});
