import type { GridApi } from 'ag-grid-community';
import type { KeyedStore } from '../desk/keyed-store.ts';
import { slotsInOrder, type RowSlot } from './row-slot.ts';

/** Brings a store's rows to the grid. */
export interface RowFeed {
  /** Puts the rows in the order of the grid's columns as they are now. */
  rankNow: () => void;
  /** The place of a row among all rows of the grid; null when it has none. */
  nodeIdOf: (key: string) => string | null;
  stop: () => void;
}

/** Rows of an answer: new values repaint the cells on screen, once per frame; new rows are set at once. */
export function createRowFeed<Row>(api: GridApi<RowSlot<Row>>, store: KeyedStore<Row>): RowFeed {
  const slots = new Map<string, RowSlot<Row>>();
  const dirty = new Set<string>();
  let frame = 0;

  function applyOrder(): void {
    dirty.clear();
    api.setGridOption('rowData', slotsInOrder(store.keys(), store.row, slots));
    api.refreshCells();
  }

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
  }

  const unsubscribe = store.subscribe(({ keys, reordered }) => {
    if (reordered) return applyOrder();
    for (const key of keys) dirty.add(key);
    frame ||= requestAnimationFrame(repaint);
  });

  applyOrder();
  return {
    rankNow() {
      applyOrder();
      api.refreshClientSideRowModel('sort');
    },
    nodeIdOf: (key) => key,
    stop() {
      unsubscribe();
      cancelAnimationFrame(frame);
    },
  };
}
