import { z } from 'zod';

/** How a list that somebody has becomes a newer one: where each of the rows sent goes, and which are in it no more, by key. */
export const listChange = z.strictObject({ at: z.array(z.int().nonnegative()), gone: z.array(z.string()) });
export type ListChange = z.infer<typeof listChange>;

/** The rows that differ, with their places. */
export interface ChangedRows<Row> {
  rows: Row[];
  change: ListChange;
}

/** Where two lists differ: from where on, and to where in either; all else are the very same rows. */
export interface Middle {
  from: number;
  before: number;
  after: number;
}

export function middleOf<Row>(before: readonly Row[], after: readonly Row[]): Middle {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < most - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { from, before: before.length - same, after: after.length - same };
}

/**
 * What to send to somebody who has `before`: a row that is the very same object stays. Null when rows that stay changed places among
 * each other; then the whole list has to be sent.
 */
export function changedRows<Row>(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string): ChangedRows<Row> | null {
  const middle = middleOf(before, after);
  const left = before.slice(middle.from, middle.before);
  const gone = new Set(left);
  const rows: Row[] = [];
  const at: number[] = [];
  const stayed: Row[] = [];
  for (let place = middle.from; place < middle.after; place += 1) {
    const row = after[place] as Row;
    if (gone.delete(row)) stayed.push(row);
    else {
      rows.push(row);
      at.push(place);
    }
  }
  let next = 0;
  for (const row of left) if (!gone.has(row) && row !== stayed[next++]) return null;
  const sent = new Set(rows.map(keyOf));
  return { rows, change: { at, gone: [...gone].map(keyOf).filter((key) => !sent.has(key)) } };
}

/** The newer list, of what somebody has and what was sent. */
export function withChange<Row>(before: Row[], rows: readonly Row[], { at, gone }: ListChange, keyOf: (row: Row) => string): Row[] {
  if (rows.length === 0 && gone.length === 0) return before;
  const replaced = new Set([...gone, ...rows.map(keyOf)]);
  const stays = before.filter((row) => !replaced.has(keyOf(row)));
  const after: Row[] = [];
  let [sent, kept] = [0, 0];
  while (after.length < stays.length + rows.length) after.push((at[sent] === after.length ? rows[sent++] : stays[kept++]) as Row);
  return after;
}
