import type { Book } from '../book.ts';
import { bucketOf, PARTITION_KINDS, type PartitionKind } from '../digests/partitions.ts';
import { findId, idsByCode, NAME_TABLES, nextId, type Named } from '../facts/ids.ts';
import type { Numbering } from '../facts/to-rows.ts';
import { statement } from '../sql/connect.ts';
import { JOURNAL_SQL } from '../sql/journal-statements.ts';
import { currentRowsText, rowsOf } from '../sql/table-statements.ts';
import type { Row } from '../tables/bind.ts';
import type { Entry } from './entry.ts';

const VOUCHING = { account: PARTITION_KINDS.account, instrument: PARTITION_KINDS.instruments } as const;

/** Numbers for the names in an entry. */
export interface EntryNumbering extends Numbering {
  /** Whether this entry gave the account its number: then the book holds nothing of it. */
  isNewAccount: (id: number) => boolean;
  /** Writes what names are still to be written; after `forMany` nothing else does. */
  settle: () => void;
}

/**
 * Numbers for the names in an entry. A new name gets one, and the partition that vouches for it signs it. `forMany` is for
 * entries of many names, in which references between tables rest: what the book knows is looked up once, and new names
 * are written together.
 */
export function numbering(book: Book, entry: Entry, forMany = false): EntryNumbering {
  const newAccounts = new Set<number>();
  const unwritten: Record<Named, Row[]> = { account: [], instrument: [] };
  let areUnused: boolean | null = null;

  function numbers(named: Named): (code: string) => number {
    const known = forMany ? idsByCode(book.db, named) : new Map<string, number>();
    let next: number | null = null;
    function newName(code: string): number {
      const id = (next ??= nextId(book.db, named));
      next += 1;
      const kind = VOUCHING[named];
      // The partition is opened, and so verified, before the name is in it.
      const edit = named === 'account' && isUnusedFrom(id) ? entry.unusedPartition(kind, id) : entry.partition(kind, bucketOf(kind, id));
      unwritten[named].push([id, code]);
      if (!forMany) settle();
      edit.names.push([id, code]);
      if (named === 'account') newAccounts.add(id);
      return id;
    }
    return (code) => {
      let id = known.get(code);
      if (id === undefined) known.set(code, (id = (forMany ? null : findId(book.db, named, code)) ?? newName(code)));
      return id;
    };
  }

  function settle(): void {
    for (const named of ['account', 'instrument'] as const) entry.writes.rows(NAME_TABLES[named], unwritten[named].splice(0));
  }

  // Asked of the first new account; those after it only have larger numbers.
  function isUnusedFrom(id: number): boolean {
    return (areUnused ??= isUnused(book, VOUCHING.account, id));
  }

  return { account: numbers('account'), instrument: numbers('instrument'), isNewAccount: (id) => newAccounts.has(id), settle };
}

/** Whether neither the journal nor any table knows of a partition from this number on. */
function isUnused(book: Book, kind: PartitionKind, id: number): boolean {
  const [last] = statement(book.db, JOURNAL_SQL.lastPartitionOfKind).get(kind.name, kind.name) as [number | null];
  if (last !== null && last >= id) return false;
  return kind.current.every((table) => rowsOf(book.db, currentRowsText(table, true), id, Number.MAX_SAFE_INTEGER).length === 0);
}
