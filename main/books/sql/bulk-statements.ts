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
 * Current positions of one account: what is the same in all of them, and a record for each in key order. Amounts are
 * filled up with blanks; an instrument's number is the digits that its field begins with.
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
  /** Whether any of them takes the place of a row that is there. */
  replaces: boolean;
}

/**
 * Numbers from 0 on, as many as one account has had positions: the loop of the statements below. They live with the
 * connection, in no file of ours.
 */
export const NUMBERS = 'CREATE TEMP TABLE IF NOT EXISTS record_number (number INTEGER PRIMARY KEY)';
const LAST_NUMBER = 'SELECT coalesce(max(number), -1) FROM record_number';
const MORE_NUMBERS =
  'INSERT OR IGNORE INTO record_number WITH RECURSIVE counted (number) AS (SELECT ? UNION ALL SELECT number + 1 FROM counted WHERE number < ?) SELECT number FROM counted';
const FROM_NUMBERS = 'FROM record_number WHERE number < :count';

const INTO_POSITION = `INTO position (${Object.keys(position.columns).join(', ')})`;

/** The statement that makes current rows of records; empty prices are null. */
export function positionInsertText({ instrument, quantity, entryPrice }: RecordWidths, isPriced: boolean, replaces: boolean): string {
  const length = instrument + quantity + entryPrice;
  const field = (from: number, width: number) => `substr(:records, number * ${length} + ${from + 1}, ${width})`;
  const part = `CASE ${SUB_TYPE_ORDER.map((name) => `WHEN number < :${name} THEN '${name}'`).join(' ')} END`;
  const price = isPriced ? `nullif(rtrim(${field(instrument + quantity, entryPrice)}), '')` : 'NULL';
  const values = ['0', ':account', part, `CAST(${field(0, instrument)} AS INTEGER)`, `rtrim(${field(instrument, quantity)})`, price, ':day', 'NULL', ':sequence', 'NULL'];
  return `${replaces ? 'REPLACE' : 'INSERT'} ${INTO_POSITION} SELECT ${values.join(', ')} ${FROM_NUMBERS}`;
}

/** Past positions of one account, each a record in the order in which they became history. */
export interface PastRecords {
  account: number;
  /** The running number of the first. */
  ended: number;
  records: Uint8Array;
  /** Of a record, and of each of its amounts. */
  length: number;
  width: number;
  count: number;
}

/** Widths of the fields before a past position's amounts, part and instrument, and after them: both days and both entries. */
export const PAST_FIELDS = { before: [8, 8], after: [16, 16, 16, 16] } as const;

/** The statement that makes past rows of records; a field of blanks is null. Amounts are as wide as they have to be. */
export function pastInsertText(): string {
  const [part, instrument] = PAST_FIELDS.before;
  const [validFrom, validTo, sequenceFrom, sequenceTo] = PAST_FIELDS.after;
  const field = (from: string, width: string | number) => `rtrim(substr(:records, number * :length + ${from} + 1, ${width}))`;
  const amounts = part + instrument;
  const days = `${amounts} + 2 * :width`;
  const values = [
    ':ended + number',
    ':account',
    field('0', part),
    `CAST(${field(`${part}`, instrument)} AS INTEGER)`,
    field(`${amounts}`, ':width'),
    `nullif(${field(`${amounts} + :width`, ':width')}, '')`,
    field(days, validFrom),
    `nullif(${field(`${days} + ${validFrom}`, validTo)}, '')`,
    `CAST(${field(`${days} + ${validFrom + validTo}`, sequenceFrom)} AS INTEGER)`,
    `CAST(nullif(${field(`${days} + ${validFrom + validTo + sequenceFrom}`, sequenceTo)}, '') AS INTEGER)`,
  ];
  return `INSERT ${INTO_POSITION} SELECT ${values.join(', ')} ${FROM_NUMBERS}`;
}

/** Writes positions of account after account, whose current ones are in key order. */
export function bulkInserts(db: Database): { positions: (widths: RecordWidths, positions: PositionRecords) => void; past: (past: PastRecords) => void } {
  const ensureNumbers = recordNumbers(db);
  const texts = new Map<string, string>();
  function textOf(widths: RecordWidths, isPriced: boolean, replaces: boolean): string {
    const key = `${widths.instrument} ${widths.quantity} ${widths.entryPrice} ${isPriced} ${replaces}`;
    let text = texts.get(key);
    if (text === undefined) texts.set(key, (text = positionInsertText(widths, isPriced, replaces)));
    return text;
  }
  return {
    positions(widths, { isPriced, replaces, ends, ...positions }) {
      ensureNumbers(positions.count);
      statement(db, textOf(widths, isPriced, replaces)).run({ ...positions, ...Object.fromEntries(SUB_TYPE_ORDER.map((name, part) => [name, ends[part]])) });
    },
    past(past) {
      ensureNumbers(past.count);
      statement(db, pastInsertText()).run(past);
    },
  };
}

/** Makes sure that there are as many numbers. */
function recordNumbers(db: Database): (count: number) => void {
  let last: number | null = null;
  return (count) => {
    if (last === null) {
      statement(db, NUMBERS).run();
      [last] = statement(db, LAST_NUMBER).get() as [number];
    }
    if (count <= last + 1) return;
    const more = 2 * count;
    statement(db, MORE_NUMBERS).run(last + 1, more);
    last = more;
  };
}
