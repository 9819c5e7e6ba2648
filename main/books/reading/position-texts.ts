import { readPlainAmount } from '../../../shared/domain/plain-amount.ts';
import { grown, NONE, positionColumns, putAmount, type AmountColumn, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';
import { CLOSE, COMMA, NULL_LENGTH, OPEN, PART_LENGTH, PART_OF_LETTER, partOffset, QUOTE, SMALL_N, ZERO } from '../tables/position-text.ts';

/** Puts the positions of account after account into columns. */
export interface PositionTexts {
  /** One account's positions as the text they are signed as: JSON of the rows of the table `position`. */
  add(account: { place: number; number: number; text: Uint8Array }): void;
  columns(): PositionColumns;
}

const FIRST_ROWS = 4096;
const POINT = 0x2e;

/**
 * Positions out of the text that their digest was taken over, a row being
 * `[0,account,"part",instrument,"quantity","entry price" or null,"day",…]`. The text has been verified, so that its form is
 * known and only what differs from row to row is looked at: a million of them in a tenth of a second.
 * `placeOf` gives the place of an instrument's number among `instruments`.
 */
export function positionTexts(accounts: string[], instruments: string[], placeOf: (instrument: number) => number): PositionTexts {
  let columns: PositionColumns = { ...positionColumns(FIRST_ROWS), accounts, instruments };
  const days = dayReader(columns.days);

  function add({ place, number, text }: { place: number; number: number; text: Uint8Array }): void {
    const toPart = partOffset(number);
    for (let at = 1; at < text.length - 1; ) {
      assert(text[at] === OPEN, `the positions of account ${number} are rows of their table`);
      const row = columns.count;
      if (row === columns.account.length) columns = grown(columns, row + 1);
      at += toPart;
      const part = PART_OF_LETTER[text[at] as number] as number;
      at += (PART_LENGTH[part] as number) + 2;
      let instrument = 0;
      for (; text[at] !== COMMA; at += 1) instrument = instrument * 10 + (text[at] as number) - ZERO;
      columns.account[row] = place;
      columns.subType[row] = part;
      columns.instrument[row] = placeOf(instrument);
      at = readAmount(text, at + 1, columns.quantity, row);
      at = readAmount(text, at + 1, columns.entryPrice, row);
      const dayEnd = text.indexOf(QUOTE, at + 2);
      columns.day[row] = days(text, at + 2, dayEnd);
      columns.count = row + 1;
      const end = text.indexOf(CLOSE, dayEnd);
      assert(end > dayEnd && dayEnd > at, `a position of account ${number} ends where its row does`);
      at = end + 2;
    }
  }
  return { add, columns: () => columns };
}

/** An amount in quotation marks, or `null`; answers where it ends. */
function readAmount(text: Uint8Array, at: number, into: AmountColumn, row: number): number {
  if (text[at] === SMALL_N) {
    into.units[row] = 0;
    into.places[row] = NONE;
    return at + NULL_LENGTH;
  }
  let end = at + 1;
  while (text[end] !== QUOTE && end < text.length) end += 1;
  if (!readPlainAmount(text, at + 1, end, POINT, into, row)) putAmount(into, row, textOf(text, at + 1, end));
  return end + 1;
}

function textOf(text: Uint8Array, from: number, to: number): string {
  return Buffer.from(text.buffer, text.byteOffset + from, to - from).toString('latin1');
}

/** Places of days among `days`. Rows that follow each other are mostly of the same one. */
function dayReader(days: string[]): (text: Uint8Array, from: number, to: number) => number {
  const places = new Map<string, number>();
  let lastBytes = new Uint8Array();
  let last = -1;
  function isLast(text: Uint8Array, from: number, to: number): boolean {
    if (to - from !== lastBytes.length) return false;
    for (let at = from; at < to; at += 1) if (text[at] !== lastBytes[at - from]) return false;
    return true;
  }
  return (text, from, to) => {
    if (last >= 0 && isLast(text, from, to)) return last;
    const day = textOf(text, from, to);
    let place = places.get(day);
    if (place === undefined) places.set(day, (place = days.push(day) - 1));
    lastBytes = text.slice(from, to);
    last = place;
    return place;
  };
}
