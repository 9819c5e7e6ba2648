import { TABLE_FIELDS, keyOfRow, type TableName, type TableRows } from '../../../shared/packed-rows/tables.ts';
import { packChange } from '../../../shared/packed-rows/change.ts';
import { assert } from '../../../shared/result.ts';
import type { Slices } from './slices.ts';

/**
 * One list that screens follow. Each row has a slot, a small number that is its own while the desk runs, also when it
 * leaves and comes back; each slot remembers at which version of the table it last changed.
 */
export interface RowTable<Table extends TableName = TableName> {
  readonly table: Table;
  version: number;
  slotOf: Map<string, number>;
  /** By slot; null for a row that is not in the list now. */
  rows: (TableRows[Table] | null)[];
  /** By slot: the version that brought its last change. */
  changedAt: number[];
  /** The slots in the list, in the desk's own order, and the version since which that order stands. */
  natural: Uint32Array;
  naturalSince: number;
}

export function emptyTable<Table extends TableName>(table: Table): RowTable<Table> {
  return { table, version: 0, slotOf: new Map(), rows: [], changedAt: [], natural: new Uint32Array(), naturalSince: 0 };
}

/**
 * The list as it is now, in its own order. Rows that say what they said before keep their object and their version. What is
 * returned puts them in place, at once; until then nobody else may change the list.
 */
export function* settingRows<Table extends TableName>(table: RowTable<Table>, rows: readonly TableRows[Table][]): Slices<() => void> {
  const { slots: natural, changed } = yield* comparing(table, rows);
  const present = new Set(natural);
  const left = table.natural.filter((slot) => !present.has(slot));
  return () => {
    const next = table.version + 1;
    for (const slot of left) {
      table.rows[slot] = null;
      table.changedAt[slot] = next;
    }
    if (!sameSlots(natural, table.natural)) table.naturalSince = next;
    table.natural = natural;
    place(table, changed, next);
  };
}

/** The rows in the list, in the desk's own order. */
export function rowsOf<Table extends TableName>({ natural, rows }: RowTable<Table>): TableRows[Table][] {
  return Array.from(natural, (slot) => rows[slot] as TableRows[Table]);
}

/** Some rows anew, as `settingRows`; the others, and their order, stand. */
export function* changingRows<Table extends TableName>(table: RowTable<Table>, rows: readonly TableRows[Table][]): Slices<() => void> {
  for (const row of rows) assert(table.slotOf.has(keyOfRow(table.table, row)), 'a row that is not in the list cannot change');
  yield;
  const { changed } = yield* comparing(table, rows);
  return () => place(table, changed, table.version + 1);
}

const COMPARED_AT_ONCE = 256;

/** The rows' slots, new ones for rows that are new, and which of them say something else than before. */
function* comparing<Table extends TableName>(table: RowTable<Table>, rows: readonly TableRows[Table][]): Slices<{ slots: Uint32Array; changed: Map<number, TableRows[Table]> }> {
  const slots = new Uint32Array(rows.length);
  const changed = new Map<number, TableRows[Table]>();
  for (const [at, row] of rows.entries()) {
    const key = keyOfRow(table.table, row);
    const slot = table.slotOf.get(key) ?? table.slotOf.size;
    table.slotOf.set(key, slot);
    slots[at] = slot;
    const before = changed.get(slot) ?? table.rows[slot] ?? null;
    if (before === null || !sameRow(table.table, before, row)) changed.set(slot, row);
    if (at % COMPARED_AT_ONCE === 0) yield;
  }
  return { slots, changed };
}

function place<Table extends TableName>(table: RowTable<Table>, changed: ReadonlyMap<number, TableRows[Table]>, version: number): void {
  for (const [slot, row] of changed) {
    table.rows[slot] = row;
    table.changedAt[slot] = version;
  }
  table.version = version;
}

/** The row, or the one before it where that says the same: lists see at a glance then that nothing changed. */
export function asBefore<Table extends TableName>(table: Table, before: TableRows[Table] | undefined, row: TableRows[Table]): TableRows[Table] {
  return before && sameRow(table, before, row) ? before : row;
}

/** Whether two rows say the same on a screen. The rank of a call is no part of it: it comes with the order. */
function sameRow<Table extends TableName>(table: Table, a: TableRows[Table], b: TableRows[Table]): boolean {
  if (a === b) return true;
  const [left, right] = [a, b] as unknown as [Record<string, unknown>, Record<string, unknown>];
  return TABLE_FIELDS[table].every(({ name, kind }) => left[name] === right[name] || (kind === 'names' && String(left[name]) === String(right[name])));
}

function sameSlots(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((slot, place) => slot === b[place]);
}

/** Slots that changed after a version: rows that came, changed or left. */
export function changedSlots({ changedAt }: RowTable, since: number): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < changedAt.length; slot += 1) if ((changedAt[slot] ?? 0) > since) slots.push(slot);
  return slots;
}

/** Rows of one message: so many take a millisecond or two to pack, and others wait no longer than that. */
export const PACKED_ROWS_MAX = 256;

/** The packed change that brings these slots as they are now; what is not in the list is sent as removed. */
export function packSlots<Table extends TableName>(table: RowTable<Table>, from: number, to: number, slots: readonly number[]): Uint8Array {
  const here: number[] = [];
  const rows: TableRows[Table][] = [];
  const removed: number[] = [];
  for (const slot of slots) {
    const row = table.rows[slot];
    if (row === undefined) continue;
    if (row === null) removed.push(slot);
    else {
      here.push(slot);
      rows.push(row);
    }
  }
  return packChange({ table: table.table, from, to, slots: here, rows, removed });
}
