import type { GridApi, IRowNode } from 'ag-grid-community';
import type { KeyedStore } from '../desk/keyed-store.ts';
import { slotsInOrder, type RowSlot } from './row-slot.ts';

/**
 * Brings a store's rows to the grid. New values repaint the cells on screen, once per frame; a new order waits until
 * nobody is working in the grid, so that no row is pulled from under the cursor.
 */
export interface RowFeed {
  /** Applies a waiting order and sorts anew. */
  rankNow: () => void;
  stop: () => void;
}

export interface RowFeedOptions<Row> {
  api: GridApi<RowSlot<Row>>;
  store: KeyedStore<Row>;
  /** How the grid is sorted now: the order of two rows, 0 when it isn't sorted. */
  compare: (a: Row, b: Row) => number;
  /** True while rows must keep their places. */
  isHeld: () => boolean;
  onWaiting: (waiting: boolean) => void;
}

const IDLE_CHECK_MS = 1_500;

export function createRowFeed<Row>({ api, store, compare, isHeld, onWaiting }: RowFeedOptions<Row>): RowFeed {
  const slots = new Map<string, RowSlot<Row>>();
  const dirty = new Set<string>();
  let waiting = false;
  let frame = 0;

  function setWaiting(next: boolean): void {
    if (next !== waiting) onWaiting(next);
    waiting = next;
  }

  /** True when a row's new values would put it before the row above it or behind the row below it. */
  function isOutOfPlace(node: IRowNode<RowSlot<Row>>): boolean {
    const at = node.rowIndex;
    if (at === null || !node.data) return false;
    const above = api.getDisplayedRowAtIndex(at - 1)?.data;
    const below = api.getDisplayedRowAtIndex(at + 1)?.data;
    return (above !== undefined && compare(above.row, node.data.row) > 0) || (below !== undefined && compare(node.data.row, below.row) > 0);
  }

  function applyOrder(): void {
    setWaiting(false);
    dirty.clear();
    api.setGridOption('rowData', slotsInOrder(store.keys(), store.row, slots));
    api.refreshCells();
  }

  /** Repaints the changed rows that are on screen; a row that has left stays as it was until the next order. */
  function repaint(): void {
    frame = 0;
    const nodes = [...dirty].flatMap((key) => {
      const slot = slots.get(key);
      const row = store.row(key);
      if (!slot || row === undefined) return [];
      slot.row = row;
      return api.getRowNode(key) ?? [];
    });
    dirty.clear();
    if (nodes.length > 0) api.refreshCells({ rowNodes: nodes });
    if (!waiting && nodes.some(isOutOfPlace)) setWaiting(true);
  }

  const unsubscribe = store.subscribe(({ keys, reordered }) => {
    for (const key of keys) dirty.add(key);
    if (reordered && (slots.size === 0 || !isHeld())) return applyOrder();
    if (reordered) setWaiting(true);
    frame ||= requestAnimationFrame(repaint);
  });

  const timer = setInterval(() => {
    if (!waiting || isHeld()) return;
    rankNow();
  }, IDLE_CHECK_MS);

  function rankNow(): void {
    applyOrder();
    api.refreshClientSideRowModel('sort');
  }

  applyOrder();
  return {
    rankNow,
    stop() {
      unsubscribe();
      clearInterval(timer);
      cancelAnimationFrame(frame);
    },
  };
}
