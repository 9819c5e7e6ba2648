import type { PositionFact } from '../../../shared/domain/facts.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import type { DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { GENERIC_FIELDS, type GenericField } from '../csv/generic-columns.ts';
import type { GenericAccount, GenericFile } from '../csv/generic-rows.ts';
import type { RowShape } from './cut-rows.ts';
import { startGathering, type Gathering } from './gathering.ts';
import { forget, nothingLearned, UNKNOWN, type Learned } from './learned.ts';
import { plainLine, type PlainLine } from './plain-line.ts';

/**
 * How a million rows are read in a second: the careful reader reads a row of every kind once, and a row whose cells are
 * byte for byte those of a row already read (the same symbol, price, currency and whatever else says what is held) can
 * differ from it only in whose it is, in its quantity and in the price paid. Those are taken as they stand in the file,
 * positions into columns (`take-rows.ts`). Every other row goes to the careful reader, one by one.
 */
export interface Reading {
  file: GenericFile;
  bytes: Uint8Array;
  delimiter: number;
  gathering: Gathering;
  /** What the careful reader last read a row as; null where it was no position. */
  position: PositionFact | null;
  line: PlainLine;
  /** Of the cells that say whose a row is: `OF_POSITIONS` gives the account's number among the columns, `OF_CASH` its place in `owners`. */
  accounts: Learned;
  owners: GenericAccount[];
  /** Of all other cells but the amounts: what is held, for quantities without and with a minus. See `positionHolding` and `cashHolding`. */
  holdings: Learned;
  cash: LearnedCash[];
  /** By instrument: the price the file gave; once there are two, which one stands depends on every row. */
  prices: (DecimalText | undefined)[];
  manyPrices: boolean[];
  /** Whether the first column has to be looked at, since no cell compared here stands in it: it may call the row a total. */
  totals: boolean;
}

/** What a row of cash is besides its amount. */
export interface LearnedCash {
  currency: Currency;
  day: IsoDate;
}

export const OF_POSITIONS = 0;
export const OF_CASH = 1;

const HOLDING_BITS = 4;
const SUB_TYPE_MASK = 7;
/** Whether the row's sign is turned round, as a column for the side may do. */
const TURNED = 1;
/** The day is among the cells that say what is held, so that a row of another day is never taken for a known one. */
const NOT_NAMING: readonly GenericField[] = ['account', 'client', 'quantity', 'entryPrice'];

/** A position as one number: its instrument, the part of the account, and whether its sign is turned round. */
export const positionHolding = (instrument: number, subType: number, turned: boolean): number => (instrument << HOLDING_BITS) | (subType << 1) | (turned ? TURNED : 0);
export const instrumentOf = (holding: number): number => holding >> HOLDING_BITS;
export const subTypeOf = (holding: number): number => (holding >> 1) & SUB_TYPE_MASK;
/** Cash as one number below all of these: its place in `cash`, and the same of its sign. */
export const cashHolding = (place: number, turned: boolean): number => UNKNOWN - 1 - ((place << 1) | (turned ? TURNED : 0));
export const isCash = (holding: number): boolean => holding < UNKNOWN;
export const cashPlace = (holding: number): number => (UNKNOWN - 1 - holding) >> 1;
export const isTurned = (holding: number): boolean => ((isCash(holding) ? UNKNOWN - 1 - holding : holding) & TURNED) !== 0;

export function startReading(bytes: Uint8Array, file: GenericFile, { naming, delimiter }: RowShape): Reading {
  const reading: Reading = {
    file,
    bytes,
    delimiter,
    gathering: startGathering(bytes),
    position: null,
    line: plainLine(file.columnCount),
    accounts: nothingLearned(),
    owners: [],
    holdings: nothingLearned(),
    cash: [],
    prices: [],
    manyPrices: [],
    totals: ![...naming, file.columns.account].includes(0),
  };
  file.collected.takePosition = (fact) => (reading.position = fact);
  return reading;
}

/** How the rows of the file are to be cut, from a byte on. */
export function shapeOf({ columns, columnCount, decimalComma }: GenericFile, from: number, delimiter: number): RowShape {
  const cellsOf = (fields: readonly GenericField[]) => [...new Set(fields.map((field) => columns[field]).filter((column) => column >= 0))];
  return {
    from,
    delimiter,
    point: decimalComma ? 0x2c : 0x2e,
    columnCount,
    naming: cellsOf(GENERIC_FIELDS.filter((field) => !NOT_NAMING.includes(field))),
    owning: cellsOf(['account', 'client']),
    quantity: columns.quantity,
    entryPrice: columns.entryPrice,
  };
}

/** From now on rows have other numbers: the careful reader is asked of each kind again. */
export function forgetNumbers({ accounts, holdings }: Reading): void {
  forget(accounts);
  forget(holdings);
}
