import { expect, test } from 'vitest';
import { readAppearance } from '../../../renderer/design/appearance.ts';

const standard = { theme: 'system', density: 'normal', negatives: 'parentheses' };

test('what was kept comes back', () => {
  const kept = { theme: 'dark', density: 'dense', negatives: 'minus' };
  expect(readAppearance(JSON.stringify(kept))).toEqual(kept);
});

test.each([null, '', '{', 'null', '[]', '{"theme":"pink"}'])('nothing or damage (%s) leaves the standard', (kept) => {
  expect(readAppearance(kept)).toEqual(standard);
});
