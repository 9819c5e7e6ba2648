import { createGrid, type CellClickedEvent, type GridApi, type GridOptions, type ProcessRowParams, type SuppressKeyboardEventParams } from 'ag-grid-community';
import type { RowSort } from '../../shared/packed-rows/sort.ts';
import { appearance } from '../design/appearance.ts';
import type { GridStore } from '../desk/keyed-store.ts';
import type { PackedStore } from '../desk/packed-store.ts';
import type { ExplainRequest } from '../explain/request.ts';
import { columnDefOf } from './column-defs.ts';
import type { Column } from './column.ts';
import { copyText } from './copy-text.ts';
import { filterText } from './filter-text.ts';
import { createHeldEditor } from './held-editor.ts';
import { keepLayout, loadLayout } from './layouts.ts';
import { registerGridModules } from './modules.ts';
import { createRangeController } from './range-controller.ts';
import { rangeAsTsv, rangeCells } from './range-copy.ts';
import { cellCount } from './range-model.ts';
import { rangeStats, statsOf } from './range-stats.ts';
import { createLiveFeed, type LiveFeed } from './live-feed.ts';
import { createRowFeed, type RowFeed } from './row-feed.ts';
import { compareRows } from './row-order.ts';
import { placeOfSlot, type RowSlot } from './row-slot.ts';
import { scaleWidths } from './scale-widths.ts';
import { gridTheme, widthScale } from './theme.ts';

registerGridModules();

/** What a screen gives a grid, and what it wants to hear from it. */
export interface DeskGridOptions<Row> {
  /** Name under which the layout is kept. */
  view: string;
  label: string;
  store: GridStore<Row>;
  columns: () => readonly Column<Row>[];
  onOpen: (row: Row) => void;
  onExplain: (request: ExplainRequest) => void;
  /** The cursor came to another cell. */
  onFocus: (row: Row, columnId: string) => void;
  /** Something was typed into a cell; settles once what follows is shown. */
  onEdit: (row: Row, columnId: string, typed: string) => Promise<unknown>;
  onWaiting: (waiting: boolean) => void;
  /** How many rows are displayed after filters, and how many the grid holds: a new order may still wait. */
  onCount: (displayed: number, held: number) => void;
}

/** A grid on screen, as its React component drives it. */
export interface DeskGrid {
  api: GridApi;
  rankNow: () => void;
  explainFocused: () => void;
  /** Columns, widths and sorting as they were at first. */
  resetColumns: () => void;
  focusRow: (key: string) => void;
  moveFocus: (rows: number) => void;
  stop: () => void;
}

