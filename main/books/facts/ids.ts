import { assert } from '../../../shared/result.ts';
import { statement, type Database } from '../sql/connect.ts';
import type { Table } from '../tables/bind.ts';

/**
 * Accounts and instruments by number. Rows carry a small number in place of a name of up to 80 characters: half the
 * file, and keys that compare fast. Which number stands for which name is digested with the rows themselves.
 */
export type Named = 'account' | 'instrument';

export const NAME_SQL = {
  account: {
    all: 'SELECT id, code FROM account',
    id: 'SELECT id FROM account WHERE code = ?',
    code: 'SELECT code FROM account WHERE id = ?',
    last: 'SELECT coalesce(max(id), 0) FROM account',
  },
  instrument: {
    all: 'SELECT id, code FROM instrument',
    id: 'SELECT id FROM instrument WHERE code = ?',
    code: 'SELECT code FROM instrument WHERE id = ?',
    last: 'SELECT coalesce(max(id), 0) FROM instrument',
  },
} as const;

/** Every name by its number, for reading a whole book. */
export function readCodes(db: Database, named: Named): (id: number) => string {
  const codes = new Map(statement(db, NAME_SQL[named].all).all() as [number, string][]);
  return (id) => {
    const code = codes.get(id);
    assert(code !== undefined, `${named} ${id} has a name`);
    return code;
  };
}

/** Every name in the order of their numbers, and by number the place it has there. */
export interface NamesInOrder {
  codes: string[];
  /** The place of a number that has a name. */
  placeOf: (id: number) => number;
  /** Its name. */
  codeOf: (id: number) => string;
}

export function namesInOrder(db: Database, named: Named): NamesInOrder {
  const rows = (statement(db, NAME_SQL[named].all).all() as [number, string][]).sort(([left], [right]) => left - right);
  const codes = rows.map(([, code]) => code);
  const places = new Int32Array((rows.at(-1)?.[0] ?? 0) + 1).fill(-1);
  for (const [place, [id]] of rows.entries()) places[id] = place;
  function placeOf(id: number): number {
    const place = places[id] ?? -1;
    assert(place >= 0, `${named} ${id} has a name`);
    return place;
  }
  return { codes, placeOf, codeOf: (id) => codes[placeOf(id)] as string };
}

/** The number of a name; null when the book does not know it. */
export function findId(db: Database, named: Named, code: string): number | null {
  const row = statement(db, NAME_SQL[named].id).get(code) as [number] | undefined;
  return row ? row[0] : null;
}

/** The number that the next new name gets. */
export function nextId(db: Database, named: Named): number {
  const [last] = statement(db, NAME_SQL[named].last).get() as [number];
  return last + 1;
}

/** Where names get their numbers. */
export const NAME_TABLES: Readonly<Record<Named, Table>> = {
  account: { name: 'account', columns: { id: 'integer', code: 'text' } },
  instrument: { name: 'instrument', columns: { id: 'integer', code: 'text' } },
};

/** The number of every name that the book knows. */
export function idsByCode(db: Database, named: Named): Map<string, number> {
  return new Map((statement(db, NAME_SQL[named].all).all() as [number, string][]).map(([id, code]) => [code, id]));
}
