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

/** Rows of an answer, which comes once and whole: cells that differ are made anew at once, and the next frame paints them. */
export function createRowFeed<Row>(api: GridApi<RowSlot<Row>>, store: KeyedStore<Row>): RowFeed {
  const slots = new Map<string, RowSlot<Row>>();

  function applyOrder(): void {
    api.setGridOption('rowData', slotsInOrder(store.keys(), store.row, slots));
    api.refreshCells();
  }

  function repaint(keys: Iterable<string>): void {
    const nodes = [...keys].flatMap((key) => {
      const slot = slots.get(key);
      const row = store.row(key);
      if (!slot || row === undefined) return [];
      slot.row = row;
      return api.getRowNode(key) ?? [];
    });
    if (nodes.length > 0) api.refreshCells({ rowNodes: nodes });
  }

  const unsubscribe = store.subscribe(({ keys, reordered }) => {
    if (reordered) applyOrder();
    else repaint(keys);
  });

  applyOrder();
  return {
    rankNow() {
      applyOrder();
      api.refreshClientSideRowModel('sort');
    },
    nodeIdOf: (key) => key,
    stop: unsubscribe,
  };
}
