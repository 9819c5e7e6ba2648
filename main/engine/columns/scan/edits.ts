import { scanRuns, scanRunsRounding, type KernelColumns } from './kernel.ts';
import { changeRuns, EXACT, severityOf, SLOW, stand, type ScanLane } from './lane.ts';
import { QUANTITY_MAX } from './instruments.ts';
import { runOf, sizeOf } from './runs.ts';

/** Another quantity of one position; 0 closes it, and an instrument that the pool does not have is opened. */
export interface QuantityEdit {
  /** In the lane's table. */
  instrument: number;
  /** Index into SUB_TYPES. */
  subType: number;
  quantity: number;
}

/** A pool's figures in quanta; NaN with the status SLOW where the explaining engine must say. */
export interface EditedTotals {
  equity: number;
  maintenance: number;
  gross: number;
  status: number;
}

/**
 * Changes the quantity of a position that the lane holds, and its pool; a closed one keeps its place. False when there is no such position, or the new
 * quantity is not for columns: the lane is then to be opened anew.
 */
export function setQuantity(lane: ScanLane, pool: number, { instrument, subType, quantity }: QuantityEdit): boolean {
  const { runs, table, most } = lane;
  const group = table.groupOf[instrument] as number;
  const run = runOf(runs, group, pool);
  const at = run < 0 ? -1 : placeIn(lane, run, instrument, subType);
  if (at < 0 || !Number.isInteger(quantity)) return false;
  const before = runs.quantity[at] as number;
  runs.quantity[at] = quantity;
  const size = sizeOf(runs, run);
  if (size >= QUANTITY_MAX) {
    runs.quantity[at] = before;
    return false;
  }
  if (size > (most[group] as number) && !Number.isNaN(lane.cash[pool])) most[group] = size;
  lane.ticks += 1;
  changeRuns(lane, group, run, run + 1, new Int32Array(1), 0);
  stand(lane, pool);
  return true;
}

function placeIn({ runs }: ScanLane, run: number, instrument: number, subType: number): number {
  for (let at = runs.start[run] as number; at < (runs.start[run + 1] as number); at += 1) if (runs.instrument[at] === instrument && runs.subType[at] === subType) return at;
  return -1;
}

/**
 * What a pool would be with other quantities. The lane is not touched: each run that an edit falls into is copied, changed
 * and computed beside it. Of several edits of one position the last wins.
 */
export function whatIf(lane: ScanLane, pool: number, edits: readonly QuantityEdit[]): EditedTotals {
  const { table, totals, columns, runs, cash } = lane;
  const edited = { equity: totals.equity[pool] as number, maintenance: totals.maintenance[pool] as number, gross: totals.gross[pool] as number };
  for (const [index, { instrument }] of edits.entries()) {
    const group = table.groupOf[instrument] as number;
    // The first edit in an underlying brings all others of it along.
    if (edits.findIndex((other) => table.groupOf[other.instrument] === group) < index) continue;
    const run = runOf(runs, group, pool);
    const copy = copied(lane, run, edits, group);
    if (!copy || (run < 0 && lane.offsets[group] === 1)) return { equity: NaN, maintenance: NaN, gross: NaN, status: SLOW };
    edited.equity += (copy.worth[0] as number) - (run < 0 ? 0 : (columns.worth[run] as number));
    edited.maintenance += (copy.requirement[0] as number) - (run < 0 ? 0 : (columns.requirement[run] as number));
    edited.gross += (copy.gross[0] as number) - (run < 0 ? 0 : (columns.gross[run] as number));
  }
  return { ...edited, status: severityOf(lane, cash[pool] as number, edited.equity, edited.maintenance, edited.gross) };
}

// Room for one run beside the columns, used again for every edit.
let room = roomFor(64);

function roomFor(positions: number): Pick<KernelColumns, 'instrument' | 'quantity' | 'start' | 'requirement' | 'worth' | 'gross'> & { subType: Uint8Array } {
  return { instrument: new Int32Array(positions), quantity: new Float64Array(positions), subType: new Uint8Array(positions), start: new Int32Array(2), requirement: new Float64Array(1), worth: new Float64Array(1), gross: new Float64Array(1) };
}

/** The last takes the place of a position that is closed: its row plays no part any more, even one that is not for columns. */
function takeOut(at: number, count: number): number {
  const last = count - 1;
  room.instrument[at] = room.instrument[last] as number;
  room.subType[at] = room.subType[last] as number;
  room.quantity[at] = room.quantity[last] as number;
  return last;
}

/** A run with its edits, computed; null where it is not for columns. */
function copied(lane: ScanLane, run: number, edits: readonly QuantityEdit[], group: number): typeof room | null {
  const { runs, table, columns } = lane;
  const [from, to] = run < 0 ? [0, 0] : [runs.start[run] as number, runs.start[run + 1] as number];
  if (to - from + edits.length > room.instrument.length) room = roomFor(2 * (to - from + edits.length));
  let count = 0;
  for (let at = from; at < to; at += 1, count += 1) {
    room.instrument[count] = runs.instrument[at] as number;
    room.subType[count] = runs.subType[at] as number;
    room.quantity[count] = runs.quantity[at] as number;
  }
  for (const edit of edits) {
    if (table.groupOf[edit.instrument] !== group) continue;
    let at = 0;
    while (at < count && (room.instrument[at] !== edit.instrument || room.subType[at] !== edit.subType)) at += 1;
    if (at === count && edit.quantity === 0) continue;
    if (at === count) count += 1;
    room.instrument[at] = edit.instrument;
    room.subType[at] = edit.subType;
    room.quantity[at] = edit.quantity;
    if (edit.quantity === 0) count = takeOut(at, count);
  }
  room.start[1] = count;
  const size = sizeOf(room, 0);
  if (!Number.isInteger(size) || size >= QUANTITY_MAX || size * (table.largest[group] as number) >= EXACT) return null;
  const over: KernelColumns = { ...room, stride: columns.stride, rows: columns.rows, charges: columns.charges };
  if (table.rounds[group] === 1) scanRunsRounding(over, table.divisor, 0, 1);
  else scanRuns(over, 0, 1);
  return room;
}
