import type { GridApi } from 'ag-grid-community';
import type { PackedStore } from '../desk/packed-store.ts';
import type { RowFeed } from './row-feed.ts';
import { placeOfSlot, placeSlots, type RowSlot } from './row-slot.ts';

/**
 * A list that the desk keeps current, on screen. What the grid holds are places, not rows: the first place, the
 * second, …; which row stands in a place is one array of ours, as the desk ordered it. So new values repaint only the
 * cells that are seen, once per frame, and a new order repaints only the places that are seen, however long the list.
 * A new order waits while somebody works in the grid, so that no row is pulled from under the cursor.
 */
export interface LiveFeedOptions<Row> {
  api: GridApi<RowSlot<Row>>;
  element: HTMLElement;
  store: PackedStore<Row>;
  /** How the grid is sorted now: the order of two rows, 0 when it isn't sorted or doesn't tell them apart. */
  compare: (a: Row, b: Row) => number;
  /** True while rows must keep their places. */
  isHeld: () => boolean;
  onWaiting: (waiting: boolean) => void;
}

/** A feed of places, which the grid tells of every row it draws. */
export interface LiveFeed extends RowFeed {
  /** Shows the desk's last order, whoever works in the grid: it is what they asked for. */
  showOrder: () => void;
  stampRow: (at: number, elements: readonly (HTMLElement | undefined)[]) => void;
}

const IDLE_CHECK_MS = 1_500;
/** A flash draws the eye to a row. Where everything moves it says nothing, and fading cells cost more than all else. */
const FLASHES_MAX = 12;
/** Filtering goes through every row: a longer list is filtered anew when it is asked to be, not by itself. */
const FILTERED_ANEW_MAX = 10_000;

/** By slot, its place and 1. A hundred thousand of them hold up a frame unless it is done plainly. */
function placesBySlot(slots: Uint32Array): Uint32Array<ArrayBuffer> {
  let most = 0;
  for (let at = 0; at < slots.length; at += 1) if ((slots[at] as number) > most) most = slots[at] as number;
  const places = new Uint32Array(most + 1);
  for (let at = 0; at < slots.length; at += 1) places[slots[at] as number] = at + 1;
  return places;
}

export function createLiveFeed<Row>({ api, element, store, compare, isHeld, onWaiting }: LiveFeedOptions<Row>): LiveFeed {
  /** By place, the row's slot; by slot, its place and 1, or 0. */
  let shown: Uint32Array = new Uint32Array();
  let placeOf = new Uint32Array();
  const dirty = new Set<number>();
  let waiting = false;
  let frame = 0;
  /** Rows repainted in this stretch of the idle check and in the one before. */
  let changed = { before: 0, now: 0 };
  let stopped = false;

  const places = placeSlots<Row>((at) => {
    const slot = shown[at] ?? 0;
    return { key: store.keyAt(slot), row: store.at(slot) };
  });

  function setWaiting(next: boolean): void {
    if (next !== waiting) onWaiting(next);
    waiting = next;
  }

  function applyOrder(): void {
    setWaiting(false);
    dirty.clear();
    const before = shown.length;
    shown = store.order();
    placeOf = placesBySlot(shown);
    setPlaces(before, shown.length);
    if (api.isAnyFilterPresent()) api.onFilterChanged();
    // Each place has another row now: that is no change of a figure, so nothing flashes.
    api.refreshCells({ force: true, suppressFlash: true });
    for (const node of api.getRenderedNodes()) {
      const at = placeOfSlot(node.data);
      if (at !== null) stampRow(at, [...element.querySelectorAll<HTMLElement>(`[row-index="${node.rowIndex}"]`)]);
    }
  }

  function setPlaces(before: number, after: number): void {
    if (before === 0 || after === 0) return api.setGridOption('rowData', places(0, after));
    if (after > before) api.applyTransaction({ add: places(before, after) });
    if (after < before) api.applyTransaction({ remove: places(after, before) });
  }

  /** The row's key stands on its elements, as it would if the grid knew the row. */
  function stampRow(at: number, elements: readonly (HTMLElement | undefined)[]): void {
    const key = store.keyAt(shown[at] ?? 0);
    for (const each of elements) each?.setAttribute('row-id', key);
  }

  /** True when a row's new values would put it before the row above it or behind the row below it. */
  function isOutOfPlace(slot: number): boolean {
    const at = (placeOf[slot] ?? 0) - 1;
    if (at < 0) return false;
    const [above, below] = [shown[at - 1], shown[at + 1]];
    return (above !== undefined && compare(store.at(above), store.at(slot)) > 0) || (below !== undefined && compare(store.at(slot), store.at(below)) > 0);
  }

  /** Repaints the changed rows that are on screen; a row that has left stays as it was until the next order. */
  function repaint(): void {
    frame = 0;
    const nodes = api.getRenderedNodes().filter(({ data }) => dirty.has(shown[placeOfSlot(data) ?? -1] ?? -1));
    changed.now += nodes.length;
    if (nodes.length > 0) api.refreshCells({ rowNodes: nodes, suppressFlash: Math.max(changed.now, changed.before) > FLASHES_MAX });
    if (!waiting) setWaiting([...dirty].some(isOutOfPlace));
    dirty.clear();
  }

  const unsubscribe = store.subscribe(({ slots, reordered }) => {
    for (const slot of slots) dirty.add(slot);
    if (reordered && (shown.length === 0 || !isHeld())) return applyOrder();
    if (reordered) setWaiting(true);
    frame ||= requestAnimationFrame(repaint);
  });

  const timer = setInterval(() => {
    changed = { before: changed.now, now: 0 };
    const isLongFiltered = shown.length > FILTERED_ANEW_MAX && api.isAnyFilterPresent();
    if (waiting && !isHeld() && !isLongFiltered) rankNow();
  }, IDLE_CHECK_MS);

  function rankNow(): void {
    void store.rank().then(showOrder);
  }

  function showOrder(): void {
    if (!stopped && shown !== store.order()) applyOrder();
  }

  applyOrder();
  return {
    rankNow,
    showOrder,
    stampRow,
    nodeIdOf(key) {
      const at = shown.findIndex((slot) => store.keyAt(slot) === key);
      return at < 0 ? null : String(at);
    },
    stop() {
      stopped = true;
      unsubscribe();
      clearInterval(timer);
      cancelAnimationFrame(frame);
    },
  };
}
