import { beforeEach, expect, test } from 'vitest';
import { forgetTrouble, notices, say } from '../../../renderer/shell/notices.ts';

beforeEach(() => notices.set([]));

test('what has worked takes back the trouble before it, and nothing else', () => {
  say({ tone: 'trouble', text: '“abc” is not a number.' });
  say({ tone: 'done', text: 'a.xml is in the book.' });
  forgetTrouble();
  expect(notices.get().map(({ text }) => text)).toEqual(['a.xml is in the book.']);
});

test('the same line said twice stands there once, as the last', () => {
  for (const text of ['one', 'two', 'one']) say({ tone: 'done', text });
  expect(notices.get().map(({ text }) => text)).toEqual(['two', 'one']);
});
