import { noFacts, type AccountId, type FactName, type Facts } from '../../../shared/domain/facts.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import type { Book } from '../book.ts';
import { runsOf, type PartitionKind } from '../digests/partitions.ts';
import { intactHistory, intactRows, type Buckets } from '../digests/verify.ts';
import { FACT_TABLES } from '../facts/fact-tables.ts';
import { fromRow, type Naming } from '../facts/from-rows.ts';
import { findId, readCodes } from '../facts/ids.ts';
import { guarded } from '../faults.ts';
import type { Row } from '../tables/bind.ts';
import { sortByKey, type VersionedTable } from '../tables/versioned.ts';
import { isKnownAt, type PointInTime } from './known-at.ts';
import { snapshot } from './snapshot.ts';

const FACT_NAMES = Object.keys(FACT_TABLES) as FactName[];

/**
 * The facts of these accounts (all of them when left out; one the book does not know has none), with the whole market:
 * instruments, marks and exchange rates. Without `at`: what is known now and true now; with it, as known after an entry and as true on a day. Every
 * partition is compared with its digest the first time it is read; a fault `book-damaged` names the one that differs.
 */
export function readFacts(book: Book, accounts?: readonly AccountId[], at?: PointInTime): Result<Facts> {
  return guarded(book.path, () =>
    snapshot(book, () => {
      const known = accounts?.map((code) => findId(book.db, 'account', code)).filter((id) => id !== null);
      return succeed(collect(book, known ?? null, at));
    }),
  );
}

function collect(book: Book, accounts: readonly number[] | null, at: PointInTime | undefined): Facts {
  return factsOf(book, at ? rowsAt(book, accounts, at) : currentRows(book, accounts));
}

/** The rows as facts, those of tables that are not among them left out. */
export function factsOf(book: Book, rows: RowsByTable, naming: Naming = { account: readCodes(book.db, 'account'), instrument: readCodes(book.db, 'instrument') }): Facts {
  const facts = noFacts();
  for (const name of FACT_NAMES) {
    const read = fromRow[name] as (row: Row, name: Naming) => unknown;
    facts[name] = (rows.get(FACT_TABLES[name].table) ?? []).map((row) => read(row, naming)) as never;
  }
  return facts;
}

export type RowsByTable = Map<VersionedTable, Row[]>;

export const FACT_KINDS: readonly PartitionKind[] = [...new Set(FACT_NAMES.map((name) => FACT_TABLES[name].kind))];

/** The buckets to read of a kind: those of the wanted accounts, or null for all there are. */
function bucketsToRead(kind: PartitionKind, accounts: readonly number[] | null): readonly Buckets[] {
  return accounts && kind.split === 'byAccount' ? runsOf(accounts) : [null];
}

export function addRows(rows: RowsByTable, table: VersionedTable, more: readonly Row[]): void {
  const known = rows.get(table);
  if (!known) rows.set(table, [...more]);
  else for (const row of more) known.push(row);
}

/** What holds now, by table, of partitions of these kinds. */
export function currentRows(book: Book, accounts: readonly number[] | null, kinds: readonly PartitionKind[] = FACT_KINDS): RowsByTable {
  const rows: RowsByTable = new Map();
  for (const kind of kinds) {
    for (const buckets of bucketsToRead(kind, accounts)) {
      for (const found of intactRows(book, kind, buckets).values()) {
        kind.current.forEach((table, place) => addRows(rows, table, found.current[place] ?? []));
      }
      if (kind.growing.length > 0) addFromHistory(rows, book, kind, buckets, {});
    }
  }
  return rows;
}

/** Past rows that were held to be true at the point; of tables that only grow, the current ones as well. */
function addFromHistory(rows: RowsByTable, book: Book, kind: PartitionKind, buckets: Buckets, at: PointInTime): void {
  const tables = [...kind.current, ...kind.growing];
  for (const history of intactHistory(book, kind, buckets).values()) {
    for (const { table, row } of history) {
      const versioned = tables.find((candidate) => candidate === table);
      if (versioned && isKnownAt(versioned, row, at)) addRows(rows, versioned, [row]);
    }
  }
}

function rowsAt(book: Book, accounts: readonly number[] | null, at: PointInTime): RowsByTable {
  const rows: RowsByTable = new Map();
  for (const kind of FACT_KINDS) {
    for (const buckets of bucketsToRead(kind, accounts)) {
      for (const found of intactRows(book, kind, buckets).values()) {
        kind.current.forEach((table, place) => addRows(rows, table, (found.current[place] ?? []).filter((row) => isKnownAt(table, row, at))));
      }
      addFromHistory(rows, book, kind, buckets, at);
    }
  }
  for (const [table, found] of rows) rows.set(table, sortByKey(table, found));
  return rows;
}
