import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedRows, withChange } from '../../shared/list-change.ts';

interface Row {
  key: string;
  says: number;
}
const keyOf = ({ key }: Row): string => key;
const KEYS = 'abcdefghij'.split('');

/** A list, and what it may become: rows change, leave, come and, now and then, are put in another order. */
const twoLists = fc
  .record({ before: fc.subarray(KEYS), after: fc.subarray(KEYS), says: fc.array(fc.nat({ max: 3 }), { minLength: KEYS.length, maxLength: KEYS.length }), turned: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.boolean()) })
  .map(({ before, after, says, turned }) => {
    const had = before.map((key): Row => ({ key, says: 0 }));
    const has = after.map((key): Row => {
      const now = says[KEYS.indexOf(key)] ?? 0;
      return now === 0 ? (had.find((row) => row.key === key) ?? { key, says: 0 }) : { key, says: now };
    });
    return { had, has: turned ? has.toReversed() : has };
  });

test('whoever has a list and is sent what changed has the newer list, its unchanged rows the very same objects', () => {
  fc.assert(
    fc.property(twoLists, ({ had, has }) => {
      const found = changedRows(had, has, keyOf);
      if (!found) {
        // Only where rows that stay stand in another order.
        const stays = (rows: Row[], others: Row[]): Row[] => rows.filter((row) => others.includes(row));
        expect(stays(had, has)).not.toEqual(stays(has, had));
        return;
      }
      const now = withChange(had, structuredClone(found.rows), found.change, keyOf);
      expect(now).toEqual(has);
      for (const [place, row] of has.entries()) if (had.includes(row)) expect(now[place]).toBe(row);
      expect(found.rows.some((row) => had.includes(row))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('nothing is sent of a list that did not change', () => {
  const rows: Row[] = KEYS.map((key) => ({ key, says: 1 }));
  const found = changedRows(rows, [...rows], keyOf);
  expect(found).toEqual({ rows: [], change: { at: [], gone: [] } });
  expect(withChange(rows, [], { at: [], gone: [] }, keyOf)).toBe(rows);
});
