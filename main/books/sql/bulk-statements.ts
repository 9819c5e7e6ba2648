import { SUB_TYPE_ORDER } from '../../../shared/domain/position-columns.ts';
import { position } from '../tables/versioned-tables.ts';
import { statement, type Database } from './connect.ts';

/** Widths of a record's fields, in the order they stand in it. */
export interface RecordWidths {
  instrument: number;
  quantity: number;
  entryPrice: number;
}

/**
 * The positions of one account: what is the same in all of them, and a record for each in key order. Amounts are filled
 * up with blanks; an instrument's number is the digits that its field begins with.
 */
export interface PositionRecords {
  account: number;
  day: string;
  sequence: number;
  records: Uint8Array;
  count: number;
  /** How many records there are up to the last of each part of the account; 0 for a part that has none. */
  ends: readonly number[];
  /** Whether any of them has a price. */
  isPriced: boolean;
}

/**
 * Numbers from 0 on, as many as one account has had positions: the loop of the statement below. They live with the
 * connection, in no file of ours.
 */
export const NUMBERS = 'CREATE TEMP TABLE IF NOT EXISTS record_number (number INTEGER PRIMARY KEY)';
const LAST_NUMBER = 'SELECT coalesce(max(number), -1) FROM record_number';
const MORE_NUMBERS =
  'INSERT INTO record_number WITH RECURSIVE counted (number) AS (SELECT ? UNION ALL SELECT number + 1 FROM counted WHERE number < ?) SELECT number FROM counted';

/** The statement that makes rows of records; empty prices are null. */
export function positionInsertText({ instrument, quantity, entryPrice }: RecordWidths, isPriced: boolean): string {
  const length = instrument + quantity + entryPrice;
  const field = (from: number, width: number) => `substr(:records, number * ${length} + ${from + 1}, ${width})`;
  const part = `CASE ${SUB_TYPE_ORDER.map((name) => `WHEN number < :${name} THEN '${name}'`).join(' ')} END`;
  const price = isPriced ? `nullif(rtrim(${field(instrument + quantity, entryPrice)}), '')` : 'NULL';
  const values = ['0', ':account', part, `CAST(${field(0, instrument)} AS INTEGER)`, `rtrim(${field(instrument, quantity)})`, price, ':day', 'NULL', ':sequence', 'NULL'];
  return `INSERT INTO position (${Object.keys(position.columns).join(', ')}) SELECT ${values.join(', ')} FROM record_number WHERE number < :count`;
}

/** Adds the positions of account after account, whose records are in key order. */
export function positionInsert(db: Database, widths: RecordWidths): (positions: PositionRecords) => void {
  statement(db, NUMBERS).run();
  const [priced, unpriced] = [positionInsertText(widths, true), positionInsertText(widths, false)];
  let [last] = statement(db, LAST_NUMBER).get() as [number];
  return ({ isPriced, ends, ...positions }) => {
    if (positions.count > last + 1) {
      statement(db, MORE_NUMBERS).run(last + 1, 2 * positions.count);
      last = 2 * positions.count;
    }
    statement(db, isPriced ? priced : unpriced).run({ ...positions, ...Object.fromEntries(SUB_TYPE_ORDER.map((name, part) => [name, ends[part]])) });
  };
}
