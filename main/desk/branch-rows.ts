import type { PositionRow } from '../../shared/views.ts';
import type { AccountMargin } from '../engine/margin.ts';
import type { PositionMargin } from '../engine/margin-model.ts';
import type { Kept } from '../engine/pool/kept.ts';
import { positionState } from '../engine/state.ts';
import { withLoanPrices } from './call-prices.ts';
import { inputOf, marketOf, shelfOf, type Computed } from './compute.ts';
import type { AccountHoldings, HeldPosition, Holdings } from './holdings.ts';
import { byPlace, positionRow, positionRows, stateKey } from './position-rows.ts';
import type { Slices } from './rows/slices.ts';

/** A row with what it was made of. */
interface Made {
  row: PositionRow;
  margin: PositionMargin | undefined;
}

/** The rows of an account before any edit. */
export interface BaseRows {
  sorted: readonly PositionRow[];
  byKey: ReadonlyMap<string, PositionRow>;
  /** Of a calc pack there are none: a row there may be of several lots. */
  of: ReadonlyMap<HeldPosition, Made>;
}

/** The rows of a point of a branch. */
export interface PointRows {
  sorted: readonly PositionRow[];
  /** Those that edits reach. */
  own: ReadonlyMap<HeldPosition, Made>;
}

interface Point {
  holdings: Holdings;
  account: AccountHoldings;
}

const ROWS_A_SLICE = 128;

/** The rows of an account as it stands, made in slices. */
export function* makingRows({ holdings, account }: Point, computed: Computed): Slices<BaseRows> {
  const of: Map<HeldPosition, Made> = new Map();
  if (account.given) return baseRows(packRows({ holdings, account }, computed), of);
  const margins = marginsOf(computed.margin);
  const byState = new Map(margins.map((margin) => [stateKey(margin), margin]));
  for (const held of account.positions) {
    const margin = byState.get(stateKey(held));
    of.set(held, { row: positionRow(holdings, account, held, margin && positionState(margin)), margin });
    if (of.size % ROWS_A_SLICE === 0) yield;
  }
  return baseRows(Array.from(of.values(), ({ row }) => row).sort(byPlace), of);
}

function baseRows(sorted: readonly PositionRow[], of: BaseRows['of']): BaseRows {
  return { sorted, of, byKey: new Map(sorted.map((row) => [row.key, row])) };
}

/** Where a branch comes from, and what its edits reach from there. */
interface From {
  base: BaseRows;
  left: PointRows;
  /** Since the base, and since the point that was left. */
  touched: Kept['touched'];
  moved: Kept['touched'];
}

/**
 * The rows after edits, their live figures beside those that differ. A row that says what it said before is that very
 * object: in the base where no edit reaches it, else at the point that was left.
 */
export function branchRows(from: From, now: Point, computed: Computed): PointRows {
  const { base, left } = from;
  const { kept, made, own } = now.account.given ? { kept: new Set<PositionRow>(), made: packRows(now, computed).map((row) => ({ row, margin: undefined, held: null })), own: new Map<HeldPosition, Made>() } : bookRows(from, now, computed.margin);
  if (made.length === 0 && own.size === 0 && kept.size === base.sorted.length) return { sorted: base.sorted, own };
  const again = new Set(made.map(({ row }) => row.key));
  const said = new Map(left.sorted.flatMap((row) => (again.has(row.key) ? [[row.key, row] as const] : [])));
  for (const { row: plain, margin, held } of made) {
    const live = base.byKey.get(plain.key);
    const beside = besideLive(plain, live);
    const row = sameRow([live, said.get(plain.key)], beside) ?? beside;
    kept.add(row);
    if (held) own.set(held, { row, margin });
  }
  const fresh = [...kept].filter((row) => base.byKey.get(row.key) !== row);
  return { sorted: merged(base.sorted.filter((row) => kept.has(row)), fresh.sort(byPlace)), own };
}

/** Positions that no edit reaches, and whose figures are the very same, keep their row. */
function bookRows({ base, left, touched, moved }: From, { holdings, account }: Point, margin: AccountMargin): { kept: Set<PositionRow>; made: (Made & { held: HeldPosition })[]; own: Map<HeldPosition, Made> } {
  const margins = marginsOf(margin);
  const standing = new Set(margins);
  const kept = new Set<PositionRow>();
  const own = new Map<HeldPosition, Made>();
  const open: HeldPosition[] = [];
  for (const held of account.positions) {
    const isReached = touched(held.instrument);
    const known = isReached ? left.own.get(held) : base.of.get(held);
    if (known && !(isReached && moved(held.instrument)) && (known.margin === undefined || standing.has(known.margin))) {
      kept.add(known.row);
      if (isReached) own.set(held, known);
    } else open.push(held);
  }
  const wanted = new Set(open.map(({ instrument }) => instrument));
  const byState = new Map(margins.flatMap((one) => (wanted.has(one.instrument) ? [[stateKey(one), one] as const] : [])));
  const made = open.map((held) => {
    const state = byState.get(stateKey(held));
    return { held, margin: state, row: positionRow(holdings, account, held, state && positionState(state)) };
  });
  return { kept, made, own };
}

function packRows({ holdings, account }: Point, { state }: Computed): PositionRow[] {
  return positionRows(holdings, account, withLoanPrices(state, inputOf(holdings, account), marketOf(holdings), shelfOf(holdings)), new Map());
}

function marginsOf({ pools }: AccountMargin): PositionMargin[] {
  return pools.flatMap(({ positions }) => positions);
}

/** The first of these that says the same. */
function sameRow(known: readonly (PositionRow | undefined)[], row: PositionRow): PositionRow | undefined {
  const text = JSON.stringify(row);
  return known.find((one) => one && JSON.stringify(one) === text);
}

/** Two lists in the order of places, as one. */
function merged(kept: readonly PositionRow[], fresh: readonly PositionRow[]): PositionRow[] {
  const rows: PositionRow[] = [];
  let next = 0;
  for (const row of kept) {
    while (next < fresh.length && byPlace(fresh[next] as PositionRow, row) < 0) rows.push(fresh[next++] as PositionRow);
    rows.push(row);
  }
  return [...rows, ...fresh.slice(next)];
}

function besideLive(row: PositionRow, live: PositionRow | undefined): PositionRow {
  if (!live) return { ...row, added: true };
  const changed = row.quantity !== live.quantity || row.mark !== live.mark || row.houseMaintenance !== live.houseMaintenance;
  return changed ? { ...row, live: { quantity: live.quantity, mark: live.mark, houseMaintenance: live.houseMaintenance } } : row;
}
