import { z } from 'zod';

/** How a list that somebody has becomes a newer one: where each of the rows sent goes, and which are in it no more, by key. */
export const listChange = z.strictObject({ at: z.array(z.int().nonnegative()), gone: z.array(z.string()) });
export type ListChange = z.infer<typeof listChange>;

/** The rows that differ, with their places. */
export interface ChangedRows<Row> {
  rows: Row[];
  change: ListChange;
}

/**
 * What to send to somebody who has `before`: a row that is the very same object stays. Null when rows that stay changed places among
 * each other; then the whole list has to be sent.
 */
export function changedRows<Row>(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string): ChangedRows<Row> | null {
  const had = new Set(before);
  const rows: Row[] = [];
  const at: number[] = [];
  const stayed: Row[] = [];
  for (const [place, row] of after.entries()) {
    if (had.delete(row)) stayed.push(row);
    else {
      rows.push(row);
      at.push(place);
    }
  }
  // What is left of `had` is not in the list as it was.
  let next = 0;
  for (const row of before) if (!had.has(row) && row !== stayed[next++]) return null;
  const sent = new Set(rows.map(keyOf));
  return { rows, change: { at, gone: [...had].map(keyOf).filter((key) => !sent.has(key)) } };
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
