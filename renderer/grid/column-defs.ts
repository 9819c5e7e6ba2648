import type { ColDef, SortComparatorFn, SuppressKeyboardEventParams } from 'ag-grid-community';
import { STATUSES_WORST_FIRST } from '../design/status.ts';
import { shiftPoint } from '../format/decimal-text.ts';
import { cellText, cellTooltip } from './cell-text.ts';
import { isNumeric, TONES, type Column } from './column.ts';
import { compareValues } from './row-order.ts';
import type { RowSlot } from './row-slot.ts';

/** What the grid asks back: is this cell in the selected range, does this key belong to us, and what becomes of what was typed. */
export interface GridHooks<Row> {
  inRange: (rowIndex: number, columnId: string) => boolean;
  takesKey: (params: SuppressKeyboardEventParams) => boolean;
  onEdit: (row: Row, columnId: string, typed: string) => Promise<unknown>;
  /** False where the desk makes the order: then the grid takes the rows as they come. */
  sorts: boolean;
}

/** Orders two values as the grid asks for it; see row-order.ts. */
function comparatorOf<Row>(column: Column<Row>): SortComparatorFn<RowSlot<Row>, string | null> {
  return (a, b, _nodeA, _nodeB, descending) => compareValues(column.kind, a, b, descending);
}

const AS_THEY_COME = (): number => 0;

function filterOf<Row>(column: Column<Row>): ColDef<RowSlot<Row>, string | null> {
  if (!isNumeric(column.kind)) {
    return {
      filter: 'agTextColumnFilter',
      filterValueGetter: ({ data }) => (data ? cellText(column, data.row) : null),
      filterParams: { debounceMs: 120 },
    };
  }
  // Filters compare numbers as typed, so a binary approximation is good enough here and only here.
  const shift = column.kind === 'percent' ? 2 : 0;
  return {
    filter: 'agNumberColumnFilter',
    filterValueGetter: ({ data }) => {
      const value = data ? column.read(data.row) : null;
      return value === null ? null : Number(shiftPoint(value, shift));
    },
    filterParams: { filterOptions: ['greaterThanOrEqual', 'lessThanOrEqual', 'equals', 'inRange', 'blank', 'notBlank'], debounceMs: 200 },
  };
}

type ClassRules<Row> = NonNullable<ColDef<RowSlot<Row>, string | null>['cellClassRules']>;

function classRulesOf<Row>(column: Column<Row>, hooks: GridHooks<Row>): ClassRules<Row> {
  const rules: ClassRules<Row> = { 'in-range': ({ rowIndex }) => hooks.inRange(rowIndex, column.id) };
  if (isNumeric(column.kind)) {
    rules['negative'] = ({ value }) => typeof value === 'string' && value.startsWith('-');
    rules['nothing'] = ({ value }) => value === '0';
  }
  const { unverified } = column;
  if (unverified) rules['unverified'] = ({ data }) => data !== undefined && unverified(data.row);
  if (column.kind === 'status') {
    for (const status of STATUSES_WORST_FIRST) rules[`status-${status}`] = ({ value }) => value === status;
  }
  const { tone } = column;
  if (tone) for (const name of TONES) rules[`tone-${name}`] = ({ data }) => data !== undefined && tone(data.row) === name;
  return rules;
}

/** The grid library's definition of one of our columns. */
export function columnDefOf<Row>(column: Column<Row>, hooks: GridHooks<Row>): ColDef<RowSlot<Row>, string | null> {
  const numeric = isNumeric(column.kind);
  const classes = [`kind-${column.kind}`, numeric ? 'number' : '', column.explains ? 'explains' : '', column.press ? 'presses' : ''].filter(Boolean);
  return {
    colId: column.id,
    headerName: column.header,
    headerTooltip: column.hint,
    width: column.width,
    ...(column.grows ? { flex: 1, minWidth: column.width } : {}),
    ...(column.sort ? { initialSort: column.sort.direction, initialSortIndex: column.sort.index } : {}),
    pinned: column.pinned ? 'left' : null,
    hide: column.hidden ?? false,
    valueGetter: ({ data }) => (data ? column.read(data.row) : null),
    valueFormatter: ({ data }) => (data ? cellText(column, data.row) : ''),
    tooltipValueGetter: ({ data }) => (data ? cellTooltip(column, data.row) : null),
    getQuickFilterText: ({ data }) => (data ? `${cellText(column, data.row)} ${column.read(data.row) ?? ''}` : ''),
    comparator: hooks.sorts ? comparatorOf(column) : AS_THEY_COME,
    cellClass: classes,
    headerClass: numeric ? 'ag-right-aligned-header' : '',
    cellClassRules: classRulesOf(column, hooks),
    editable: ({ data }) => data !== undefined && (column.canEdit?.(data.row) ?? false),
    // The value stays as it is until the desk has said what follows. A request for the edit would be told a timer later,
    // which waits for a frame that shows nothing new; this is told at once.
    valueSetter: ({ data, newValue }) => {
      void hooks.onEdit(data.row, column.id, newValue ?? '');
      return false;
    },
    suppressKeyboardEvent: hooks.takesKey,
    ...filterOf(column),
  };
}
