import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Sliced } from '../sliced.ts';
import { numberOf, type BookInstruments } from './facts.ts';
import type { Staged } from './staged.ts';

/** The instruments of one stack of pools: those it holds, and what options are on. A lane counts them for itself. */
export interface Held {
  rows: { id: InstrumentId; terms: Instrument }[];
  /** The book's number of each. */
  numbers: Int32Array;
  /** By the book's number: the lane's own, or −1. */
  local: Int32Array;
}

/** Of no pool: what is in it is for the explaining engine. */
const UNKNOWN_CURRENCY = 'XXX';

/** Positions looked at, and instruments taken, in one stretch. */
const POSITIONS_AT_ONCE = 8_192;
const TAKEN_AT_ONCE = 256;
const ROWS_AT_ONCE = 2_048;

/** Those of `before` keep their numbers, also where nothing of them is held any more; only `changed` pools hold others. */
export function* findingHeld(staged: Staged, book: BookInstruments, market: MarketView, before: Held | null = null, changed: ReadonlySet<number> | null = null): Sliced<Held> {
  const local = new Int32Array(book.ids.length).fill(-1);
  const rows: Held['rows'] = before ? before.rows.slice() : [];
  const numbers: number[] = before ? [...before.numbers] : [];
  for (let at = 0; at < numbers.length; at += 1) {
    if (at % POSITIONS_AT_ONCE === 0) yield;
    local[numbers[at] as number] = at;
  }
  const take = (number: number): void => {
    if (local[number] !== -1) return;
    const id = book.ids[number] as InstrumentId;
    const terms = book.terms[number] ?? null;
    // Nothing is known of it: every model leaves it to the explaining engine.
    const known: Instrument = terms ?? { kind: 'equity', currency: UNKNOWN_CURRENCY };
    local[number] = rows.push({ id, terms: known }) - 1;
    numbers.push(number);
    if (terms?.kind === 'option') take(numberOf(book, terms.underlying, market));
  };
  let looked = 0;
  let taken = rows.length;
  for (const pool of before && changed ? changed : Array(staged.pools).keys()) {
    for (let at = staged.start[pool] as number; at < (staged.start[pool + 1] as number); at += 1) {
      if (local[staged.instrument[at] as number] === -1) take(staged.instrument[at] as number);
      looked += 1;
      if (looked < POSITIONS_AT_ONCE && rows.length - taken < TAKEN_AT_ONCE) continue;
      yield;
      [looked, taken] = [0, rows.length];
    }
  }
  yield;
  return { rows, numbers: new Int32Array(numbers), local };
}

/** Marks with more decimals than this leave large accounts no room in whole numbers. */
const PRICE_DIGITS_MAX = 4;
const PRICE_DIGITS_MIN = 2;

/** Decimals of the finest mark or strike, up to the most that a lane counts in. */
export function* priceDigitsOf({ rows, numbers }: Held, { marks }: BookInstruments): Sliced<number> {
  let most = PRICE_DIGITS_MIN;
  for (let at = 0; at < rows.length; at += 1) {
    if (at % ROWS_AT_ONCE === 0) yield;
    const { terms } = rows[at] as Held['rows'][number];
    most = Math.max(most, placesOf(marks[numbers[at] as number] ?? '0'), terms.kind === 'option' ? placesOf(terms.strike) : 0);
  }
  return Math.min(PRICE_DIGITS_MAX, most);
}

/** Whether one of these instruments has a mark that a lane with more decimals would count with, and this one does not. */
export function needsMoreDigits({ local }: Held, { marks }: BookInstruments, instruments: readonly number[], digits: number): boolean {
  return instruments.some((number) => {
    const places = placesOf(marks[number] ?? '0');
    return places > digits && places <= PRICE_DIGITS_MAX && (local[number] ?? -1) >= 0;
  });
}

/** Of a canonical text. */
function placesOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
