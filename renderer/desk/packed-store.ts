import type { Channel, Input, Output } from '../../shared/contract.ts';
import { openChange, type PackedChange } from '../../shared/packed-rows/change.ts';
import { openOrder, type RowOrder } from '../../shared/packed-rows/order.ts';
import { ROWS_READ_MAX, type RowSort } from '../../shared/packed-rows/sort.ts';
import type { TableName, TableRows } from '../../shared/packed-rows/tables.ts';
import { succeed, type Result } from '../../shared/result.ts';
import { rowColumns } from './row-columns.ts';

/** What changed in a list: rows by slot, and whether the desk has put the rows in an order since, or rows came or went. */
export interface SlotsChanged {
  slots: Iterable<number>;
  reordered: boolean;
}

/**
 * A list that the desk keeps current. Rows lie in columns by slot; their order is the desk's. What comes may overtake
 * each other on the way: of each row the newest wins, and a message that was missed is noticed and everything read anew.
 */
export interface PackedStore<Row> {
  loaded: () => boolean;
  count: () => number;
  /** Slots in the desk's last order: rows unheard of since stand at its end. */
  order: () => Uint32Array;
  /** The row as it is whenever it is looked at: its fields are read from the columns, so it can't be spread or copied. */
  at: (slot: number) => Row;
  keyAt: (slot: number) => string;
  /** The row as it is now; another object once the row has changed. */
  row: (key: string) => Row | undefined;
  keys: () => readonly string[];
  rows: () => readonly Row[];
  /** How many rows have a value in this field. */
  filled: (field: keyof Row & string) => number;
  /** Reads the whole list anew. */
  load: () => Promise<Result<null>>;
  /** Takes what the desk pushes. */
  take: (bytes: Uint8Array) => void;
  /** Asks for this order from now on. */
  sortBy: (sort: readonly RowSort[]) => Promise<void>;
  /** Asks for the order as it is now. */
  rank: () => Promise<void>;
  subscribe: (listener: (changed: SlotsChanged) => void) => () => void;
}

export type Ask = <C extends Channel>(channel: C, input: Input<C>) => Promise<Result<Output<C>>>;

/** The rows of the first screen are asked for on their own. */
const FIRST_ROWS = 200;

