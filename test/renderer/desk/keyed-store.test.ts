import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyedStore, type KeyedStore, type RowsChanged } from '../../../renderer/desk/keyed-store.ts';

interface Row {
  key: string;
  value: number;
}
const row = (key: string, value: number): Row => ({ key, value });
const newStore = (): KeyedStore<Row> => createKeyedStore<Row>((each) => each.key);

test('a push merges into the rows by key and tells which keys changed', () => {
  const store = newStore();
  store.replace([row('a', 1), row('b', 2)], 5);
  const heard: RowsChanged[] = [];
  store.subscribe((changed) => heard.push(changed));
  store.merge({ sequence: 6, rows: [row('b', 3)] });
  expect(store.rows()).toEqual([row('a', 1), row('b', 3)]);
  expect(heard.map(({ keys, reordered }) => [[...keys], reordered])).toEqual([[['b'], false]]);
});

test('a push older than the answer is ignored, because the answer already holds it', () => {
  const store = newStore();
  store.replace([row('a', 10)], 7);
  store.merge({ sequence: 6, rows: [row('a', 9)] });
  expect(store.row('a')).toEqual(row('a', 10));
});

test('an answer older than what is held is ignored too', () => {
  const store = newStore();
  store.replace([row('a', 10)], 7);
  store.replace([row('a', 9)], 6);
  expect(store.row('a')).toEqual(row('a', 10));
});

test('pushes that come before the first answer wait for it', () => {
  const store = newStore();
  store.merge({ sequence: 8, rows: [row('a', 11)] });
  expect(store.loaded()).toBe(false);
  store.replace([row('a', 10), row('b', 1)], 7);
  expect(store.rows()).toEqual([row('a', 11), row('b', 1)]);
});

test('a whole order puts the rows in it and drops those not in it', () => {
  const store = newStore();
  store.replace([row('a', 1), row('b', 2), row('c', 3)], 1);
  store.merge({ sequence: 2, rows: [row('d', 4)], order: ['d', 'c', 'a'] });
  expect(store.keys()).toEqual(['d', 'c', 'a']);
  expect(store.row('b')).toBeUndefined();
});

test('removed rows leave, and rows unheard of join at the end', () => {
  const store = newStore();
  store.replace([row('a', 1), row('b', 2)], 1);
  store.merge({ sequence: 2, rows: [row('z', 9)], removed: ['a'] });
  expect(store.keys()).toEqual(['b', 'z']);
});

test('the list is the same object until something changes, as React needs', () => {
  const store = newStore();
  store.replace([row('a', 1)], 1);
  const before = store.rows();
  expect(store.rows()).toBe(before);
  store.merge({ sequence: 1, rows: [row('a', 2)] });
  expect(store.rows()).not.toBe(before);
});

test('whatever the pushes, the rows are those of a plain map that took them in order', () => {
  const push = fc.record({
    rows: fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.integer() }), { maxLength: 4 }),
    removed: fc.subarray(['a', 'b', 'c', 'd']),
  });
  fc.assert(
    fc.property(fc.array(push, { maxLength: 12 }), fc.nat(12), (pushes, answeredAfter) => {
      const store = newStore();
      const plain = new Map<string, number>([['a', 0]]);
      const answer = (): void => store.replace([row('a', 0)], 0);
      pushes.forEach((change, index) => {
        if (index === Math.min(answeredAfter, pushes.length - 1)) answer();
        store.merge({ sequence: index, ...change });
        for (const key of change.removed) plain.delete(key);
        for (const each of change.rows) plain.set(each.key, each.value);
      });
      if (pushes.length === 0) answer();
      expect(Object.fromEntries(store.rows().map((each) => [each.key, each.value]))).toEqual(Object.fromEntries(plain));
    }),
    { numRuns: 1_000 },
  );
});
