import type { PackedStore } from './packed-store.ts';

/** What changed in a store: which rows, and whether rows came, went or moved. */
export interface RowsChanged {
  keys: ReadonlySet<string>;
  reordered: boolean;
}

/** Rows of one answer by key, in their order, that tell their listeners exactly what changed when the next comes. */
export interface KeyedStore<Row> {
  /** False until the first answer has arrived. */
  loaded: () => boolean;
  count: () => number;
  keys: () => readonly string[];
  row: (key: string) => Row | undefined;
  /** The whole list anew. */
  replace: (rows: readonly Row[]) => void;
  subscribe: (listener: (changed: RowsChanged) => void) => () => void;
}

/** What a grid shows: the rows of an answer, or a list that the desk keeps current. */
export type GridStore<Row> = KeyedStore<Row> | PackedStore<Row>;

function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

/** The rows that are others than before, where every row stands where it stood; null where one does not. */
function replacedInPlace<Row>(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string): Map<string, Row> | null {
  if (before.length !== after.length) return null;
  const replaced = new Map<string, Row>();
  for (let at = 0; at < after.length; at += 1) {
    const [old, row] = [before[at] as Row, after[at] as Row];
    if (old === row) continue;
    const key = keyOf(row);
    if (keyOf(old) !== key) return null;
    replaced.set(key, row);
  }
  return replaced;
}

export function createKeyedStore<Row>(keyOf: (row: Row) => string): KeyedStore<Row> {
  const listeners = new Set<(changed: RowsChanged) => void>();
  let rows = new Map<string, Row>();
  let order: readonly string[] = [];
  let isLoaded = false;
  let shown: readonly Row[] = [];

  return {
    loaded: () => isLoaded,
    count: () => rows.size,
    keys: () => order,
    row: (key) => rows.get(key),
    replace(given) {
      // Mostly a row or two of thousands are others, and stand where they stood.
      const inPlace = replacedInPlace(shown, given, keyOf);
      shown = given;
      if (inPlace && isLoaded) {
        for (const [key, row] of inPlace) rows.set(key, row);
        const changed: RowsChanged = { keys: new Set(inPlace.keys()), reordered: false };
        for (const listener of listeners) listener(changed);
        return;
      }
      const before = rows;
      rows = new Map(given.map((row) => [keyOf(row), row]));
      isLoaded = true;
      const keys = new Set([...before.keys()].filter((key) => !rows.has(key)));
      for (const [key, row] of rows) if (before.get(key) !== row) keys.add(key);
      const next = [...rows.keys()];
      const reordered = !sameOrder(next, order);
      order = next;
      for (const listener of listeners) listener({ keys, reordered });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