const nonce = (): string | undefined => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
/** Keys that begin an edit in a cell that takes one; all other letters belong to the key map. */
const BEGINS_EDIT = /^[0-9.\-(+]$/;

const FILTER_PAUSE_MS = 90;

/** Rows in the grid, whether filtered out or not. */
function rowCount(api: GridApi): number {
  let count = 0;
  api.forEachLeafNode(() => (count += 1));
  return count;
}

/** Makes the grid in `element` and keeps it fed. */
export function createDeskGrid<Row>(element: HTMLElement, options: DeskGridOptions<Row>): DeskGrid {
  type Slot = RowSlot<Row>;
  const live = 'order' in options.store ? options.store : null;
  let api: GridApi<Slot> | null = null;
  let statsFrame = 0;
  const columnOf = (id: string): Column<Row> | undefined => options.columns().find((column) => column.id === id);
  const range = createRangeController<Slot>(() => api, () => element, () => {
    statsFrame ||= requestAnimationFrame(showStats);
  });

  function showStats(): void {
    statsFrame = 0;
    const selected = range.range();
    const cells = selected && api && cellCount(selected) > 1 ? rangeCells(api, selected, options.columns()) : null;
    rangeStats.set(cells && statsOf(cells));
  }

  function copy(withHeaders: boolean): void {
    const selected = range.range();
    if (selected && api) copyText(rangeAsTsv(api, selected, options.columns(), withHeaders));
  }

  function focused(): { slot: Slot; column: Column<Row> } | null {
    const cell = api?.getFocusedCell();
    const slot = cell && api?.getDisplayedRowAtIndex(cell.rowIndex)?.data;
    const column = cell && columnOf(cell.column.getColId());
    return slot && column ? { slot, column } : null;
  }

  const held = createHeldEditor(() => api);
  function takesKey({ event, editing, data, column }: SuppressKeyboardEventParams<Slot>): boolean {
    if (!data) return false;
    const id = column.getColId();
    if (editing) return held.onKey(event, columnOf(id)?.read(data.row) ?? '', (typed) => options.onEdit(data.row, id, typed));
    if (range.onKey(event)) return true;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      copy(event.shiftKey);
      event.preventDefault();
      return true;
    }
    if (event.key === 'Enter' && !focusedIsEditable()) {
      const press = focused()?.column.press;
      if (press) press(data.row);
      else options.onOpen(data.row);
      event.preventDefault();
      return true;
    }
    return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !BEGINS_EDIT.test(event.key);
  }

  function focusedIsEditable(): boolean {
    const here = focused();
    return here !== null && (here.column.canEdit?.(here.slot.row) ?? false);
  }

  function onClick({ column, data, event }: CellClickedEvent<Slot>): void {
    const mouse = event as MouseEvent | null | undefined;
    const selected = range.range();
    if (!data || mouse?.shiftKey || mouse?.ctrlKey || (selected && cellCount(selected) > 1)) return;
    const pressed = columnOf(column.getColId());
    if (pressed?.press) pressed.press(data.row);
    else if (pressed?.explains) options.onExplain(pressed.explains(data.row));
  }

  /** The grid tells of a focus a moment later, the browser at once: both are heard, so that no key comes in between. */
  function noteFocus(): void {
    const cell = api?.getFocusedCell();
    if (cell) range.onFocused(cell);
    const here = focused();
    if (here) options.onFocus(here.slot.row, here.column.id);
  }
  element.addEventListener('focusin', noteFocus);

  /** How the grid is sorted, as the desk is asked for it. */
  function sortOf(): RowSort[] {
    const state = api?.getColumnState() ?? [];
    const sorted = state.filter(({ sort }) => sort).sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0));
    return sorted.map(({ colId, sort }) => ({ field: columnOf(colId)?.field ?? colId, descending: sort === 'desc' }));
  }

  let feed: (RowFeed & Partial<LiveFeed>) | null = null;
  function liveFeed(grid: GridApi<Slot>, store: PackedStore<Row>): LiveFeed {
    const isHeld = (): boolean => element.contains(document.activeElement) || element.matches(':hover');
    const compare = (a: Row, b: Row): number => compareRows(a, b, grid.getColumnState(), options.columns());
    const made = createLiveFeed<Row>({ api: grid, element, store, compare, isHeld, onWaiting: options.onWaiting });
    // The list may come in another order than this grid was left in.
    void store.sortBy(sortOf()).then(made.showOrder);
    return made;
  }

  function stampNewRow({ node, eRow, ePinnedLeftRow }: ProcessRowParams<Slot>): void {
    const at = placeOfSlot(node.data);
    if (at !== null) feed?.stampRow?.(at, [eRow, ePinnedLeftRow]);
  }

  let layoutTimer: ReturnType<typeof setTimeout> | undefined;
  function keepLayoutSoon(source: string): void {
    if (source === 'api' || source === 'gridInitializing') return;
    clearTimeout(layoutTimer);
    layoutTimer = setTimeout(() => api && keepLayout(options.view, api.getColumnState(), widthScale(appearance.get().density)), 300);
  }

  const gridOptions: GridOptions<Slot> = {
    theme: gridTheme(appearance.get().density),
    ...(nonce() ? { styleNonce: nonce() ?? '' } : {}),
    columnDefs: options.columns().map((column) => columnDefOf(column, { inRange: range.inRange, takesKey, onEdit: options.onEdit, sorts: live === null })),
    defaultColDef: { sortable: true, resizable: true, suppressHeaderFilterButton: true, enableCellChangeFlash: live !== null, minWidth: 40 },
    getRowId: ({ data }) => String(placeOfSlot(data) ?? data.key),
    ...(live ? { processRowPostCreate: stampNewRow } : {}),
    animateRows: false,
    // A row that is put in place by a transform is a layer of its own, which costs every frame; nothing is animated here.
    suppressRowTransform: true,
    suppressColumnMoveAnimation: true,
    suppressModelUpdateAfterUpdateTransaction: true,
    suppressDragLeaveHidesColumns: true,
    multiSortKey: 'ctrl',
    quickFilterText: filterText.get(),
    cellFlashDuration: 250,
    cellFadeDuration: 900,
    tooltipShowDelay: 350,
    tooltipHideDelay: 20_000,
    suppressNoRowsOverlay: true,
    onCellMouseOver: range.onMouseOver,
    onCellFocused: noteFocus,
    onCellClicked: onClick,
    onCellDoubleClicked: ({ column, data }) => {
      const pressed = columnOf(column.getColId());
      if (data && !pressed?.press && !pressed?.canEdit?.(data.row)) options.onOpen(data.row);
    },
    onModelUpdated: () => {
      range.onMoved();
      if (api) options.onCount(api.getDisplayedRowCount(), rowCount(api));
    },
    onDisplayedColumnsChanged: range.onMoved,
    // The panel that explains a cell must not push that cell out of sight.
    onGridSizeChanged: () => {
      const cell = api?.getFocusedCell();
      if (cell) api?.ensureColumnVisible(cell.column);
    },
    onColumnMoved: ({ source }) => keepLayoutSoon(source),
    onColumnResized: ({ source, finished }) => finished && source === 'uiColumnResized' && keepLayoutSoon(source),
    onColumnVisible: () => keepLayoutSoon('chooser'),
    onSortChanged: ({ source }) => {
      keepLayoutSoon(source);
      void live?.sortBy(sortOf()).then(() => feed?.showOrder?.());
    },
  };

  api = createGrid(element, gridOptions);
  api.setGridAriaProperty('label', options.label);
  const layout = loadLayout(options.view, options.columns().map((column) => column.id));
  if (layout) api.applyColumnState({ state: layout, applyOrder: true });

  const grid = api;
  let scale = widthScale(appearance.get().density);
  scaleWidths(grid, scale);
  feed = 'order' in options.store ? liveFeed(grid, options.store) : createRowFeed<Row>(grid, options.store);
  const { rankNow, nodeIdOf } = feed;
  // Filtering thousands of rows anew for every letter would hold up the typing of the next one.
  let filterTimer: ReturnType<typeof setTimeout> | undefined;
  const stopFilter = filterText.subscribe(() => {
    clearTimeout(filterTimer);
    filterTimer = setTimeout(() => grid.setGridOption('quickFilterText', filterText.get()), FILTER_PAUSE_MS);
  });
  const stopAppearance = appearance.subscribe(() => {
    grid.setGridOption('theme', gridTheme(appearance.get().density));
    const next = widthScale(appearance.get().density);
    scaleWidths(grid, next / scale);
    scale = next;
    grid.refreshCells({ force: true, suppressFlash: true });
  });

  function focusIndex(index: number): void {
    const column = grid.getFocusedCell()?.column ?? grid.getAllDisplayedColumns()[0];
    if (!column || index < 0 || index >= grid.getDisplayedRowCount()) return;
    grid.ensureIndexVisible(index);
    grid.setFocusedCell(index, column);
  }

  return {
    api: grid,
    rankNow,
    explainFocused() {
      const here = focused();
      const explains = here?.column.explains ?? options.columns().find((column) => column.explains)?.explains;
      if (here && explains) options.onExplain(explains(here.slot.row));
    },
    resetColumns() {
      grid.resetColumnState();
      scaleWidths(grid, scale);
    },
    focusRow(key) {
      const id = nodeIdOf(key);
      const index = id === null ? null : grid.getRowNode(id)?.rowIndex;
      if (index !== null && index !== undefined) focusIndex(index);
    },
    moveFocus: (rows) => focusIndex((grid.getFocusedCell()?.rowIndex ?? (rows > 0 ? -1 : grid.getDisplayedRowCount())) + rows),
    stop() {
      clearTimeout(layoutTimer);
      clearTimeout(filterTimer);
      cancelAnimationFrame(statsFrame);
      rangeStats.set(null);
      stopAppearance();
      stopFilter();
      element.removeEventListener('focusin', noteFocus);
      range.stop();
      feed?.stop();
      grid.destroy();
    },
  };
}
