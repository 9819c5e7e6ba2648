import { expect, test } from 'vitest';
import { createKeyedStore, type RowsChanged } from '../../../renderer/desk/keyed-store.ts';

interface Row {
  key: string;
  value: number;
}
const row = (key: string, value: number): Row => ({ key, value });

test('the next answer tells which rows are others now, and whether their order is another', () => {
  const store = createKeyedStore<Row>((each) => each.key);
  expect(store.loaded()).toBe(false);
  const [a, b] = [row('a', 1), row('b', 2)];
  store.replace([a, b]);
  const heard: RowsChanged[] = [];
  store.subscribe((changed) => heard.push(changed));
  store.replace([a, row('b', 3)]);
  store.replace([row('c', 4), a]);
  expect(heard.map(({ keys, reordered }) => [[...keys], reordered])).toEqual([
    [['b'], false],
    [['b', 'c'], true],
  ]);
  expect([store.keys(), store.row('b'), store.row('c'), store.count()]).toEqual([['c', 'a'], undefined, row('c', 4), 2]);
});
