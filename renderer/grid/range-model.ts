/** A rectangle of cells by place: rows and columns as displayed, from 0. Pure; the grid paints what this says. */

export interface CellPlace {
  row: number;
  column: number;
}

/** `anchor` is where the selection began, `head` where it ends now; the two corners in any order. */
export interface CellRange {
  anchor: CellPlace;
  head: CellPlace;
}

export interface Rectangle {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** How many rows and columns there are. */
export interface Extent {
  rows: number;
  columns: number;
}

export type Direction = 'Up' | 'Down' | 'Left' | 'Right';

export function rectangleOf({ anchor, head }: CellRange): Rectangle {
  return {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column),
  };
}

export function cellCount(range: CellRange): number {
  const { top, bottom, left, right } = rectangleOf(range);
  return (bottom - top + 1) * (right - left + 1);
}

export function contains(range: CellRange, cell: CellPlace): boolean {
  const { top, bottom, left, right } = rectangleOf(range);
  return cell.row >= top && cell.row <= bottom && cell.column >= left && cell.column <= right;
}

export function single(cell: CellPlace): CellRange {
  return { anchor: cell, head: cell };
}

export function sameRange(a: CellRange | null, b: CellRange | null): boolean {
  if (a === null || b === null) return a === b;
  return a.anchor.row === b.anchor.row && a.anchor.column === b.anchor.column && a.head.row === b.head.row && a.head.column === b.head.column;
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(value, count - 1));

/** The head one step on, or at the edge of the grid when `toEdge`; never outside it. */
export function extend(range: CellRange, direction: Direction, toEdge: boolean, extent: Extent): CellRange {
  const step = toEdge ? Math.max(extent.rows, extent.columns) : 1;
  const down = direction === 'Down' ? step : direction === 'Up' ? -step : 0;
  const right = direction === 'Right' ? step : direction === 'Left' ? -step : 0;
  return {
    anchor: range.anchor,
    head: { row: clamp(range.head.row + down, extent.rows), column: clamp(range.head.column + right, extent.columns) },
  };
}

export function everything(extent: Extent): CellRange {
  return { anchor: { row: 0, column: 0 }, head: { row: Math.max(extent.rows - 1, 0), column: Math.max(extent.columns - 1, 0) } };
}

export function wholeRow(row: number, extent: Extent): CellRange {
  return { anchor: { row, column: 0 }, head: { row, column: Math.max(extent.columns - 1, 0) } };
}
