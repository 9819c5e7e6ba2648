import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import type { Book } from '../../main/books/book.ts';
import { closeBook, openBook } from '../../main/books/open.ts';
import { bookSequence } from '../../main/books/reading/read-journal.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { startChild } from './child.ts';
import { randomFrom, seedOf } from './random.ts';
import { must, OPEN } from './temp-book.ts';

interface Kills {
  name: string;
  rounds: number;
  /** The program that writes until it is killed. */
  child: string;
  /** A child is killed at a random moment up to so long after its first entry. */
  withinMs: number;
  start: (book: Book) => void;
  /** What a book of this many entries must hold. */
  check: (book: Book, sequence: number) => void;
}

/**
 * Kills a writing child again and again. After each kill the book must hold every acknowledged entry, at most the one that
 * was being acknowledged, and nothing torn. Gives how many entries were acknowledged in all.
 */
export async function surviveKills({ name, rounds, child: program, withinMs, start, check }: Kills): Promise<number> {
  // On a real disk on purpose: this is about what was flushed.
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'desk.plimsoll');
  const book = must(openBook(path, { ...OPEN, create: true }));
  start(book);
  closeBook(book);

  const random = randomFrom(seedOf(name));
  let acknowledged = 0;
  expect.hasAssertions();
  for (let round = 0; round < rounds; round += 1) {
    const child = startChild(program, path);
    await child.untilLines(1);
    await wait(random(withinMs));
    await child.kill();
    acknowledged += child.lines.length;
    checkSurvivor(path, Number(child.lines.at(-1)), check);
  }
  return acknowledged;
}

function checkSurvivor(path: string, acknowledged: number, check: Kills['check']): void {
  const book = must(openBook(path, OPEN));
  try {
    const sequence = bookSequence(book);
    expect([acknowledged, acknowledged + 1]).toContain(sequence);
    check(book, sequence);
    expect(must(verifyBook(book)).journal).toBe(sequence);
  } finally {
    closeBook(book);
  }
}
