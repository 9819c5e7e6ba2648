import { useLayoutEffect, useState } from 'react';
import { createKeyedStore, type KeyedStore } from './keyed-store.ts';

/** A store over rows that arrive as one answer, for grids: cells that differ repaint, rows keep their places. */
export function useRowStore<Row>(rows: readonly Row[] | null, keyOf: (row: Row) => string): KeyedStore<Row> {
  const [store] = useState(() => createKeyedStore(keyOf));
  // Before the frame is painted: an edit must not be seen a frame later than what it led to.
  useLayoutEffect(() => {
    if (rows) store.replace(rows);
  }, [store, rows]);
  return store;
}
