import { afterEach, expect, test, vi } from 'vitest';
import { keepLayout, loadLayout, readLayout } from '../../../renderer/grid/layouts.ts';

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

afterEach(() => vi.unstubAllGlobals());

test('widths are kept as at normal size, whatever the density they were made at', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => kept.set(key, text) });
  keepLayout('queue', [{ colId: 'a', width: 130 }, { colId: 'b' }], 13 / 12);
  expect(loadLayout('queue', ['a', 'b'])?.map((column) => column.width)).toEqual([120, null]);
});
