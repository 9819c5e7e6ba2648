import { TABLE_FIELDS, keyOfRow, type TableName, type TableRows } from '../../../shared/packed-rows/tables.ts';
import { packChange } from '../../../shared/packed-rows/change.ts';
import { assert } from '../../../shared/result.ts';

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

/** The list as it is now, in its own order. Rows that say what they said before keep their object and their version. */
export function setRows<Table extends TableName>(table: RowTable<Table>, rows: Iterable<TableRows[Table]>): void {
  const next = table.version + 1;
  const natural = Uint32Array.from(rows, (row) => put(table, row, next));
  const present = new Set(natural);
  for (const slot of table.natural) {
    if (present.has(slot)) continue;
    table.rows[slot] = null;
    table.changedAt[slot] = next;
  }
  if (!sameSlots(natural, table.natural)) table.naturalSince = next;
  table.natural = natural;
  table.version = next;
}

/** The rows in the list, in the desk's own order. */
export function rowsOf<Table extends TableName>({ natural, rows }: RowTable<Table>): TableRows[Table][] {
  return Array.from(natural, (slot) => rows[slot] as TableRows[Table]);
}

/** Some rows anew; the others, and their order, stand. */
export function changeRows<Table extends TableName>(table: RowTable<Table>, rows: Iterable<TableRows[Table]>): void {
  const next = table.version + 1;
  for (const row of rows) {
    assert(table.slotOf.has(keyOfRow(table.table, row)), 'a row that is not in the list cannot change');
    put(table, row, next);
  }
  table.version = next;
}

function put<Table extends TableName>(table: RowTable<Table>, row: TableRows[Table], version: number): number {
  const key = keyOfRow(table.table, row);
  const slot = table.slotOf.get(key) ?? table.slotOf.size;
  table.slotOf.set(key, slot);
  const before = table.rows[slot] ?? null;
  if (before !== null && sameRow(table.table, before, row)) return slot;
  table.rows[slot] = row;
  table.changedAt[slot] = version;
  return slot;
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

/** Rows of one message: so many take about 5 ms to pack, and others wait no longer than that. */
export const PACKED_ROWS_MAX = 1_000;

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
