import type { CellMouseOverEvent, CellPosition, Column as GridColumn, GridApi } from 'ag-grid-community';
import { cellCount, contains, everything, extend, sameRange, single, wholeRow, type CellRange, type Direction, type Extent } from './range-model.ts';

/** The selected range of one grid: mouse and keys change it, cells are painted by it. */
export interface RangeController {
  range: () => CellRange | null;
  inRange: (row: number, columnId: string) => boolean;
  columnIds: () => readonly string[];
  /** Carries out a key when it concerns the range; says whether it did. */
  onKey: (event: KeyboardEvent) => boolean;
  onMouseOver: (event: CellMouseOverEvent) => void;
  onFocused: (cell: CellPosition) => void;
  /** Rows or columns moved: places no longer mean what they did. */
  onMoved: () => void;
  stop: () => void;
}

const ARROW = /^Arrow(Up|Down|Left|Right)$/;

/** Watches a grid and keeps its range; `changed` is called after every change, cells being painted already. */
export function createRangeController<Row>(grid: () => GridApi<Row> | null, element: () => HTMLElement | null, changed: () => void): RangeController {
  let range: CellRange | null = null;
  /** Whether the mouse button is down, from the mouse itself: the grid tells of its events a moment later. */
  let pressed = false;
  let shiftClicked = false;
  let places: Map<string, number> | null = null;

  function columnPlaces(): Map<string, number> {
    places ??= new Map((grid()?.getAllDisplayedColumns() ?? []).map((column, index) => [column.getColId(), index]));
    return places;
  }

  const extent = (): Extent => ({ rows: grid()?.getDisplayedRowCount() ?? 0, columns: columnPlaces().size });

  function inRange(row: number, columnId: string): boolean {
    const column = columnPlaces().get(columnId);
    // A range of one cell is the focused cell, which has its own outline.
    return range !== null && column !== undefined && cellCount(range) > 1 && contains(range, { row, column });
  }

  /** Paints only what is on screen: cells drawn later ask `inRange` themselves. */
  function paint(): void {
    for (const cell of element()?.querySelectorAll<HTMLElement>('.ag-row .ag-cell') ?? []) {
      const row = Number(cell.closest('.ag-row')?.getAttribute('row-index'));
      cell.classList.toggle('in-range', inRange(row, cell.getAttribute('col-id') ?? ''));
    }
  }

  function become(next: CellRange | null): void {
    if (sameRange(next, range)) return;
    range = next;
    paint();
    changed();
  }

  function reveal(): void {
    if (range === null) return;
    grid()?.ensureIndexVisible(range.head.row);
    const column = [...columnPlaces().keys()][range.head.column];
    if (column !== undefined) grid()?.ensureColumnVisible(column);
  }

  function placeOf(rowIndex: number | null, column: GridColumn | string | null | undefined): CellRange | null {
    const id = typeof column === 'string' ? column : column?.getColId();
    const at = id === undefined ? undefined : columnPlaces().get(id);
    return rowIndex === null || at === undefined ? null : single({ row: rowIndex, column: at });
  }

  function onKey(event: KeyboardEvent): boolean {
    const control = event.ctrlKey || event.metaKey;
    const arrow = ARROW.exec(event.key)?.[1] as Direction | undefined;
    if (range !== null && arrow !== undefined && event.shiftKey) {
      become(extend(range, arrow, control, extent()));
      reveal();
    } else if (control && event.key.toLowerCase() === 'a') {
      become(everything(extent()));
    } else if (range !== null && event.shiftKey && event.key === ' ') {
      become(wholeRow(range.anchor.row, extent()));
    } else if (range !== null && event.key === 'Escape' && cellCount(range) > 1) {
      become(single(range.anchor));
      event.stopPropagation();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  /** A press begins a range or, with Shift, ends one: at once, so that a key right after it extends the new range. */
  function onPress(event: MouseEvent): void {
    const target = event.target as Element;
    pressed = event.button === 0 && (element()?.contains(target) ?? false);
    const cell = pressed ? target.closest('.ag-cell') : null;
    const here = cell && placeOf(Number(cell.closest('.ag-row')?.getAttribute('row-index')), cell.getAttribute('col-id'));
    if (!here) return;
    shiftClicked = event.shiftKey && range !== null;
    become(shiftClicked && range !== null ? { anchor: range.anchor, head: here.head } : here);
  }

  const onRelease = (): void => void (pressed = false);
  addEventListener('mousedown', onPress, true);
  addEventListener('mouseup', onRelease, true);

  return {
    stop() {
      removeEventListener('mousedown', onPress, true);
      removeEventListener('mouseup', onRelease, true);
    },
    range: () => range,
    inRange,
    columnIds: () => [...columnPlaces().keys()],
    onKey,
    onMouseOver({ rowIndex, column }) {
      const here = placeOf(rowIndex, column);
      if (pressed && here !== null && range !== null) become({ anchor: range.anchor, head: here.head });
    },
    onFocused({ rowIndex, column }) {
      const here = placeOf(rowIndex, column);
      // Focus follows the mouse too, and comes back to where it was after a repaint: neither ends the range.
      if (here === null || pressed || (range !== null && sameRange(single(range.anchor), here))) return;
      if (shiftClicked) {
        shiftClicked = false;
        return;
      }
      become(here);
    },
    onMoved() {
      places = null;
      if (range !== null && cellCount(range) > 1) become(single(range.anchor));
      else paint();
    },
  };
}
