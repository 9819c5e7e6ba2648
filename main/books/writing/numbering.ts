import type { Book } from '../book.ts';
import { bucketOf, PARTITION_KINDS } from '../digests/partitions.ts';
import { addName, findId, nextId, type Named } from '../facts/ids.ts';
import type { Numbering } from '../facts/to-rows.ts';
import type { Entry } from './entry.ts';

const VOUCHING = { account: PARTITION_KINDS.account, instrument: PARTITION_KINDS.instruments } as const;

/** Numbers for the names in an entry. A new name gets one, and the partition that vouches for it signs it. */
export function numbering(book: Book, entry: Entry): Numbering {
  function numbers(named: Named): (code: string) => number {
    const known = new Map<string, number>();
    return (code) => {
      let id = known.get(code);
      if (id === undefined) {
        id = findId(book.db, named, code) ?? newName(named, code);
        known.set(code, id);
      }
      return id;
    };
  }
  function newName(named: Named, code: string): number {
    const id = nextId(book.db, named);
    const kind = VOUCHING[named];
    // The partition is opened, and so verified, before the name is in it.
    const edit = entry.partition(kind, bucketOf(kind, id));
    addName(book.db, named, id, code);
    edit.names.push([id, code]);
    return id;
  }
  return { account: numbers('account'), instrument: numbers('instrument') };
}
