/** Where people left their columns: one layout per view, kept in this browser or window only. */

/** The part of a column's state worth keeping. */
export interface ColumnLayout {
  colId: string;
  width?: number | null;
  hide?: boolean | null;
  pinned?: boolean | 'left' | 'right' | null | undefined;
  sort?: 'asc' | 'desc' | null;
  sortIndex?: number | null;
}

const keyOf = (view: string): string => `plimsoll.layout.${view}`;

/** The layout kept for a view; null when there is none, or when it was made for other columns. */
export function readLayout(kept: string | null, columnIds: readonly string[]): ColumnLayout[] | null {
  if (kept === null) return null;
  try {
    const layout = JSON.parse(kept) as unknown;
    if (!Array.isArray(layout)) return null;
    const columns = layout.filter((column): column is ColumnLayout => typeof (column as ColumnLayout | null)?.colId === 'string');
    const known = new Set(columns.map((column) => column.colId));
    return columns.length === columnIds.length && columnIds.every((id) => known.has(id)) ? columns : null;
  } catch {
    return null;
  }
}

export function loadLayout(view: string, columnIds: readonly string[]): ColumnLayout[] | null {
  return readLayout(localStorage.getItem(keyOf(view)), columnIds);
}

/** Keeps a layout; widths as they would be at normal size, `scale` being how much wider they are now. */
export function keepLayout(view: string, layout: readonly ColumnLayout[], scale = 1): void {
  const kept = layout.map(({ colId, width = null, hide = null, pinned = null, sort = null, sortIndex = null }) => ({ colId, width: width === null ? null : Math.round(width / scale), hide, pinned, sort, sortIndex }));
  localStorage.setItem(keyOf(view), JSON.stringify(kept));
}

export function forgetLayout(view: string): void {
  localStorage.removeItem(keyOf(view));
}
