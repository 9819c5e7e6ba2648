import { assert } from '../../../shared/result.ts';
import { CLOSE, COMMA, NULL_LENGTH, OPEN, PART_LENGTH, PART_OF_LETTER, partOffset, QUOTE, SMALL_N, ZERO } from '../tables/position-text.ts';
import { tableKey } from './table-key.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;
/** What every row has at least behind its instrument: a price of one digit is shorter than none. */
const REST_MIN = `,"1","1","YYYY-MM-DD",null,1,null`.length;

/** The positions of an account in the text they are signed as (position-text.ts), walked through row by row. */
export interface HeldText {
  text: Uint8Array;
  account: number;
  /** The row's place in the account; beyond every place at the end of the text. */
  key: number;
  /** Where the row begins, the comma before its quantity stands, and the next row begins. */
  at: number;
  amounts: number;
  next: number;
}

/** The text at its first row. */
export function heldText(text: Uint8Array, account: number): HeldText {
  const held = { text, account, key: 0, at: 0, amounts: 0, next: 1 };
  nextRow(held);
  return held;
}

export function nextRow(held: HeldText): void {
  const { text } = held;
  held.at = held.next;
  if (held.at >= text.length - 1) {
    held.at = text.length - 1;
    held.key = Infinity;
    return;
  }
  assert(text[held.at] === OPEN, `the positions of account ${held.account} are rows of their table`);
  let at = held.at + partOffset(held.account);
  const part = PART_OF_LETTER[text[at] as number] as number;
  at += (PART_LENGTH[part] as number) + 2;
  let instrument = 0;
  for (; text[at] !== COMMA; at += 1) instrument = instrument * 10 + (text[at] as number) - ZERO;
  held.key = tableKey(part, instrument);
  held.amounts = at;
  // Over the comma, too; there is none behind the last row.
  held.next = endOf(CLOSE, text, at + REST_MIN) + 2;
}

/** Where the values of one row stand: the first byte of each and the one behind it, without quotation marks. */
export interface HeldValues {
  quantity: number;
  quantityEnd: number;
  /** Both 0 where there is no price. */
  entryPrice: number;
  entryPriceEnd: number;
  day: number;
  dayEnd: number;
  sequence: number;
  sequenceEnd: number;
}

export function noValues(): HeldValues {
  return { quantity: 0, quantityEnd: 0, entryPrice: 0, entryPriceEnd: 0, day: 0, dayEnd: 0, sequence: 0, sequenceEnd: 0 };
}

/** Finds the values of the row whose comma before the quantity stands at `amounts`. */
export function findValues(text: Uint8Array, amounts: number, into: HeldValues): void {
  into.quantity = amounts + 2;
  into.quantityEnd = endOf(QUOTE, text, into.quantity);
  let at = into.quantityEnd + 2;
  if (text[at] === SMALL_N) {
    into.entryPrice = into.entryPriceEnd = 0;
    at += NULL_LENGTH;
  } else {
    into.entryPrice = at + 1;
    into.entryPriceEnd = endOf(QUOTE, text, into.entryPrice);
    at = into.entryPriceEnd + 1;
  }
  into.day = at + 2;
  into.dayEnd = into.day + DAY_LENGTH;
  into.sequence = into.dayEnd + `",null,`.length;
  into.sequenceEnd = endOf(COMMA, text, into.sequence);
}

/** How the day of a row whose values were found compares with another: below 0 when it is earlier. */
export function compareDay(text: Uint8Array, { day }: HeldValues, other: Uint8Array): number {
  for (let at = 0; at < other.length; at += 1) {
    const difference = (text[day + at] as number) - (other[at] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function endOf(byte: number, text: Uint8Array, from: number): number {
  let at = from;
  while (text[at] !== byte && at < text.length) at += 1;
  return at;
}
