import { SUB_TYPES, type SubType } from '../../../../shared/domain/facts.ts';
import { amountAt, SUB_TYPE_ORDER } from '../../../../shared/domain/position-columns.ts';
import type { DecimalText } from '../../../../shared/money.ts';
import type { PositionInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { PositionRows } from '../pool-row.ts';
import { numberOf, type BookInstruments } from './facts.ts';

/** A position as it is staged; one object is filled anew for each. */
export interface Reading {
  /** The book's number. */
  instrument: number;
  subType: SubType;
  /** Place in SUB_TYPES. */
  type: number;
  /** Signed; NaN where it is not a whole number of up to fifteen digits. */
  quantity: number;
  settledPrice: DecimalText | null | undefined;
  entryPrice: DecimalText | null;
  leverage: DecimalText | undefined;
}

/** The positions of a pool one by one, wherever they are kept. */
export interface Readings {
  count: number;
  at: (place: number) => Reading;
}

export function readingsOf(positions: readonly PositionInput[], book: BookInstruments, market: MarketView): Readings {
  const reading = emptyReading();
  return {
    count: positions.length,
    at(place) {
      const { instrument, subType, quantity, settledPrice, entryPrice, leverage } = positions[place] as PositionInput;
      reading.instrument = numberOf(book, instrument, market);
      reading.subType = subType;
      reading.type = SUB_TYPES.indexOf(subType);
      reading.quantity = wholeNumber(quantity);
      reading.settledPrice = settledPrice;
      reading.entryPrice = entryPrice;
      reading.leverage = leverage;
      return reading;
    },
  };
}

/** By place in SUB_TYPE_ORDER: the place in SUB_TYPES. */
const TYPES = SUB_TYPE_ORDER.map((subType) => SUB_TYPES.indexOf(subType));

/** The same of rows of columns: nothing is made of them on the way. Entry prices are text only for whoever counts from them. */
export function readingsInRows({ columns, rows, numbers, settledPrice }: PositionRows, countsFromEntry: boolean, book: BookInstruments, market: MarketView): Readings {
  const reading = emptyReading();
  const { instruments, instrument, subType, quantity: { units, places }, entryPrice } = columns;
  return {
    count: rows.length,
    at(place) {
      const row = rows[place] as number;
      const held = instrument[row] as number;
      let number = numbers[held] as number;
      if (number < 0) numbers[held] = number = numberOf(book, instruments[held] as string, market);
      const part = subType[row] as number;
      reading.instrument = number;
      reading.subType = SUB_TYPE_ORDER[part] as SubType;
      reading.type = TYPES[part] as number;
      reading.quantity = places[row] === 0 ? (units[row] as number) : NaN;
      reading.settledPrice = settledPrice?.(row);
      reading.entryPrice = countsFromEntry ? amountAt(entryPrice, row) : null;
      return reading;
    },
  };
}

function emptyReading(): Reading {
  return { instrument: 0, subType: 'margin', type: 0, quantity: 0, settledPrice: undefined, entryPrice: null, leverage: undefined };
}

const DIGITS_MAX = 15;

/** A canonical whole number of up to fifteen digits; NaN for anything else. */
export function wholeNumber(text: string): number {
  const first = text.codePointAt(0) === 45 ? 1 : 0;
  if (text.length - first > DIGITS_MAX || text.length === first) return NaN;
  let whole = 0;
  for (let at = first; at < text.length; at += 1) {
    const digit = (text.codePointAt(at) as number) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    whole = 10 * whole + digit;
  }
  return first === 1 ? 0 - whole : whole;
}
