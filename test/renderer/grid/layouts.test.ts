import { expect, test } from 'vitest';
import { readLayout } from '../../../renderer/grid/layouts.ts';

const kept = JSON.stringify([
  { colId: 'b', width: 80, sort: 'desc', sortIndex: 0 },
  { colId: 'a', width: 120, hide: true },
]);

test('a layout of these columns comes back in its order', () => {
  expect(readLayout(kept, ['a', 'b'])?.map((column) => column.colId)).toEqual(['b', 'a']);
});

test('a layout made for other columns is not used', () => {
  expect(readLayout(kept, ['a', 'b', 'c'])).toBeNull();
  expect(readLayout(kept, ['a', 'c'])).toBeNull();
});

test.each([null, '', '{', '{}', '[1]', '[null]'])('nothing or damage (%s) is no layout', (text) => {
  expect(readLayout(text, ['a', 'b'])).toBeNull();
});
