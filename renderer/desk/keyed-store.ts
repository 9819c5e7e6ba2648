/** What changed in a store: which rows, and whether rows came, went or moved. */
export interface RowsChanged {
  keys: ReadonlySet<string>;
  reordered: boolean;
}

/** Rows by key, in an order, that tell their listeners exactly what changed. Grids read cells from here. */
export interface KeyedStore<Row> {
  /** False until the first answer has arrived. */
  loaded: () => boolean;
  keys: () => readonly string[];
  row: (key: string) => Row | undefined;
  rows: () => readonly Row[];
  /** Goes up by one at every change; what React compares. */
  version: () => number;
  /** The whole list anew, at a sequence. */
  replace: (rows: readonly Row[], sequence?: number) => void;
  /** Some rows changed, some left; `order`, when given, is the whole order. Older than what we have: ignored. */
  merge: (change: { sequence: number; rows: readonly Row[]; removed?: readonly string[]; order?: readonly string[] }) => void;
  subscribe: (listener: (changed: RowsChanged) => void) => () => void;
}

function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

interface State<Row> {
  rows: Map<string, Row>;
  order: readonly string[];
  sequence: number;
  version: number;
  loaded: boolean;
  list: readonly Row[] | null;
}

/** The order after a merge: the given one when there is one, else the old one less what left, plus what came. */
function orderAfter<Row>(state: State<Row>, change: { removed?: readonly string[]; order?: readonly string[] }): string[] {
  if (change.order) return change.order.filter((key) => state.rows.has(key));
  const kept = state.order.filter((key) => state.rows.has(key));
  const known = new Set(kept);
  return [...kept, ...[...state.rows.keys()].filter((key) => !known.has(key))];
}

/**
 * A store of rows whose first answer and later pushes may arrive in any order. Pushes that come before the first
 * answer wait for it; a push older than what is held is dropped, because an answer that was on its way is newer.
 */
export function createKeyedStore<Row>(keyOf: (row: Row) => string): KeyedStore<Row> {
  const state: State<Row> = { rows: new Map(), order: [], sequence: -1, version: 0, loaded: false, list: null };
  const listeners = new Set<(changed: RowsChanged) => void>();
  let waiting: Parameters<KeyedStore<Row>['merge']>[0][] = [];

  function settle(keys: Set<string>, order: readonly string[]): void {
    const reordered = !sameOrder(order, state.order);
    state.order = order;
    state.version += 1;
    state.list = null;
    for (const listener of listeners) listener({ keys, reordered });
  }

  function merge(change: Parameters<KeyedStore<Row>['merge']>[0]): void {
    if (!state.loaded) {
      waiting.push(change);
      return;
    }
    if (change.sequence < state.sequence) return;
    state.sequence = change.sequence;
    for (const key of change.removed ?? []) state.rows.delete(key);
    for (const row of change.rows) state.rows.set(keyOf(row), row);
    if (change.order) {
      const staying = new Set(change.order);
      for (const key of state.rows.keys()) if (!staying.has(key)) state.rows.delete(key);
    }
    settle(new Set([...change.rows.map(keyOf), ...(change.removed ?? [])]), orderAfter(state, change));
  }

  function replace(rows: readonly Row[], sequence = state.sequence): void {
    if (state.loaded && sequence < state.sequence) return;
    const next = new Map(rows.map((row) => [keyOf(row), row]));
    const changed = new Set([...state.rows.keys()].filter((key) => !next.has(key)));
    for (const [key, row] of next) if (state.rows.get(key) !== row) changed.add(key);
    state.rows = next;
    state.sequence = sequence;
    state.loaded = true;
    settle(changed, [...next.keys()]);
    const held = waiting;
    waiting = [];
    for (const change of held) merge(change);
  }

  return {
    loaded: () => state.loaded,
    keys: () => state.order,
    row: (key) => state.rows.get(key),
    rows: () => (state.list ??= state.order.flatMap((key) => state.rows.get(key) ?? [])),
    version: () => state.version,
    replace,
    merge,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
