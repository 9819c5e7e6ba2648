import { expect, test } from 'vitest';
import { shareEqual } from '../../../renderer/desk/share-equal.ts';

const view = (quantity: string, ...more: string[]) => ({ rows: [{ key: 'a', quantity: '1', badges: ['x'] }, { key: 'b', quantity, badges: ['x'] }, ...more.map((key) => ({ key, quantity: '1', badges: [] }))], cash: { held: '5', note: null } });

test('what says the same is the object it was, what does not is the new one, and what it says is never changed', () => {
  const before = view('2');
  const after = shareEqual(before, view('3'));
  expect(after).toEqual(view('3'));
  expect([after === before, after.rows === before.rows, after.rows[0] === before.rows[0], after.rows[1] === before.rows[1], after.rows[1]?.badges === before.rows[1]?.badges, after.cash === before.cash]).toEqual([false, false, true, false, true, true]);
  expect(before).toEqual(view('2'));
  expect(shareEqual(before, view('2'))).toBe(before);
});

test('nothing is taken for the same that is longer, shorter, of other fields or of another kind', () => {
  const pairs: [unknown, unknown][] = [
    [view('2', 'c'), view('2')], [view('2'), view('2', 'c')], [{ a: undefined }, {}], [{}, { a: undefined }], [{ a: undefined }, { b: undefined }], [[], {}], [{}, []], [null, {}], [{}, null], ['1', 1], [{ a: 1 }, { a: '1' }], [{ a: 0 }, { a: -0 }],
  ];
  for (const [before, after] of pairs) {
    const wanted = structuredClone(after);
    const shared = shareEqual(before, after);
    expect(shared).not.toBe(before);
    expect(shared).toEqual(wanted);
  }
  const bytes = new Uint8Array([1]);
  expect(shareEqual(new Uint8Array([1]), bytes)).toBe(bytes);
});
