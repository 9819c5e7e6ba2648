import type { RecordWidths, PastRecords, PositionRecords } from '../sql/bulk-statements.ts';
import type { Verb } from '../sql/table-statements.ts';
import type { Writes } from '../sql/writes.ts';
import { roomFor, roomOf } from '../writing/byte-room.ts';
import type { Row, Table } from '../tables/bind.ts';
import * as recordTables from '../tables/record-tables.ts';
import type { VersionedTable } from '../tables/versioned.ts';
import * as versionedTables from '../tables/versioned-tables.ts';
import { NAME_TABLES } from '../facts/ids.ts';
import { assert } from '../../../shared/result.ts';

/** Some writes in their order, as they reach another thread: as JSON, with the records beside it one after the other. */
export interface Batch {
  writes: string;
  records: Uint8Array;
  /** A row that holds bytes of its own, which comes after the others. */
  large?: { table: string; row: Row };
}

type Write =
  | { do: 'rows'; table: string; verb: Verb; rows: readonly Row[] }
  | { do: 'remove'; table: string; keys: readonly Row[] }
  | { do: 'withdraw'; table: string; row: Row; sequence: number }
  | { do: 'positions'; widths: RecordWidths; positions: Omit<PositionRecords, 'records'>; bytes: number }
  | { do: 'past'; positions: Omit<PastRecords, 'records'>; bytes: number };

/** As much as keeps another thread busy for some milliseconds. */
export const BYTES_AT_ONCE = 128 * 1024;
const ROWS_AT_ONCE = 1024;

/** Gathers writes into batches, whose records are only there until `send` is done. `flush` sends what is left. */
export function batched(send: (batch: Batch) => void): Writes & { flush: () => void } {
  let writes: Write[] = [];
  let rowsInAll = 0;
  let bytes = 0;
  let room = roomOf(BYTES_AT_ONCE);

  function flush(large?: Batch['large']): void {
    if (writes.length === 0 && !large) return;
    send({ writes: JSON.stringify(writes), records: room.bytes.subarray(0, bytes), ...(large ? { large } : {}) });
    writes = [];
    rowsInAll = bytes = 0;
  }
  function add(write: Write, rows: number): void {
    writes.push(write);
    rowsInAll += rows;
    if (rowsInAll >= ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE) flush();
  }
  function copied(records: Uint8Array): number {
    const before = room;
    room = roomFor(room, bytes + records.length);
    if (room !== before) room.bytes.set(before.bytes.subarray(0, bytes));
    room.bytes.set(records, bytes);
    bytes += records.length;
    return records.length;
  }
  return {
    rows(table, rows, verb = 'INSERT') {
      if (Object.values(table.columns).includes('bytes')) for (const row of rows) flush({ table: table.name, row });
      // The caller may use its list again.
      else for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) add({ do: 'rows', table: table.name, verb, rows: rows.slice(at, at + ROWS_AT_ONCE) }, Math.min(rows.length - at, ROWS_AT_ONCE));
    },
    removeCurrent: (table, keys) => void (keys.length > 0 && add({ do: 'remove', table: table.name, keys }, keys.length)),
    withdraw: (table, row, sequence) => add({ do: 'withdraw', table: table.name, row, sequence }, 1),
    positions: (widths, { records, ...positions }) => add({ do: 'positions', widths, positions, bytes: copied(records) }, 1),
    past: ({ records, ...positions }) => add({ do: 'past', positions, bytes: copied(records) }, 1),
    flush: () => flush(),
  };
}

const TABLES = new Map<string, Table>([...Object.values(recordTables), ...Object.values(versionedTables), ...Object.values(NAME_TABLES)].map((table) => [table.name, table]));
const VERSIONED = new Map<string, VersionedTable>(Object.values(versionedTables).map((table) => [table.name, table]));

function named<T>(tables: ReadonlyMap<string, T>, name: string): T {
  const table = tables.get(name);
  assert(table !== undefined, `${name} is a table that entries write to`);
  return table;
}

/** Does the writes of a batch. */
export function doBatch(to: Writes, { writes, records, large }: Batch): void {
  let at = 0;
  const next = (bytes: number): Uint8Array => records.subarray(at, (at += bytes));
  for (const write of JSON.parse(writes) as Write[]) {
    if (write.do === 'rows') to.rows(named(TABLES, write.table), write.rows, write.verb);
    else if (write.do === 'remove') to.removeCurrent(named(VERSIONED, write.table), write.keys);
    else if (write.do === 'withdraw') to.withdraw(named(VERSIONED, write.table), write.row, write.sequence);
    else if (write.do === 'positions') to.positions(write.widths, { ...write.positions, records: next(write.bytes) });
    else to.past({ ...write.positions, records: next(write.bytes) });
  }
  if (large) to.rows(named(TABLES, large.table), [large.row]);
}
