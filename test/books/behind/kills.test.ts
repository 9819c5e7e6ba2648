import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { closeBook, openBook } from '../../../main/books/open.ts';
import { readFacts } from '../../../main/books/reading/read-facts.ts';
import { bookSequence } from '../../../main/books/reading/read-journal.ts';
import { verifyBook } from '../../../main/books/verify-book.ts';
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { startChild } from '../child.ts';
import { planOf } from '../column-file.ts';
import { randomFrom, seedOf } from '../random.ts';
import { MARY, must, OPEN } from '../temp-book.ts';

const ROUNDS = Math.max(3, Math.ceil(Number(process.env['PLIMSOLL_CRASH_ROUNDS'] ?? 0) / 10));
const ROUND_MS = 20_000;
/** Some three imports of the child. */
const KILL_WITHIN_MS = 400;

test(
  `no acknowledged import is lost, and none is torn, over ${ROUNDS} kills while another thread writes`,
  async () => {
    // On a real disk on purpose: this is about what was flushed.
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-crash-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'desk.plimsoll');
    const book = must(openBook(path, { ...OPEN, create: true }));
    const { plan, bytes } = planOf(book, { accounts: 40, positions: 50, quantity: '2', day: '2026-11-20' });
    must(applyPlan(book, plan, bytes, MARY));
    closeBook(book);

    const random = randomFrom(seedOf('kills behind'));
    expect.hasAssertions();
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = startChild('import-forever.ts', path);
      await child.untilLines(1);
      await wait(random(KILL_WITHIN_MS));
      await child.kill();
      checkSurvivor(path, Number(child.lines.at(-1)));
    }
  },
  ROUNDS * ROUND_MS,
);

/** After a kill the book holds every acknowledged entry, at most the one that was being acknowledged, and nothing torn. */
function checkSurvivor(path: string, acknowledged: number): void {
  const book = must(openBook(path, OPEN));
  try {
    const sequence = bookSequence(book);
    expect([acknowledged, acknowledged + 1]).toContain(sequence);
    const { position, cash } = must(readFacts(book));
    expect([position.length, cash.length]).toEqual([2000, 40]);
    expect(new Set([...position.map(({ quantity }) => quantity), ...cash.map(({ amount }) => amount)])).toEqual(new Set([String(sequence)]));
    expect(must(verifyBook(book)).journal).toBe(sequence);
  } finally {
    closeBook(book);
  }
}