export function createPackedStore<Table extends TableName>(table: Table, ask: Ask): PackedStore<TableRows[Table]> {
  type Row = TableRows[Table];
  const listeners = new Set<(changed: SlotsChanged) => void>();
  const slotOf = new Map<string, number>();
  let places = new Uint32Array();
  const columns = rowColumns(table, (slot) => places[slot] ?? 0);
  const views: Row[] = [];
  const wholes: (Row | undefined)[] = [];
  /** By slot: the version its values are of, and whether the row is in the list. */
  let versions: number[] = [];
  let present: boolean[] = [];
  let presentCount = 0;
  let given: RowOrder = { table, version: 0, slots: new Uint32Array(), places: new Uint32Array() };
  let order: Uint32Array = new Uint32Array();
  let list: readonly Row[] | null = null;
  let sort: readonly RowSort[] = [];
  let isLoaded = false;
  /** Up to which version nothing is missing; before the first order, what has been heard without a gap. */
  let heard: { from: number; to: number } | null = null;
  let isGapped = false;
  /** Slots that were pushed since everything was last asked for. */
  let pushed = new Set<number>();
  let loading: Promise<Result<null>> | null = null;
  let asking: Promise<void> | null = null;
  let askAgain = false;

  function tell(slots: Iterable<number>, reordered: boolean): void {
    for (const listener of listeners) listener({ slots, reordered });
  }

  /** Puts newer rows in their slots; true when a row came or went. */
  function put(change: PackedChange): { slots: number[]; moved: boolean } {
    const slots: number[] = [];
    let moved = false;
    const isNewer = (slot: number): boolean => change.to >= (versions[slot] ?? 0);
    function mark(slot: number, isPresent: boolean): void {
      versions[slot] = change.to;
      wholes[slot] = undefined;
      if ((present[slot] ?? false) !== isPresent) {
        moved = true;
        presentCount += isPresent ? 1 : -1;
      }
      present[slot] = isPresent;
      slots.push(slot);
    }
    change.slots.forEach((slot, index) => {
      if (!isNewer(slot)) return;
      columns.put(change, index);
      slotOf.set(columns.keyOf(slot), slot);
      mark(slot, true);
    });
    for (const slot of change.removed) if (isNewer(slot)) mark(slot, false);
    return { slots, moved };
  }

  /** The desk's last order, of the rows that are here; those it does not know yet follow. */
  function putOrder(): void {
    list = null;
    if (isOfAll(given.slots)) {
      order = given.slots;
      return;
    }
    const isKnown = new Uint8Array(present.length);
    const next = new Uint32Array(presentCount);
    let count = 0;
    function add(slot: number): void {
      if (present[slot] !== true || isKnown[slot] === 1) return;
      isKnown[slot] = 1;
      next[count++] = slot;
    }
    given.slots.forEach(add);
    present.forEach((_, slot) => add(slot));
    order = next;
  }

  /** Nearly every order is of the very rows that are here; each of them is in it once. Called for a hundred thousand rows. */
  function isOfAll(slots: Uint32Array): boolean {
    if (slots.length !== presentCount) return false;
    for (let index = 0; index < slots.length; index += 1) if (present[slots[index] as number] !== true) return false;
    return true;
  }

  function takeOrder(next: RowOrder): void {
    const { slots } = next;
    given = next;
    let most = 0;
    for (let index = 0; index < slots.length; index += 1) if ((slots[index] as number) > most) most = slots[index] as number;
    places = new Uint32Array(most + 1);
    for (let index = 0; index < slots.length; index += 1) places[slots[index] as number] = next.places[index] ?? 0;
  }

  async function askOrder(): Promise<Result<RowOrder>> {
    const asked = sort;
    const answer = await ask('rows.order', { table, sort: [...asked] });
    if (!answer.ok) return answer;
    // Somebody chose another order meanwhile: that is the one that is wanted.
    return asked === sort ? succeed(openOrder(answer.value)) : askOrder();
  }

  async function readAll(): Promise<Result<null>> {
    heard = null;
    isGapped = false;
    pushed = new Set();
    const ordered = await askOrder();
    if (!ordered.ok) return ordered;
    const { version, slots } = ordered.value;
    const since = heard as { from: number; to: number } | null;
    if (since !== null && since.from > version) return readAll();
    heard = { from: version, to: Math.max(version, since?.to ?? 0) };
    // What was pushed meanwhile counts where it is newer than the order: what the order had left out by then is gone.
    forgetBut(new Set([...pushed].filter((slot) => (versions[slot] ?? 0) > version)));
    takeOrder(ordered.value);
    for (let [start, rows] = [0, FIRST_ROWS]; start < slots.length; start += rows, rows = ROWS_READ_MAX) {
      const page = await ask('rows.read', { table, slots: [...slots.subarray(start, start + rows)] });
      if (!page.ok) return page;
      put(openChange(page.value));
      if (start === 0 && !isLoaded) show();
    }
    show();
    return isGapped ? readAll() : succeed(null);
  }

  /** The desk may be another one than before, whose slots are other rows and whose versions begin anew. */
  function forgetBut(kept: ReadonlySet<number>): void {
    versions = versions.map((version, slot) => (kept.has(slot) ? version : 0));
    present = present.map((isPresent, slot) => isPresent && kept.has(slot));
    presentCount = present.filter(Boolean).length;
    slotOf.clear();
    present.forEach((isPresent, slot) => isPresent && slotOf.set(columns.keyOf(slot), slot));
  }

  function show(): void {
    isLoaded = true;
    putOrder();
    tell(order, true);
  }

  function load(): Promise<Result<null>> {
    loading ??= readAll().finally(() => (loading = null));
    return loading;
  }

  function take(bytes: Uint8Array): void {
    const change = openChange(bytes);
    const { from, to } = change;
    const isAfterGap = heard !== null && from > heard.to;
    isGapped ||= isAfterGap;
    heard = heard === null || isAfterGap ? { from, to } : { from: heard.from, to: Math.max(heard.to, to) };
    const { slots, moved } = put(change);
    for (const slot of slots) pushed.add(slot);
    if (!isLoaded) return;
    if (moved) {
      putOrder();
      void rank();
    }
    tell(slots, moved);
    if (isAfterGap && loading === null) void load();
  }

  async function rankOnce(): Promise<void> {
    do {
      askAgain = false;
      const ordered = await askOrder();
      if (!ordered.ok) return;
      // An order that was long on its way must not replace a newer one.
      if (ordered.value.version < given.version) continue;
      takeOrder(ordered.value);
      putOrder();
      if (isLoaded) tell([], true);
    } while (askAgain);
  }

  function rank(): Promise<void> {
    // What changed after the desk began to order is in the next order only.
    askAgain = asking !== null;
    asking ??= rankOnce().finally(() => (asking = null));
    return asking;
  }

  function at(slot: number): Row {
    return (views[slot] ??= columns.view(slot));
  }

  return {
    loaded: () => isLoaded,
    count: () => presentCount,
    order: () => order,
    at,
    keyAt: columns.keyOf,
    row(key) {
      const slot = slotOf.get(key);
      return slot !== undefined && present[slot] === true ? (wholes[slot] ??= columns.whole(slot)) : undefined;
    },
    keys: () => Array.from(order, columns.keyOf),
    rows: () => (list ??= Array.from(order, at)),
    filled: (field) => order.reduce((count, slot) => count + (columns.isFilled(slot, field) ? 1 : 0), 0),
    load,
    take,
    sortBy(next) {
      if (JSON.stringify(next) === JSON.stringify(sort)) return Promise.resolve();
      sort = next;
      return rank();
    },
    rank,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
