import type { InstrumentId } from '../../shared/domain/instrument.ts';
import { middleOf } from '../../shared/list-change.ts';
import { assert } from '../../shared/result.ts';
import type { PositionRow } from '../../shared/views.ts';
import type { PositionMargin } from '../engine/margin-model.ts';
import { positionState } from '../engine/state.ts';
import { withLoanPrices } from './call-prices.ts';
import { inputOf, marketOf, shelfOf, type Computed } from './compute.ts';
import type { AccountHoldings, HeldPosition, Holdings } from './holdings.ts';
import { byPlace, positionRow, positionRows, stateKey } from './position-rows.ts';
import type { Slices } from './rows/slices.ts';

/** What is asked of positions: of a group that an edit leaves alone it is the very list that it was. */
type MarginLists = readonly (readonly PositionMargin[])[];

/** The rows of a point of a branch, in their order, and what they were made of. */
export interface PointRows {
  sorted: readonly PositionRow[];
  margins: MarginLists;
  /** How many positions it has. */
  count: number;
  /** Rows that are not those of the base, by the place of the position in the account, which edits leave as it is; none of a calc pack, whose rows may be of several lots. */
  own: ReadonlyMap<number, PositionRow>;
}

/** The rows of an account before any edit. */
export interface BaseRows extends PointRows {
  byKey: ReadonlyMap<string, PositionRow>;
  /** By the place of the position. */
  rowAt: readonly PositionRow[];
  /** Places of the positions in an instrument. */
  placesOf: ReadonlyMap<InstrumentId, readonly number[]>;
}

interface Point {
  holdings: Holdings;
  account: AccountHoldings;
}

const ROWS_A_SLICE = 128;

/** The rows of an account as it stands, made in slices. */
export function* makingRows({ holdings, account }: Point, computed: Computed): Slices<BaseRows> {
  const margins = marginsOf(computed);
  const rows: PositionRow[] = account.given ? packRows({ holdings, account }, computed) : [];
  const states = new Map(margins.flatMap((list) => list.map((margin) => [stateKey(margin), margin] as const)));
  for (const held of account.given ? [] : account.positions) {
    const margin = states.get(stateKey(held));
    rows.push(positionRow(holdings, account, held, margin && positionState(margin)));
    if (rows.length % ROWS_A_SLICE === 0) yield;
  }
  const placesOf = Map.groupBy(rows.keys(), (place) => (rows[place] as PositionRow).instrument);
  return { sorted: rows.toSorted(byPlace), margins, count: account.positions.length, own: new Map(), rowAt: account.given ? [] : rows, byKey: new Map(rows.map((row) => [row.key, row])), placesOf };
}

/**
 * The rows one edit further or back, their live figures beside those that differ. `changed` are the instruments of which the
 * edit changed a position, the price or the terms; every other row is another one only where its margin is. A row that says
 * what it said at the point that was left, or before any edit, is the very same object.
 */
export function branchRows(base: BaseRows, left: PointRows, now: Point, computed: Computed, changed: Iterable<InstrumentId>): PointRows {
  if (now.account.given) return packPoint(base, left, now, computed);
  const { holdings, account: { positions } } = now;
  const margins = marginsOf(computed);
  const own = new Map(left.own);
  const sorted = [...left.sorted];
  // A leg that undoing takes away again.
  for (let place = positions.length; place < left.count; place += 1) {
    takeOut(sorted, own.get(place) as PositionRow);
    own.delete(place);
  }
  const { instruments, marginOf } = movedMargins(left.margins, margins, changed);
  for (const place of placesIn(instruments, base, left, positions)) {
    const held = positions[place] as HeldPosition;
    const margin = marginOf(held);
    const old = own.get(place) ?? base.rowAt[place];
    const row = beside(positionRow(holdings, now.account, held, margin && positionState(margin)), base, old);
    if (row === old) continue;
    if (old) takeOut(sorted, old);
    sorted.splice(placeFor(sorted, row), 0, row);
    if (row === base.rowAt[place]) own.delete(place);
    else own.set(place, row);
  }
  return { sorted, margins, count: positions.length, own };
}

interface MovedMargins {
  instruments: ReadonlySet<InstrumentId>;
  marginOf: (held: HeldPosition) => PositionMargin | undefined;
}

