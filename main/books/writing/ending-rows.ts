import type { HeldText, HeldValues } from './held-text.ts';

/**
 * Positions of one account that end, by their place among the news of it: that is the order in which they become history,
 * while they are found in the order of the table.
 */
export interface EndingRows {
  count: number;
  /** Where each stands in its account, see `tableKey`; where it begins in the text; and where the comma before its quantity stands. */
  key: Float64Array;
  at: Int32Array;
  amounts: Int32Array;
  /** The length of the longest of their amounts. */
  widest: number;
}

const NOT_ENDING = -1;

export function endingRows(places: number): EndingRows {
  return { count: 0, key: new Float64Array(places), at: new Int32Array(places).fill(NOT_ENDING), amounts: new Int32Array(places), widest: 1 };
}

/** Adds the row that the text is at, whose values were found. */
export function addEnding(ending: EndingRows, place: number, { key, at, amounts }: HeldText, values: HeldValues): void {
  ending.count += 1;
  ending.key[place] = key;
  ending.at[place] = at;
  ending.amounts[place] = amounts;
  ending.widest = Math.max(ending.widest, values.quantityEnd - values.quantity, values.entryPriceEnd - values.entryPrice);
}

export function isEnding({ at }: EndingRows, place: number): boolean {
  return at[place] !== NOT_ENDING;
}
