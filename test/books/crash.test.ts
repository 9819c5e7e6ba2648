import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { closeBook, openBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { bookSequence } from '../../main/books/reading/read-journal.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { startChild } from './child.ts';
import { crashFile, IMPORT_EVERY, markValue } from './crash-content.ts';
import { randomFrom, seedOf } from './random.ts';
import { MARY, must, OPEN } from './temp-book.ts';

const ROUNDS = Number(process.env['PLIMSOLL_CRASH_ROUNDS'] ?? 50);
const ROUND_MS = 10_000;
const KILL_WITHIN_MS = 60;

test(
  `no acknowledged entry is lost, and none is torn, over ${ROUNDS} kills at random moments`,
  async () => {
    // On a real disk on purpose: this is the test that is about flushing.
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-crash-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'desk.plimsoll');
    const book = must(openBook(path, { ...OPEN, create: true }));
    const start = crashFile(2);
    must(applyPlan(book, start.plan, start.bytes, MARY));
    closeBook(book);

    const random = randomFrom(seedOf('kills'));
    let acknowledged = 0;
    expect.hasAssertions();
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = startChild('write-forever.ts', path);
      await child.untilLines(1);
      await wait(random(KILL_WITHIN_MS));
      await child.kill();
      const last = Number(child.lines.at(-1));
      acknowledged += child.lines.length;
      checkSurvivor(path, last);
    }
    console.log(`${acknowledged} acknowledged entries over ${ROUNDS} kills`);
  },
  ROUNDS * ROUND_MS,
);

/** The book after a kill holds every acknowledged entry, at most the one that was being acknowledged, and nothing torn. */
function checkSurvivor(path: string, acknowledged: number): void {
  const book = must(openBook(path, OPEN));
  try {
    const sequence = bookSequence(book);
    expect([acknowledged, acknowledged + 1]).toContain(sequence);
    const lastImport = Math.max(2, sequence - (sequence % IMPORT_EVERY));
    const lastMark = sequence % IMPORT_EVERY === 0 ? sequence - 1 : sequence;
    const facts = must(readFacts(book));
    expect(new Set(facts.position.map(({ quantity }) => quantity))).toEqual(new Set([String(lastImport)]));
    expect(facts.mark.map(({ value }) => value)).toEqual([markValue(lastMark)]);
    expect(must(verifyBook(book)).journal).toBe(sequence);
  } finally {
    closeBook(book);
  }
}