/** Instruments of which a figure may be another one, and what is asked of their positions now. */
function movedMargins(left: MarginLists, now: MarginLists, changed: Iterable<InstrumentId>): MovedMargins {
  const { from, before, after } = middleOf(left, now);
  const [old, made] = apart(left.slice(from, before), now.slice(from, after)).map((lists) => lists.flat()) as [PositionMargin[], PositionMargin[]];
  const instruments = new Set(changed);
  for (const margins of apart(old, made)) for (const { instrument } of margins) instruments.add(instrument);
  const near = byState(made, instruments);
  let all: ReadonlyMap<string, PositionMargin> | null = null;
  // Mostly it is among those that differ; of a leg that was closed there is none.
  return { instruments, marginOf: (held) => near.get(stateKey(held)) ?? (all ??= byState(now.flat(), instruments)).get(stateKey(held)) };
}

/** What is in one of two lists alone. */
function apart<Item>(before: readonly Item[], after: readonly Item[]): [Item[], Item[]] {
  const [had, has] = [new Set(before), new Set(after)];
  return [before.filter((item) => !has.has(item)), after.filter((item) => !had.has(item))];
}

function byState(margins: readonly PositionMargin[], instruments: ReadonlySet<InstrumentId>): Map<string, PositionMargin> {
  const states = new Map<string, PositionMargin>();
  for (const margin of margins) if (instruments.has(margin.instrument)) states.set(stateKey(margin), margin);
  return states;
}

/** Where these instruments are held, legs that edits added among them. */
function placesIn(instruments: ReadonlySet<InstrumentId>, base: BaseRows, left: PointRows, positions: readonly HeldPosition[]): number[] {
  const places = [...instruments].flatMap((instrument) => base.placesOf.get(instrument) ?? []);
  for (let place = base.rowAt.length; place < positions.length; place += 1) {
    if (place >= left.count || instruments.has((positions[place] as HeldPosition).instrument)) places.push(place);
  }
  return places;
}

/** Of a calc pack all rows are made, and those that say the same stay. */
function packPoint(base: BaseRows, left: PointRows, now: Point, computed: Computed): PointRows {
  const said = new Map(left.sorted.map((row) => [row.key, row]));
  return { sorted: packRows(now, computed).map((row) => beside(row, base, said.get(row.key))), margins: [], count: now.account.positions.length, own: left.own };
}

function packRows({ holdings, account }: Point, { state }: Computed): PositionRow[] {
  return positionRows(holdings, account, withLoanPrices(state, inputOf(holdings, account), marketOf(holdings), shelfOf(holdings)), new Map());
}

function marginsOf({ margin: { pools } }: Computed): MarginLists {
  return pools.flatMap(({ positionLists }) => positionLists);
}

/** The row with its live figures where they differ: the very row that stood before it, or stands in the base, where that says the same. */
function beside(row: PositionRow, { byKey }: BaseRows, before: PositionRow | undefined): PositionRow {
  const live = byKey.get(row.key);
  const now = besideLive(row, live);
  return [before, live].find((known) => known && saysTheSame(known, now)) ?? now;
}

function saysTheSame(a: PositionRow, b: PositionRow): boolean {
  const names = Object.keys(a) as (keyof PositionRow)[];
  // What is no plain text is short: badges, live figures, two prices.
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name] || (typeof a[name] === 'object' && JSON.stringify(a[name]) === JSON.stringify(b[name])));
}

function besideLive(row: PositionRow, live: PositionRow | undefined): PositionRow {
  if (!live) return { ...row, added: true };
  const changed = row.quantity !== live.quantity || row.mark !== live.mark || row.houseMaintenance !== live.houseMaintenance;
  return changed ? { ...row, live: { quantity: live.quantity, mark: live.mark, houseMaintenance: live.houseMaintenance } } : row;
}

function takeOut(sorted: PositionRow[], row: PositionRow): void {
  const place = placeFor(sorted, row);
  assert(sorted[place] === row, `row ${row.key} is not where it was put`);
  sorted.splice(place, 1);
}

/** Before which row of a sorted list it belongs. */
function placeFor(sorted: readonly PositionRow[], row: PositionRow): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byPlace(sorted[middle] as PositionRow, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
