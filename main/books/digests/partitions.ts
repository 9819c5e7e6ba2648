import type { Database } from '../sql/connect.ts';
import { currentRowsText, pastRowsText, recordRowsText, rowsOf } from '../sql/table-statements.ts';
import { assert } from '../../../shared/result.ts';
import type { Row, SqlValue, Table } from '../tables/bind.ts';
import { callEventTable, dailyMarginRecordTable, importScopeTable, importTable, marginRunTable } from '../tables/record-tables.ts';
import type { VersionedTable } from '../tables/versioned.ts';
import * as tables from '../tables/versioned-tables.ts';
import { addToHistory, rowHash, type HistorySum } from './digest.ts';

/**
 * A kind of partition: the tables whose rows are digested together. `current` rows are digested as a whole, which
 * costs the rows of one account or of 256 instruments; everything that only grows (past rows, activity, events,
 * records) goes into the history sum, which costs only what changed.
 */
export interface PartitionKind {
  name: string;
  /** The id table whose rows the partition vouches for: which number stands for which account or instrument. */
  names: 'account' | 'instrument' | null;
  current: readonly VersionedTable[];
  /** Versioned tables that grow without end: current and past rows both go into the history sum. */
  growing: readonly VersionedTable[];
  records: readonly Table[];
  /** Instruments share a partition by their number's upper bits; accounts have one each; the rest is one of a kind. */
  split: 'byAccount' | 'byInstrument' | 'single';
}

const kind = (name: string, split: PartitionKind['split'], parts: Partial<PartitionKind>): PartitionKind => ({
  name,
  split,
  names: null,
  current: [],
  growing: [],
  records: [],
  ...parts,
});

export const PARTITION_KINDS = {
  account: kind('account', 'byAccount', {
    names: 'account',
    current: [tables.accountFact, tables.position, tables.cash, tables.brokerFigure, tables.exclusion],
  }),
  activity: kind('activity', 'byAccount', { growing: [tables.activity] }),
  calls: kind('calls', 'byAccount', { current: [tables.call], records: [callEventTable, dailyMarginRecordTable] }),
  priorMargin: kind('priorMargin', 'byAccount', { current: [tables.priorMargin] }),
  instruments: kind('instruments', 'byInstrument', { names: 'instrument', current: [tables.instrumentFact] }),
  marks: kind('marks', 'byInstrument', { current: [tables.mark] }),
  exchangeRates: kind('exchangeRates', 'single', { current: [tables.exchangeRate] }),
  profiles: kind('profiles', 'single', { current: [tables.mappingProfileTable] }),
  imports: kind('imports', 'single', { records: [importTable, importScopeTable] }),
  runs: kind('runs', 'single', { records: [marginRunTable] }),
} as const satisfies Record<string, PartitionKind>;

const INSTRUMENTS_PER_PARTITION = 256;

/** Which partition of its kind a row belongs to, by the first column of its key. */
export function bucketOf(kind: PartitionKind, firstKey: SqlValue): number {
  if (kind.split === 'single') return 0;
  assert(typeof firstKey === 'number', `rows of ${kind.name} are keyed by number`);
  return kind.split === 'byAccount' ? firstKey : Math.floor(firstKey / INSTRUMENTS_PER_PARTITION);
}

export function partitionName(kind: PartitionKind, bucket: number): string {
  return `${kind.name}/${bucket}`;
}

/** Neighbouring buckets of a kind, from the first up to and including the last. */
export type Run = readonly [first: number, last: number];

const RUN_MAX = 256;

/** Buckets as runs, none of too many. */
export function runsOf(buckets: readonly number[]): Run[] {
  const runs: [number, number][] = [];
  for (const bucket of [...new Set(buckets)].sort((left, right) => left - right)) {
    const run = runs.at(-1);
    if (run && run[1] === bucket - 1 && bucket - run[0] < RUN_MAX) run[1] = bucket;
    else runs.push([bucket, bucket]);
  }
  return runs;
}

export function bucketsOf([first, last]: Run): number[] {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

/** The first key columns of the rows of these buckets. */
export function rangeOf(kind: PartitionKind, [first, last]: Run): [number, number] | null {
  if (kind.split === 'single') return null;
  if (kind.split === 'byAccount') return [first, last];
  return [first * INSTRUMENTS_PER_PARTITION, (last + 1) * INSTRUMENTS_PER_PARTITION - 1];
}

function read(db: Database, text: (ranged: boolean) => string, range: [number, number] | null): Row[] {
  return range ? rowsOf(db, text(true), ...range) : rowsOf(db, text(false));
}

/** The names that stand for numbers, all of them or those of a range of numbers. */
export function namesText(table: string): (ranged: boolean) => string {
  return (ranged) => `SELECT id, code FROM ${table}${ranged ? ' WHERE id BETWEEN ? AND ?' : ''} ORDER BY id`;
}

/** What a partition's rows digest is taken over: the id rows it vouches for, then each table's current rows. */
export interface PartitionRows {
  names: Row[];
  current: Row[][];
}

function emptyRows(kind: PartitionKind): PartitionRows {
  return { names: [], current: kind.current.map(() => []) };
}

export function digestLists({ names, current }: PartitionRows): Row[][] {
  return [names, ...current];
}

/** The current rows of some partitions, or of all of a kind, by bucket. */
export function readPartitionRows(db: Database, kind: PartitionKind, run: Run | null): Map<number, PartitionRows> {
  const found = new Map<number, PartitionRows>();
  for (const bucket of run ? bucketsOf(run) : []) found.set(bucket, emptyRows(kind));
  function rowsAt(firstKey: SqlValue): PartitionRows {
    const at = bucketOf(kind, firstKey);
    let rows = found.get(at);
    if (!rows) found.set(at, (rows = emptyRows(kind)));
    return rows;
  }
  const range = run && rangeOf(kind, run);
  if (kind.names) {
    for (const row of read(db, namesText(kind.names), range)) rowsAt(row[0] as SqlValue).names.push(row);
  }
  kind.current.forEach((table, place) => {
    for (const row of read(db, (ranged) => currentRowsText(table, ranged), range)) rowsAt(row[1] as SqlValue).current[place]?.push(row);
  });
  return found;
}

/** A row of a partition's history, with the table it stands in. */
export interface HistoryRow {
  table: Table;
  row: Row;
}

/** Everything a partition's history sum is taken over, of some partitions or of all of a kind, by bucket. */
export function readPartitionHistory(db: Database, kind: PartitionKind, run: Run | null): Map<number, HistoryRow[]> {
  const found = new Map<number, HistoryRow[]>();
  for (const bucket of run ? bucketsOf(run) : []) found.set(bucket, []);
  const range = run && rangeOf(kind, run);
  function add(table: Table, rows: Row[], keyPlace: number): void {
    for (const row of rows) {
      const at = bucketOf(kind, row[keyPlace] as SqlValue);
      const known = found.get(at);
      if (known) known.push({ table, row });
      else found.set(at, [{ table, row }]);
    }
  }
  for (const table of [...kind.current, ...kind.growing]) add(table, read(db, (ranged) => pastRowsText(table, ranged), range), 1);
  for (const table of kind.growing) add(table, read(db, (ranged) => currentRowsText(table, ranged), range), 1);
  for (const table of kind.records) add(table, read(db, (ranged) => recordRowsText(table, ranged), range), 0);
  return found;
}

export function sumOfHistory(history: readonly HistoryRow[]): HistorySum {
  return history.reduce((sum, { table, row }) => addToHistory(sum, rowHash(table.name, row)), 0n);
}
