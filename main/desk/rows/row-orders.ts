import { statusSeverity, type MarginStatus } from '../../../shared/domain/status.ts';
import { fromDecimalText } from '../../../shared/money.ts';
import type { CellValue } from '../../../shared/packed-rows/cell.ts';
import { packOrder } from '../../../shared/packed-rows/order.ts';
import type { RowSort } from '../../../shared/packed-rows/sort.ts';
import { TABLE_FIELDS } from '../../../shared/packed-rows/tables.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { merged, sorted } from './merge-sort.ts';
import { changedSlots, type RowTable } from './row-table.ts';
import type { Slices } from './slices.ts';

/**
 * The orders that screens look at, made by the desk. An order that was asked for is kept, and asked for again it is
 * mended: what changed since is taken out, ordered and merged back, which is far less than ordering everything anew.
 */
interface KeptOrder {
  version: number;
  slots: Uint32Array;
}

/** One field's values as they are compared, by slot, kept current from version to version. */
interface Keys {
  version: number;
  /** NaN where there is no value. Doubles that differ order as the amounts do; equal ones are looked at exactly. */
  numbers: number[];
  texts: (string | null)[];
}

export interface RowOrders {
  kept: Map<string, KeptOrder>;
  keys: Map<string, Keys>;
}

const ORDERS_KEPT_MAX = 8;

export function noOrders(): RowOrders {
  return { kept: new Map(), keys: new Map() };
}

/** The table's rows in the order asked for, packed; made in slices. Fault: `unknown-field`. */
export function* orderedRows(table: RowTable, orders: RowOrders, sort: readonly RowSort[]): Slices<Result<Uint8Array>> {
  const unknown = sort.find(({ field }) => !TABLE_FIELDS[table.table].some(({ name }) => name === field));
  if (unknown) return fail({ code: 'unknown-field', message: `The rows of "${table.table}" have no ${JSON.stringify(unknown.field)} to be ordered by.` });
  const { version } = table;
  const slots = sort.length === 0 ? table.natural : yield* ordered(table, orders, sort);
  const place = placesOf(table);
  return succeed(packOrder({ table: table.table, version, slots, places: slots.map((slot) => (place[slot] ?? 0) + 1) }));
}

function* ordered(table: RowTable, orders: RowOrders, sort: readonly RowSort[]): Slices<Uint32Array> {
  const { version } = table;
  const compare = comparison(table, yield* keysOf(table, orders, sort), sort);
  const name = sort.map(({ field, descending }) => `${field} ${descending ? 'down' : 'up'}`).join(',');
  const before = orders.kept.get(name);
  // Rows that are equal stand in the desk's own order: when that moved, any of them may have.
  const slots = before && before.version >= table.naturalSince ? yield* mended(table, before, compare) : yield* sorted(table.natural, compare);
  orders.kept.delete(name);
  orders.kept.set(name, { version, slots });
  const [oldest] = orders.kept.keys();
  if (orders.kept.size > ORDERS_KEPT_MAX && oldest !== undefined) orders.kept.delete(oldest);
  return slots;
}

function* mended(table: RowTable, { version, slots }: KeptOrder, compare: (a: number, b: number) => number): Slices<Uint32Array> {
  const changed = changedSlots(table, version);
  if (changed.length === 0) return slots;
  yield;
  const isMoved = new Set(changed);
  const here = Uint32Array.from(changed.filter((slot) => table.rows[slot] !== null));
  return yield* merged(slots.filter((slot) => !isMoved.has(slot)), yield* sorted(here, compare), compare);
}

/** By slot, its place in the desk's own order, from 0. */
function placesOf({ natural, rows }: RowTable): Uint32Array {
  const places = new Uint32Array(rows.length);
  natural.forEach((slot, place) => (places[slot] = place));
  return places;
}

function* keysOf(table: RowTable, orders: RowOrders, sort: readonly RowSort[]): Slices<Keys[]> {
  const all: Keys[] = [];
  for (const { field } of sort) {
    const keys = orders.keys.get(field) ?? { version: 0, numbers: [], texts: [] };
    orders.keys.set(field, keys);
    const changed = changedSlots(table, keys.version);
    keys.version = table.version;
    for (const [index, slot] of changed.entries()) {
      readKey(table, field, slot, keys);
      if (index % 2_048 === 2_047) yield;
    }
    all.push(keys);
  }
  return all;
}

function readKey(table: RowTable, field: string, slot: number, { numbers, texts }: Keys): void {
  const value = (table.rows[slot] as Record<string, CellValue> | null | undefined)?.[field] ?? null;
  const isText = TABLE_FIELDS[table.table].some(({ name, kind }) => name === field && (kind === 'text' || kind === 'names'));
  texts[slot] = value === null ? null : String(value);
  numbers[slot] = value === null ? Number.NaN : field === 'status' ? statusSeverity(value as MarginStatus) : isText ? 0 : Number(value);
}

/** Negative when row `a` comes before row `b`. What is absent goes last whichever way; equals stand in the desk's own order. */
function comparison(table: RowTable, keys: readonly Keys[], sort: readonly RowSort[]): (a: number, b: number) => number {
  const place = placesOf(table);
  const kinds = sort.map(({ field }) => TABLE_FIELDS[table.table].find(({ name }) => name === field)?.kind);
  return (a, b) => {
    for (let index = 0; index < sort.length; index += 1) {
      const { numbers, texts } = keys[index] as Keys;
      const [left, right] = [texts[a] ?? null, texts[b] ?? null];
      if (left === right) continue;
      if (left === null || right === null) return left === null ? 1 : -1;
      const order = (numbers[a] ?? 0) - (numbers[b] ?? 0) || (kinds[index] === 'amount' ? fromDecimalText(left).cmp(fromDecimalText(right)) : left < right ? -1 : 1);
      return sort[index]?.descending === true ? -order : order;
    }
    return (place[a] ?? 0) - (place[b] ?? 0);
  };
}
