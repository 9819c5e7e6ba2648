import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBook } from '../../main/books/open.ts';
import { bookSequence } from '../../main/books/reading/read-journal.ts';
import { startChild } from './child.ts';
import { faultText, must, OPEN, reopen, tempFolder } from './temp-book.ts';

test('a second process is told who holds the book, may read it, and gets it once the holder was killed', async () => {
  const path = join(tempFolder(), 'desk.plimsoll');
  const holder = startChild('hold.ts', path);
  await holder.untilLines(1);
  expect(holder.lines).toEqual(['open']);

  const refused = openBook(path, OPEN);
  expect(faultText(refused)).toMatch(/desk\.plimsoll: The book is held by child \(Plimsoll child, process \d+\) since 2026-11-20T09:00:00Z\. Close it there, or open it for reading only\.$/);
  const reader = reopen(path, { readOnly: true });
  expect(reader.heldBy).toMatch(/^child \(Plimsoll child, process \d+\)/);
  expect(bookSequence(reader)).toBe(1);

  const second = startChild('hold.ts', path);
  await second.untilLines(1);
  expect(second.lines).toEqual(['book-held']);

  await holder.kill();
  expect(must(openBook(path, OPEN)).readOnly).toBe(false);
});
