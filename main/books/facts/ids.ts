import { assert } from '../../../shared/result.ts';
import { statement, type Database } from '../sql/connect.ts';

/**
 * Accounts and instruments by number. Rows carry a small number in place of a name of up to 80 characters: half the
 * file, and keys that compare fast. Which number stands for which name is digested with the rows themselves.
 */
export interface Names {
  code: (id: number) => string;
  id: (code: string) => number | undefined;
  /** The number that the next new name gets. */
  next: () => number;
  add: (id: number, code: string) => void;
}

export const NAME_SQL = {
  account: { all: 'SELECT id, code FROM account', add: 'INSERT INTO account (id, code) VALUES (?, ?)', code: 'SELECT code FROM account WHERE id = ?' },
  instrument: { all: 'SELECT id, code FROM instrument', add: 'INSERT INTO instrument (id, code) VALUES (?, ?)', code: 'SELECT code FROM instrument WHERE id = ?' },
} as const;

export type Named = keyof typeof NAME_SQL;

export function readNames(db: Database, named: Named): Names {
  const rows = statement(db, NAME_SQL[named].all).all() as [number, string][];
  const codes = new Map(rows);
  const ids = new Map(rows.map(([id, code]) => [code, id]));
  let last = rows.reduce((greatest, [id]) => Math.max(greatest, id), 0);
  return {
    code(id) {
      const code = codes.get(id);
      assert(code !== undefined, `${named} ${id} has a name`);
      return code;
    },
    id: (code) => ids.get(code),
    next: () => last + 1,
    add(id, code) {
      last = Math.max(last, id);
      codes.set(id, code);
      ids.set(code, id);
    },
  };
}

/** Gives a name its number in the database. */
export function addName(db: Database, named: Named, id: number, code: string): void {
  statement(db, NAME_SQL[named].add).run(id, code);
}
