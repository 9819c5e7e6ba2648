import type { DecimalText } from '../money.ts';
import type { IsoDate } from '../time.ts';
import type { AccountId, PositionFact, SubType } from './facts.ts';
import type { InstrumentId } from './instrument.ts';

/**
 * Amounts of one column: `units` / 10^`places`, exact, since units are whole and below 2⁵³. An amount of more digits is
 * kept as its text in `wide`, with its place there as its units. No trailing zeros, so equal amounts are equal entries.
 */
export interface AmountColumn {
  units: Float64Array;
  /** Decimal places 0 to 15; `WIDE` for a text of `wide`, `NONE` where there is no amount. */
  places: Uint8Array;
  wide: DecimalText[];
}

/** Terms and identifiers of an instrument as the JSON that a book keeps them in: most are compared, and few are read. */
export interface InstrumentText {
  terms: string;
  identifiers: string;
}

export const WIDE = 254;
export const NONE = 255;
/** More digits than these may not fit a double exactly. */
export const DIGITS_MAX = 15;

/**
 * Positions as columns, for files and books of a million: thirty bytes each where objects take three hundred. Names are
 * numbers into `accounts`, `instruments` and `days`.
 */
export interface PositionColumns {
  count: number;
  accounts: AccountId[];
  instruments: InstrumentId[];
  /** What a book holds of each of them, null where nothing; left out where nobody needs it. */
  instrumentTexts?: (InstrumentText | null)[];
  days: IsoDate[];
  account: Int32Array;
  /** Place in `SUB_TYPE_ORDER`. */
  subType: Uint8Array;
  instrument: Int32Array;
  quantity: AmountColumn;
  entryPrice: AmountColumn;
  day: Uint16Array;
  /** The line of the file each was read from; 0 for those of a book. */
  line: Int32Array;
}

/** The parts of an account in the order of their names, as keys sort. */
export const SUB_TYPE_ORDER: readonly SubType[] = ['cash', 'dvp', 'futures', 'margin', 'short'];

export function amountColumn(capacity: number): AmountColumn {
  return { units: new Float64Array(capacity), places: new Uint8Array(capacity), wide: [] };
}

export function positionColumns(capacity: number): PositionColumns {
  return {
    count: 0,
    accounts: [],
    instruments: [],
    days: [],
    account: new Int32Array(capacity),
    subType: new Uint8Array(capacity),
    instrument: new Int32Array(capacity),
    quantity: amountColumn(capacity),
    entryPrice: amountColumn(capacity),
    day: new Uint16Array(capacity),
    line: new Int32Array(capacity),
  };
}

/** The amount at a row as canonical text; null where there is none. */
export function amountAt({ units, places, wide }: AmountColumn, row: number): DecimalText | null {
  const scale = places[row] ?? NONE;
  const value = units[row] ?? 0;
  if (scale === 0) return String(value);
  if (scale === NONE) return null;
  if (scale === WIDE) return wide[value] ?? null;
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${value < 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Puts a canonical amount, or none, at a row. */
export function putAmount(column: AmountColumn, row: number, text: DecimalText | null): void {
  if (text === null) {
    column.units[row] = 0;
    column.places[row] = NONE;
    return;
  }
  const point = text.indexOf('.');
  const digits = text.length - (point < 0 ? 0 : 1) - (text.startsWith('-') ? 1 : 0);
  if (digits <= DIGITS_MAX) {
    column.units[row] = Number(text.replace('.', ''));
    column.places[row] = point < 0 ? 0 : text.length - point - 1;
    return;
  }
  column.units[row] = column.wide.push(text) - 1;
  column.places[row] = WIDE;
}

/** Whether two columns hold the same amount, each at its row. */
export function sameAmount(left: AmountColumn, leftRow: number, right: AmountColumn, rightRow: number): boolean {
  const scale = left.places[leftRow];
  if (scale !== right.places[rightRow]) return false;
  if (scale === WIDE) return amountAt(left, leftRow) === amountAt(right, rightRow);
  return left.units[leftRow] === right.units[rightRow];
}

/** The position at a row as the fact it is. */
export function positionAt(columns: PositionColumns, row: number): PositionFact {
  return {
    account: columns.accounts[columns.account[row] ?? 0] ?? '',
    subType: SUB_TYPE_ORDER[columns.subType[row] ?? 0] ?? 'margin',
    instrument: columns.instruments[columns.instrument[row] ?? 0] ?? '',
    quantity: amountAt(columns.quantity, row) ?? '0',
    entryPrice: amountAt(columns.entryPrice, row),
    asOf: columns.days[columns.day[row] ?? 0] ?? '',
  };
}

/** Where the rows of each account begin, with the end of the last behind them, when they stand in the order of `accounts`. */
export function accountStarts({ account, accounts, count }: PositionColumns): Int32Array<ArrayBuffer> {
  const starts = new Int32Array(accounts.length + 1);
  for (let row = 0; row < count; row += 1) starts[(account[row] as number) + 1] = row + 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] = Math.max(starts[at] as number, starts[at - 1] as number);
  return starts;
}

/** The memory that the columns lie in, for handing them to another thread without copying; the sender keeps none of it. */
export function buffersOf({ account, subType, instrument, quantity, entryPrice, day, line }: PositionColumns): ArrayBuffer[] {
  return [account, subType, instrument, quantity.units, quantity.places, entryPrice.units, entryPrice.places, day, line].map(({ buffer }) => buffer as ArrayBuffer);
}

/** The same columns with room for at least this many rows. */
export function grown(columns: PositionColumns, rows: number): PositionColumns {
  if (rows <= columns.account.length) return columns;
  const room = positionColumns(Math.max(rows, columns.account.length * 2));
  const { count, accounts, instruments, days } = columns;
  room.account.set(columns.account);
  room.subType.set(columns.subType);
  room.instrument.set(columns.instrument);
  room.day.set(columns.day);
  room.line.set(columns.line);
  return { ...room, count, accounts, instruments, days, quantity: grownAmounts(columns.quantity, room.quantity), entryPrice: grownAmounts(columns.entryPrice, room.entryPrice) };
}

function grownAmounts(from: AmountColumn, to: AmountColumn): AmountColumn {
  to.units.set(from.units);
  to.places.set(from.places);
  return { ...to, wide: from.wide };
}
